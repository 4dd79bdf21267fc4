"""Debian packages without installing them: apt with private folders, its signatures checked as ever.

The machine's own list of sources says which mirror to use; only the suite is replaced. No address is
written here, and nothing of the system is touched: own lists, own cache, an empty package status.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.local.errors import DeployError

SUITE = "trixie"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
INSTEAD = "set LIVEROOM_DATABASE_URL (TimescaleDB 2.x) and LIVEROOM_MQTT_URL (an MQTT broker) to servers of your own"


def fetch(packages: Sequence[str], work: Path, root: Path) -> None:
    """Download `packages` with all they depend on under `work` and unpack them into `root`.

    Raises `DeployError` where this is no Debian, no mirror is configured, or the download fails.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise DeployError(f"no apt-get on this machine to fetch private servers with: {INSTEAD}")
    environment = _private_apt(work, _sources(_own_codename()))
    _apt(environment, "update")
    _apt(environment, "-y", "--download-only", "install", *packages)
    root.mkdir(parents=True)
    archives = sorted((work / "cache" / "archives").glob("*.deb"))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for unpacked in pool.map(lambda archive: _run(["dpkg-deb", "-x", str(archive), str(root)]), archives):
            unpacked.check_returncode()


def _own_codename() -> str:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    release = dict(line.split("=", 1) for line in lines if "=" in line)
    if release.get("ID", "").strip('"') != "debian" or "VERSION_CODENAME" not in release:
        raise DeployError(f"this machine is not Debian ({release.get('PRETTY_NAME', 'unknown')}): {INSTEAD}")
    return release["VERSION_CODENAME"].strip('"')


def _sources(codename: str) -> str:
    listed = _run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"]
    )
    lines = sorted(set(_in_our_suite(listed.stdout, codename)))
    if not lines:
        raise DeployError(f"apt on this machine lists no mirror of {codename} main: {INSTEAD}")
    return "".join(f"{line}\n" for line in lines)


def _in_our_suite(listed: str, codename: str) -> Iterator[str]:
    """Lines of a sources list: the machine's mirrors of its own release, pointed at ours."""
    own = {f"{codename}{part}": f"{SUITE}{part}" for part in ("", "-updates", "-security")}
    for line in listed.splitlines():
        uri, release, component = line.split(" ")
        if release in own and component == "main":
            yield f"deb [signed-by={KEYRING}] {uri} {own[release]} main"


def _private_apt(work: Path, sources: str) -> dict[str, str]:
    """Lay out apt's folders under `work`; return the environment that makes apt use them."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    (work / "status").write_text("", encoding="utf-8")
    (work / "sources.list").write_text(sources, encoding="utf-8")
    settings = {
        "Dir::State": work,
        "Dir::State::Lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::Log": work,
        # As root apt would download as a user who may not reach our folder.
        "APT::Sandbox::User": "root",
        "APT::Install-Recommends": "false",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "DPkg::Pre-Install-Pkgs": "",
    }
    lines = [f'{key} "{value}";\n' for key, value in settings.items()]
    (work / "apt.conf").write_text("".join(lines), encoding="utf-8")
    return {**os.environ, "APT_CONFIG": str(work / "apt.conf"), "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}


def _apt(environment: dict[str, str], *arguments: str) -> None:
    done = _run(["apt-get", "-q", *arguments], environment)
    if done.returncode:
        # apt writes "E: ..." for what stopped it and "W: ..." or "Err: ..." for what merely annoyed it.
        reasons = [line for line in done.stderr.splitlines() if line.startswith("E:")] or ["no reason given"]
        raise DeployError(f"apt-get {arguments[0]} of Debian {SUITE} failed: {reasons[0]}; or {INSTEAD}")


def _run(command: list[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - fixed programs

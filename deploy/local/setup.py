"""`python3 -m deploy.local.setup run|dev`: the project's own Python in `.venv`, made only when something changed.

Runs on the system's Python before anything is installed: standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local import chromium, debian, promtool
from deploy.local.errors import DeployError
from deploy.local.terminal import tell

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = {"run": ["requirements.txt"], "dev": ["requirements-dev.txt", "requirements.txt"]}


def install(what: str) -> None:
    """Make `.venv` hold the requirements of `what`; nothing at all is done when it already does.

    Raises `DeployError` when Python or pip cannot do it.
    """
    stamp = VENV / f"installed-{what}"
    wanted = _fingerprint(what)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    pip = _pip()
    tell(f"Memasang {REQUIREMENTS[what][0]} ke .venv ...")
    _run([*pip, "install", "--quiet", "--disable-pip-version-check", "-r", str(ROOT / REQUIREMENTS[what][0])])
    stamp.write_text(wanted, encoding="utf-8")
    tell("Python siap dipakai.")


def _fingerprint(what: str) -> str:
    """What `.venv` would be made of: the requirements, this Python, and the place (its programs know it)."""
    parts = [str(ROOT), sys.version, *((ROOT / name).read_text(encoding="utf-8") for name in REQUIREMENTS[what])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _pip() -> list[str]:
    """The command that runs pip inside `.venv`, which is made first where it is missing or was moved."""
    if not (_is_in_place() and _works([str(PYTHON), "-c", ""])):
        _make()
    if not _works([str(PYTHON), "-m", "pip", "--version"]):
        _bring_pip()
    return [str(PYTHON), "-m", "pip"]


def _is_in_place() -> bool:
    """Whether `.venv` was made where it is: its programs name their folder, so a moved one is of no use."""
    notes = VENV / "pyvenv.cfg"
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    return any(line.startswith("command = ") and line.endswith(f" {VENV}") for line in lines)


def _make() -> None:
    tell("Membuat .venv ...")
    # Debian keeps ensurepip in a package of its own; without it only an environment without pip can be made.
    flags = [] if _works([sys.executable, "-c", "import ensurepip"]) else ["--without-pip"]
    _run([sys.executable, "-m", "venv", "--clear", *flags, str(VENV)])


def _bring_pip() -> None:
    """Install pip from Debian's wheel of it, fetched without touching the system."""
    tell("Mengambil pip (python3-venv tidak terpasang di mesin ini) ...")
    with tempfile.TemporaryDirectory() as work:
        root = Path(work) / "root"
        debian.fetch(["python3-pip-whl"], Path(work) / "apt", root)
        wheels = sorted((root / "usr/share/python-wheels").glob("pip-*.whl"))
        if not wheels:
            raise DeployError("pip is missing: install the package python3-venv and start again")
        _run([str(PYTHON), f"{wheels[0]}/pip", "install", "--quiet", "--no-index", str(wheels[0])])


def _works(command: list[str]) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own commands


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own commands
    if done.returncode:
        reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise DeployError(f"{' '.join(command[1:4])} failed: {reason}")


def main() -> int:
    """Run the command; 1 with one line on stderr when it could not be done."""
    parser = argparse.ArgumentParser(prog="python3 -m deploy.local.setup", description=install.__doc__)
    parser.add_argument("what", choices=sorted(REQUIREMENTS), help="run: what the room needs; dev: the test tools too")
    parser.add_argument("--chromium", action="store_true", help="provide Chromium and promtool for the tests as well")
    told = parser.parse_args()
    try:
        install(told.what)
        if told.chromium:
            chromium.provide()
            promtool.provide()
    except DeployError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

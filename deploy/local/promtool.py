"""promtool for the test of the rules: the machine's own, or Debian's unpacked in the checkout, without root."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.local.terminal import tell

FOLDER = Path(__file__).resolve().parents[2] / ".runtime" / "promtool"
PACKAGE = "prometheus"


def find() -> str | None:
    """Where it is; None where it is not."""
    ours = FOLDER / "usr" / "bin" / "promtool"
    return shutil.which("promtool") or (str(ours) if ours.exists() else None)


def provide() -> None:
    """Unpack it where it is missing; where that cannot be, say so, and the test that wants it is left out."""
    if find():
        return
    reason = _unpack()
    if reason:
        tell(f"promtool is missing and {reason}: the rules are parsed without it")


def _unpack() -> str | None:
    """Try to; None when it worked, else why it did not."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return "there is no apt-get here"
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as work:
        command = ["apt-get", "-q", "download", PACKAGE]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)  # noqa: S603 - fixed programs
        archives = sorted(Path(work).glob("*.deb"))
        if done.returncode or not archives:
            said = [line for line in done.stderr.splitlines() if line.startswith("E:")] or ["no reason given"]
            return f"apt-get download failed ({said[0]})"
        subprocess.run(["dpkg-deb", "-x", str(archives[0]), str(FOLDER)], check=True, capture_output=True)  # noqa: S603, S607 - fixed programs
    return None

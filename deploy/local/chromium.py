"""Chromium for the browser tests and what drives it, installed with the system's package manager where we may."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess

from deploy.local.errors import DeployError
from deploy.local.terminal import tell

HOW = "run `apt-get install chromium libatomic1` as root"


def missing() -> list[str]:
    """Debian's packages that the browser tests need and that are not there."""
    found = {
        "chromium": shutil.which("chromium"),
        "libatomic1": ctypes.util.find_library("atomic"),
    }  # Playwright's Node
    return [package for package, there in found.items() if not there]


def provide() -> None:
    """Install what is missing where we may; otherwise say how.

    Raises `DeployError` when it stays missing and `CI` is set: there no test may be left out.
    """
    packages = missing()
    if not packages:
        return
    reason = _install(packages)
    lacking = " and ".join(packages)
    if reason and os.environ.get("CI"):
        raise DeployError(f"{lacking}: missing, and {reason}: {HOW}")
    if reason:
        tell(f"{lacking}: missing, and {reason}, so the browser tests are left out: {HOW}")


def _install(packages: list[str]) -> str | None:
    """Try to install; None when it worked, else why it did not."""
    apt = shutil.which("apt-get")
    if not apt:
        return "there is no apt-get here"
    by = _right()
    if by is None:
        return "only root may install it"
    tell("Memasang Chromium untuk uji peramban ...")
    command = [*by, apt, "-q", "-o", "DPkg::Lock::Timeout=300"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*command, *step], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.startswith("E:")] or ["no reason given"]
            return f"apt-get {step[0]} failed ({said[0]})"
    return None


def _right() -> list[str] | None:
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:  # noqa: S603
        return [sudo, "-n"]
    return None

"""The private prefix: PostgreSQL 17 with TimescaleDB, and Mosquitto, beside the system instead of in it.

Debian 13's packages come with their own C library; the few programs used are told to load that one,
so they run on an older machine too. The prefix is built once and shared by every room of a checkout.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local import debian
from deploy.local.errors import DeployError
from deploy.local.terminal import tell

PACKAGES = ("postgresql-17", "postgresql-17-timescaledb", "mosquitto", "mosquitto-clients")
POSTGRES_BIN = "usr/lib/postgresql/17/bin"
PATCHED = (
    *(f"{POSTGRES_BIN}/{name}" for name in ("postgres", "initdb", "pg_isready", "createdb", "psql", "pg_dump")),
    f"{POSTGRES_BIN}/pg_basebackup",
    *(f"usr/bin/{name}" for name in ("mosquitto_pub", "mosquitto_sub", "mosquitto_passwd")),
    "usr/sbin/mosquitto",
)


@dataclass(frozen=True)
class Programs:
    """Where the servers' programs are: PostgreSQL's folder of programs, and the broker."""

    postgres_bin: Path
    mosquitto: Path


def private_programs(prefix: Path) -> Programs:
    """The programs under `prefix`, which is built first when it is missing, stale or was moved.

    Safe to call from several processes at once and safe to interrupt. Raises `DeployError`.
    """
    prefix = prefix.resolve()
    prefix.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(prefix.with_name(prefix.name + ".lock")):
        if not is_complete(prefix):
            _build(prefix)
    return Programs(prefix / POSTGRES_BIN, prefix / "usr/sbin/mosquitto")


def _stamp(prefix: Path) -> str:
    """What a complete prefix says about itself: patched programs know their place, so the place counts.

    The place itself, whatever link led there: two checkouts that share one must not build it over and over.
    """
    parts = json.dumps([PACKAGES, PATCHED, debian.SUITE, str(prefix.resolve())])
    return hashlib.sha256(parts.encode()).hexdigest()


def is_complete(prefix: Path) -> bool:
    """Whether `prefix` holds today's packages, ready to run in this place."""
    stamp = prefix / "complete"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _stamp(prefix)


def _build(prefix: Path) -> None:
    tell("Mengambil TimescaleDB dan Mosquitto (Debian 13, sekali saja, sekitar 100 MB) ...")
    with tempfile.TemporaryDirectory(prefix=f"{prefix.name}.", dir=prefix.parent) as work:
        root = Path(work) / "root"
        debian.fetch(PACKAGES, Path(work) / "apt", root)
        _use_private_library(root, prefix)
        # Servers may run as another user than the one who unpacks.
        root.chmod(0o755)
        (root / "complete").write_text(_stamp(prefix), encoding="utf-8")
        shutil.rmtree(prefix, ignore_errors=True)
        root.rename(prefix)
    tell("Server pribadi siap dipakai.")


def _use_private_library(root: Path, prefix: Path) -> None:
    """Point the programs under `root` at the loader and libraries they will find under `prefix`."""
    loaders = sorted((root / "usr").glob("lib*/ld-linux*.so.*"))
    libraries = sorted(path.parent for path in (root / "usr/lib").glob("*/libc.so.6"))
    if not loaders or not libraries:
        raise DeployError(f"Debian {debian.SUITE}'s C library was not found in what apt fetched: {debian.INSTEAD}")
    loader = prefix / loaders[0].relative_to(root)
    library = prefix / libraries[0].relative_to(root)
    for program in PATCHED:
        # The path must be inherited by what the program loads later (timescaledb.so): RPATH, not RUNPATH.
        command = [_patchelf(), "--set-interpreter", str(loader), "--force-rpath", "--set-rpath", str(library)]
        subprocess.run([*command, str(root / program)], check=True, capture_output=True)  # noqa: S603 - fixed program


def _patchelf() -> str:
    beside = Path(sys.executable).parent / "patchelf"
    found = str(beside) if beside.exists() else shutil.which("patchelf")
    if not found:
        raise DeployError("patchelf is not installed: expected it from requirements.txt, in the same .venv as Python")
    return found


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

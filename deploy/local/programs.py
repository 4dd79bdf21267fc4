"""Which programs run the private servers: the machine's own PostgreSQL where it has TimescaleDB, else the prefix."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from deploy.local.packages import Programs, is_complete, private_programs

#: Where a prefix is kept by default, so that every room and every test run of a checkout shares one download.
SHARED_PREFIX = Path(__file__).resolve().parents[2] / ".runtime" / "prefix"


def find_programs(state_dir: Path) -> Programs:
    """The programs for a room that keeps its state in `state_dir`. May download. Raises `DeployError`."""
    own = own_programs()
    if own:
        return own
    prefix = SHARED_PREFIX if is_complete(SHARED_PREFIX) else state_dir / "prefix"
    return private_programs(prefix)


def own_programs() -> Programs | None:
    """The machine's own programs, where both are installed and its PostgreSQL offers TimescaleDB 2.x."""
    mosquitto = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    pg_config = shutil.which("pg_config")
    if not mosquitto or not pg_config:
        return None
    folder = Path(_ask(pg_config, "--bindir"))
    control = Path(_ask(pg_config, "--sharedir")) / "extension" / "timescaledb.control"
    if not (folder / "postgres").exists() or not control.exists():
        return None
    offers = "default_version = '2." in control.read_text(encoding="utf-8")
    return Programs(folder, Path(mosquitto)) if offers else None


def _ask(pg_config: str, what: str) -> str:
    return subprocess.run([pg_config, what], check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603

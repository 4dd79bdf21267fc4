"""`python -m dashboard key NAME`: a key for another program, shown once; the file of keys keeps only its digest."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.api.keys import SCOPES, entry_of, new_key, read_keys
from dashboard.errors import DashboardError
from sensors.errors import SensorsError
from sensors.pack.entry import ID
from sensors.settings import load_settings


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description="What the operator of the interfaces does."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    key = commands.add_parser("key", help="make a key for another program and add its digest to the file of keys")
    key.add_argument("name", help="whose it is, e.g. satu-data")
    key.add_argument("--scopes", default="read", help=f"some of {' '.join(SCOPES)}, with blanks between; default: read")
    key.add_argument("--file", type=Path, help="default: what LIVEROOM_API_KEYS names")
    found = parser.parse_args()
    if not ID.fullmatch(found.name):
        parser.error(f"name: found {found.name!r}, expected lower-case letters, digits and hyphens")
    if unknown := sorted(set(found.scopes.split()) - set(SCOPES)) or not found.scopes.split():
        parser.error(f"--scopes: found {unknown}, expected some of {' '.join(SCOPES)}")
    return found


def _add_key(name: str, scopes: str, file: Path | None) -> str:
    path = file or load_settings().api_keys
    if path is None:
        raise DashboardError("LIVEROOM_API_KEYS is not set: expected a file to add the key to, or --file")
    if not path.exists():
        path.touch(mode=0o600)
    before, key = path.read_text(encoding="utf-8"), new_key()
    path.write_text(before + entry_of(name, key, " ".join(scopes.split())), encoding="utf-8")
    try:
        read_keys(path)
    except SensorsError:  # a name that is taken, or a file that was wrong before
        path.write_text(before, encoding="utf-8")
        raise
    return key


def main() -> int:
    """Run the command; 0 when it is done, 1 with one line on stderr when it could not be."""
    asked = _arguments()
    try:
        key = _add_key(asked.name, asked.scopes, asked.file)
    except (DashboardError, SensorsError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{key}\n")
    sys.stderr.write("shown this once; the dashboard knows it after its next start\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

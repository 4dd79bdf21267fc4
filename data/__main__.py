"""`python -m data migrate`: bring the schema of the configured database up to date."""

from __future__ import annotations

import argparse
import sys

from data.errors import DataError
from data.migrations import migrate
from sensors.settings import SettingsError, load_settings


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    """Run the command; 0 when the schema is current, 1 with one line on stderr when it could not be brought there."""
    parser = argparse.ArgumentParser(prog="python -m data", description="The room's database.")
    parser.add_argument("command", choices=["migrate"], help="migrate: apply what is pending; safe to repeat")
    parser.parse_args()
    try:
        state = migrate(load_settings().require_database_url(), _say)
    except (DataError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _say(f"the schema is at {max(state.applied):04d}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

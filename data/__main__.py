"""`python -m data migrate`: the schema up to date; `maintain`: which devices are worked on."""

from __future__ import annotations

import argparse
import sys

from data.errors import DataError
from data.maintain import add_arguments, run_maintain
from data.migrations import migrate
from sensors.errors import SensorsError
from sensors.settings import load_settings


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data", description="The room's database.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the schema of the configured database up to date; safe to repeat")
    add_arguments(
        commands.add_parser("maintain", help="a device is worked on: its readings are stored and count nowhere")
    )
    return parser.parse_args()


def main() -> int:
    """Run the command; 0 when it is done, 1 with one line on stderr when it could not be."""
    asked = _arguments()
    try:
        if asked.command == "maintain":
            run_maintain(asked, _say)
        else:
            state = migrate(load_settings().require_database_url(), _say)
            _say(f"the schema is at {max(state.applied):04d}")
    except (DataError, SensorsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

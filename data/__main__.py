"""`python -m data migrate`: the schema up to date; `maintain`: devices worked on; `names`, `analyst`: for analysts."""

from __future__ import annotations

import argparse
import sys

from data import analyst
from data.city_names import sync_names
from data.errors import DataError
from data.maintain import add_arguments, run_maintain
from data.migrations import migrate
from sensors.city import load_city
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
    commands.add_parser("names", help="write what the city pack calls things for analysts, as `migrate` does")
    analyst.add_arguments(commands.add_parser("analyst", help="a role that reads the schema `analisis` within limits"))
    return parser.parse_args()


def _bring_up_to_date(*, names_only: bool) -> None:
    settings = load_settings()
    url = settings.require_database_url()
    if not names_only:
        state = migrate(url, _say)
        _say(f"the schema is at {max(state.applied):04d}")
    city = load_city(settings.city)
    _say(f"{sync_names(url, city)} names of {city.name}")


def main() -> int:
    """Run the command; 0 when it is done, 1 with one line on stderr when it could not be."""
    asked = _arguments()
    try:
        if asked.command == "maintain":
            run_maintain(asked, _say)
        elif asked.command == "analyst":
            analyst.run_analyst(asked, _say)
        else:
            _bring_up_to_date(names_only=asked.command == "names")
    except (DataError, SensorsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m deploy.local run`: the whole room on this machine; `fetch`: only what it needs from the network."""

from __future__ import annotations

import argparse
import sys

from deploy.local.errors import DeployError
from deploy.local.programs import SHARED_PREFIX, find_programs
from deploy.local.room import run
from sensors.errors import SensorsError


def main() -> int:
    """Run the command; 0 when it was stopped as asked, 1 with one line on stderr when it could not be done."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description="The room on this machine.")
    parser.add_argument("command", choices=["run", "fetch"], help="run: all of it; fetch: only get the private servers")
    command = parser.parse_args().command
    try:
        if command == "run":
            run()
        else:
            find_programs(SHARED_PREFIX.parent)
    except (DeployError, SensorsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

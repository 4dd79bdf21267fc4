"""`python -m ingest`: a worker; and `alarms`, `rehearse`, `maintenance`, `retry`, `doctor`: see `--help`."""

from __future__ import annotations

import argparse
import logging
import re
import sys

from data.errors import DataError
from ingest.alarms.process import run_alarms
from ingest.alarms.rehearsal import run_rehearsal
from ingest.doctor.run import run_doctor
from ingest.errors import IngestError
from ingest.maintenance import run_maintenance
from ingest.notify.process import run_notify
from ingest.process import run_worker
from ingest.retry import run_retry
from ingest.subscriber import READERS
from sensors.errors import SensorsError
from sensors.settings import load_settings

NAMED = frozenset({"alarms", "notify", "maintenance"})
"""Parts that run beside workers and are known by their own names where nobody says one."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    parser.add_argument(
        "part",
        nargs="?",
        default="worker",
        choices=["worker", "alarms", "rehearse", "notify", "maintenance", "retry", "doctor"],
        help="default: worker",
    )
    parser.add_argument(
        "--client-id",
        help="the name of this process, e.g. ingest-0 or maintenance-0; each needs its own",
    )
    parser.add_argument("--shared", action="store_true", help="share the messages with the other --shared workers")
    parser.add_argument("--reader", default="batch", choices=READERS, help="who reads the broker's socket")
    parser.add_argument("--reason", help="retry: only what was put aside for this reason, such as unknown-kind")
    parser.add_argument("--rule", help="rehearse: only this rule of the pack")
    parser.add_argument("--days", type=int, default=30, help="rehearse: so many days back; default: 30")
    found = parser.parse_args()
    found.client_id = found.client_id or f"{found.part if found.part in NAMED else 'ingest'}-0"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", found.client_id):
        parser.error(f"--client-id: found {found.client_id!r}, expected lower-case letters, digits and hyphens")
    return found


def main() -> int:
    """Run until SIGTERM or SIGINT: 0; 1 with one line on stderr when it cannot start."""
    found = _arguments()
    try:
        settings = load_settings()
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
        )
        if found.part == "alarms":
            run_alarms(settings, found.client_id)
        elif found.part == "notify":
            run_notify(settings, found.client_id)
        elif found.part == "rehearse":
            run_rehearsal(settings, found.rule, found.days)
        elif found.part == "maintenance":
            run_maintenance(settings, found.client_id)
        elif found.part == "retry":
            run_retry(settings, found.reason)
        elif found.part == "doctor":
            return run_doctor(settings)
        else:
            run_worker(settings, found.client_id, shared=found.shared, reader=found.reader)
    except (DataError, IngestError, SensorsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

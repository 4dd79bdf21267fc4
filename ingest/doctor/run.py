"""`python -m ingest doctor`: do the broker and the database of the settings keep the promises the room makes?"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

from data.checks import Finding, check_database
from ingest.doctor.broker import check_broker
from sensors.settings import Settings


def run_doctor(settings: Settings) -> int:
    """Print a line for each check as it is done: 0 when all hold, 1 when one fails or somebody stops it."""
    mqtt_url, database_url = settings.require_mqtt_url(), settings.require_database_url()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what lies at the broker is cleared away first
    try:
        failed = [_failures("broker", check_broker(mqtt_url)), _failures("database", check_database(database_url))]
    except KeyboardInterrupt:
        sys.stderr.write("stopped before all checks were done\n")
        return 1
    return 1 if any(failed) else 0


def _failures(server: str, findings: Iterator[Finding]) -> int:
    failures = 0
    for finding in findings:
        sys.stdout.write(f"{finding.level:<6}{server}: {finding.text}\n")
        sys.stdout.flush()
        failures += finding.level == "FAIL"
    return failures

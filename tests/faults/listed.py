"""All cases, by what it is that breaks."""

from __future__ import annotations

from tests.faults import brokers, databases, messages, networks, statements, workers
from tests.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *workers.FAULTS,
    *databases.FAULTS,
    *brokers.FAULTS,
    *networks.FAULTS,
    *statements.FAULTS,
    *messages.FAULTS,
)

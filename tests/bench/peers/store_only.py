"""The database's own limit: the room's writer fed from memory, without broker, network or decoding.

    python -m tests.bench.peers.store_only DATABASE_URL MESSAGES READINGS_A_MESSAGE

Writes batches as large as a loaded worker's and prints the seconds it took.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import islice

from data.records import Message
from data.writer import Writer
from ingest.worker import MOST_MESSAGES, MOST_ROWS
from sensors.city import load_city
from sensors.kinds import KINDS
from sensors.reading import Reading

DEVICES = 1000


def main(database_url: str, messages: int, pack: int) -> None:
    """Make the messages, then write them."""
    city = load_city("tangerang")
    kinds = sorted(KINDS)[:pack] if pack > 1 else ["pm25"]
    first = datetime.now(UTC) - timedelta(hours=1)
    made = [
        Message(
            topic="t",
            payload=b"",
            payload_bytes=0,
            received_at=first,
            stream="readings",
            readings=tuple(
                Reading(f"flood-{i % DEVICES}", kind, first + timedelta(milliseconds=i // DEVICES), KINDS[kind].example)
                for kind in kinds
            ),
        )
        for i in range(messages)
    ]
    writer = Writer(database_url, "bench", city.devices.keys(), city.zone.key)
    begun = time.monotonic()
    size = min(MOST_MESSAGES, MOST_ROWS // (pack + 1))
    rest = iter(made)
    while batch := list(islice(rest, size)):
        writer.write(batch)
    sys.stdout.write(f"{time.monotonic() - begun:.3f}\n")
    writer.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

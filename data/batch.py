"""The statements of one batch, in the one order that every worker keeps, inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import psycopg

from data import staging
from data.dictionaries import Dictionaries
from data.feeds import Feed, count_feeds, stage_feeds
from data.records import Message
from data.staging import Params
from data.writes import statement
from sensors.pack.offices import Service

_Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: counts by (stream, outcome), rejections by reason."""

    counts: Counter[tuple[str, str]]
    reasons: Counter[str]

    def __add__(self, other: Outcome) -> Outcome:
        """What became of two batches."""
        return Outcome(self.counts + other.counts, self.reasons + other.reasons)


def write_batch(
    connection: _Connection,
    known: Dictionaries,
    worker: str,
    zone: str,
    batch: Sequence[Message],
    services: Mapping[str, Service] = MappingProxyType({}),
) -> Outcome:
    """Write a batch, count it and notify once. Statements for which the batch has no rows are not run.

    The steps of cases are judged by `services`.
    """
    feeds = count_feeds(batch)
    _write_readings(connection, staging.stage_readings(batch, known.devices, known.kinds), zone, feeds)
    _write(connection, "doubts", staging.stage_doubts(batch, known.devices, known.kinds), None)
    _write(connection, "prices", staging.stage_prices(batch), feeds.get("prices"))
    _write_cases(connection, staging.stage_case_events(batch), services, feeds)
    _write(connection, "bulletins", staging.stage_bulletins(batch), feeds.get("bulletins"))
    _write(connection, "forecasts", staging.stage_forecasts(batch), feeds.get("bulletins"))
    _write(connection, "quakes", staging.stage_quakes(batch), feeds.get("bulletins"))
    _write(connection, "device_status", staging.stage_statuses(batch, known.devices), feeds.get("devices"))
    _write_sightings(connection, staging.stage_sightings(batch, known.devices))
    _write(connection, "rejected", staging.stage_rejected([m for m in batch if not m.redelivered]), None)
    _write(connection, "rejected_again", staging.stage_rejected([m for m in batch if m.redelivered]), None)
    reasons = Counter(rejection.reason for message in batch for rejection in message.rejections)
    _count_and_notify(connection, worker, feeds, {"rejected"} if reasons else set())
    counts = {(stream, name): n for stream, feed in feeds.items() for name, n in feed.counts().items()}
    return Outcome(Counter(counts), reasons)


def _write(connection: _Connection, name: str, staged: Params | None, feed: Feed | None) -> None:
    if staged is not None:
        cursor = connection.execute(statement(name), staged)
        if feed is not None:
            feed.stored += cursor.rowcount


def _write_readings(connection: _Connection, staged: Params | None, zone: str, feeds: Mapping[str, Feed]) -> None:
    if staged is not None:
        row = connection.execute(statement("readings"), {"zone": zone} | staged).fetchone()
        feeds["readings"].stored += row[0] if row else 0


def _write_sightings(connection: _Connection, staged: Params | None) -> None:
    if staged is not None:
        connection.execute(statement("network_devices_new"), staged)
        connection.execute(statement("network_devices"), {"near": staging.NEAR} | staged)


def _write_cases(
    connection: _Connection, staged: Params | None, services: Mapping[str, Service], feeds: Mapping[str, Feed]
) -> None:
    if staged is not None:
        new = connection.execute(statement("case_events"), staged).fetchall()
        feeds["cases"].stored += len(new)
        if new:
            keys = staging.stage_keys(new)
            connection.execute(statement("cases_lock"), keys)
            connection.execute(statement("cases"), keys | staging.stage_steps(services))


def _count_and_notify(connection: _Connection, worker: str, feeds: Mapping[str, Feed], more: set[str]) -> None:
    connection.execute(statement("feeds"), {"worker": worker} | stage_feeds(feeds))
    connection.execute(statement("notify"), {"streams": ",".join(sorted(more.union(feeds)))})

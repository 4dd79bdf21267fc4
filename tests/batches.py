"""Messages as the write side makes them, for tests that write without a broker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import psycopg

from data.records import CaseEvent, Message
from data.writer import Writer
from sensors.city import Service
from sensors.reading import Reading

NOW = datetime(2026, 11, 21, 0, 0, 0, tzinfo=UTC)
WIB = "Asia/Jakarta"
ROLLUPS = ("minute", "hour", "day")


def message(stream: str, **content: Any) -> Message:  # noqa: ANN401 - whatever a message holds
    """A message of a stream with this content."""
    facts: dict[str, Any] = {"topic": f"tangerang/{stream}/x", "payload": b"{}", "payload_bytes": 2, "received_at": NOW}
    return Message(**(facts | {"stream": stream} | content))


def readings(*found: Reading, received_at: datetime = NOW) -> Message:
    """A message of readings."""
    return message("readings", readings=found, received_at=received_at)


def reading(device: str, seconds: float, value: float = 1.0, kind: str = "pm25") -> Reading:
    """A reading some seconds after `NOW`."""
    return Reading(device, kind, NOW + timedelta(seconds=seconds), value)


def case(
    status: str,
    minutes: float,
    case_id: str = "L-1",
    service: str = "laksa",
    **more: Any,  # noqa: ANN401
) -> Message:
    """A change of state of a case some minutes after `NOW`; `selesai` ends it."""
    rank = ("menunggu", "proses", "selesai").index(status)
    at = NOW + timedelta(minutes=minutes)
    event = CaseEvent(service, case_id, status, rank, status != "selesai", at, **more)
    return message("cases", case_events=(event,))


def writer(
    url: str,
    worker: str = "ingest-0",
    placed: Sequence[str] = (),
    most_unplaced: int = 50_000,
    services: Mapping[str, Service] = MappingProxyType({}),
) -> Writer:
    """A writer whose city places these devices and has these services."""
    return Writer(url, worker, set(placed), WIB, most_unplaced, services)


def ask(url: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a query, each call on a connection of its own."""
    with psycopg.connect(url) as connection:
        return connection.execute(sql, values).fetchall()  # type: ignore[arg-type] # text of the tests themselves


def rollup_differences(url: str) -> list[tuple[Any, ...]]:
    """Where a kept aggregate is not what a recomputation from all readings that count gives; [] when all is well."""
    differing = []
    for unit in ROLLUPS:
        differing += ask(
            url,
            f"""
            WITH again AS (
                SELECT date_trunc(%s, observed_at, %s) AS bucket, device_id, kind_id, count(*)::int AS n,
                       sum(value) AS total, min(value) AS low, max(value) AS high
                FROM readings r
                WHERE NOT EXISTS (SELECT FROM maintenance_windows m WHERE m.device_id = r.device_id
                                  AND r.observed_at >= m.starts_at AND r.observed_at < m.ends_at)
                GROUP BY 1, 2, 3)
            SELECT * FROM again FULL JOIN rollup_{unit} AS kept USING (bucket, device_id, kind_id)
            WHERE (again.n, again.low, again.high) IS DISTINCT FROM (kept.n, kept.low, kept.high)
               OR abs(again.total - kept.total) > 1e-6 * (1 + abs(again.total))""",
            unit,
            WIB if unit == "day" else "UTC",
        )
    return differing

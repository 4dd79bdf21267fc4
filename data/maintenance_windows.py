"""When a device is worked on: what it sends meanwhile is stored, and kept out of every aggregate, score and alarm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import psycopg
from psycopg import sql

from data.errors import DataError, translated
from data.link import connect
from data.writes import statement

_LENGTHS: Mapping[str, str] = MappingProxyType({"minute": "1 minute", "hour": "1 hour", "day": "1 day"})
_LOCK_SECONDS = 30
_Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class MaintenanceWindow:
    """The span in which a device is worked on, from `starts_at` up to before `ends_at`."""

    device: str
    starts_at: datetime
    ends_at: datetime
    reason: str


def set_window(url: str, wanted: MaintenanceWindow, zone: str) -> MaintenanceWindow:
    """Open a window, or give the one that it overlaps this end and reason; return the window as it is now.

    The device's aggregates are counted again in the same transaction; `zone` is that of the city's days.
    Raises `DataError`, also for a device never heard of.
    """
    with _alone(url) as connection:
        device = _device(connection, wanted.device)
        overlapped = connection.execute(
            "DELETE FROM maintenance_windows WHERE device_id = %s AND starts_at < %s AND ends_at > %s "
            "RETURNING starts_at, ends_at",
            (device, wanted.ends_at, wanted.starts_at),
        ).fetchall()
        starts_at = min([wanted.starts_at, *(row[0] for row in overlapped)])
        connection.execute(
            "INSERT INTO maintenance_windows (device_id, starts_at, ends_at, reason) VALUES (%s, %s, %s, %s)",
            (device, starts_at, wanted.ends_at, wanted.reason),
        )
        _recount(connection, device, starts_at, max([wanted.ends_at, *(row[1] for row in overlapped)]), zone)
    return MaintenanceWindow(wanted.device, starts_at, wanted.ends_at, wanted.reason)


def end_window(url: str, device: str, at: datetime, zone: str) -> MaintenanceWindow | None:
    """End what runs at that moment; what the device sent from then on counts. None where nothing runs.

    Raises `DataError`, also for a device never heard of.
    """
    with _alone(url) as connection:
        number = _device(connection, device)
        row = connection.execute(
            "SELECT id, starts_at, ends_at, reason FROM maintenance_windows "
            "WHERE device_id = %s AND starts_at < %s AND ends_at > %s",
            (number, at, at),
        ).fetchone()
        if row is None:
            return None
        connection.execute("UPDATE maintenance_windows SET ends_at = %s WHERE id = %s", (at, row[0]))
        _recount(connection, number, at, row[2], zone)
    return MaintenanceWindow(device, row[1], at, row[3])


def windows(url: str) -> list[MaintenanceWindow]:
    """Those that run or are still to come, the next to end first. Raises `DataError`."""
    with connect(url, "maintain") as connection, translated():
        rows = connection.execute(
            "SELECT d.key, m.starts_at, m.ends_at, m.reason FROM maintenance_windows m "
            "JOIN devices d ON d.id = m.device_id WHERE m.ends_at > now() ORDER BY m.ends_at, d.key"
        ).fetchall()
    return [MaintenanceWindow(*row) for row in rows]


@contextmanager
def _alone(url: str) -> Iterator[_Connection]:
    """A transaction beside which nobody writes readings: each batch looks at the windows, and waits until we are done.

    Without that, a batch begun before would count what we are about to take out.
    """
    with connect(url, "maintain") as connection, translated(), connection.transaction():
        connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(_LOCK_SECONDS * 1000)))
        connection.execute("LOCK TABLE maintenance_windows IN ACCESS EXCLUSIVE MODE")
        yield connection
        connection.execute(statement("notify"), {"streams": "devices,readings"})


def _device(connection: _Connection, key: str) -> int:
    row = connection.execute("SELECT id FROM devices WHERE key = %s", (key,)).fetchone()
    if row is None:
        raise DataError(f"device {key!r}: expected one that has been heard of")
    return int(row[0])


def _recount(connection: _Connection, device: int, since: datetime, until: datetime, zone: str) -> None:
    span = {"device_id": device, "since": since, "until": until}
    for unit, length in _LENGTHS.items():
        again = sql.SQL(statement("recount")).format(table=sql.Identifier(f"rollup_{unit}"))
        zoned = {"unit": unit, "length": length, "zone": zone if unit == "day" else "UTC"}
        connection.execute(again, span | zoned)
    connection.execute(statement("recount_latest"), span)

"""What the room says of itself once a second: what is connected, what is simulated, which feed is oldest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from layouts.panel import Row

BEAT_FRESH = timedelta(seconds=7)
"""Workers beat every 2 s and live longer than one lost beat."""
SIMULATED_FOR = timedelta(hours=24)
"""As long as this after the last simulated reading some picture still rests on it."""
VIRTUAL_CITY = "virtual-city"
FEEDS = ("readings", "prices", "cases")


class Room(msgspec.Struct, frozen=True, omit_defaults=False):
    """The room's own state. `reasons` names what keeps the wall from being live; empty is good.

    `behind` is the seconds by which the replica that is read lags, where that is a reason.
    """

    database: bool
    ingest: str
    broker: str
    simulated: bool
    simulated_until: str | None
    oldest_feed: str | None
    oldest_at: str | None
    behind: int
    reasons: tuple[str, ...]


def room_state(
    *,
    database: bool,
    components: Sequence[Row],
    statuses: Sequence[Row],
    feeds: Sequence[Row],
    simulating: bool,
    now: datetime,
    deaf: bool = False,
    behind: int = 0,
) -> Room:
    """Judge the newest rows of `components`, `device_status` and `feeds`. `simulating` is what the settings say.

    Rows from a database that is `deaf` to commits, or this many seconds `behind`, say nothing of who is there now.
    """
    ingest, broker = _workers(components, now)
    simulated, until = _simulation(statuses, simulating=simulating, now=now)
    oldest = min(
        (row for row in feeds if row["stream"] in FEEDS and row["last_received_at"]), key=_received, default=None
    )
    reasons = ["database"] if deaf or not database else ["replica"] if behind else []
    if reasons:
        ingest = broker = "unknown"
    if ingest == "away":
        reasons.append("ingest")
    if broker == "away":
        reasons.append("broker")
    return Room(
        database=database,
        ingest=ingest,
        broker=broker,
        simulated=simulated,
        simulated_until=until.isoformat() if until else None,
        oldest_feed=oldest["stream"] if oldest else None,
        oldest_at=_received(oldest).isoformat() if oldest else None,
        behind=behind if "replica" in reasons else 0,
        reasons=tuple(reasons),
    )


def _received(row: Row) -> datetime:
    received: datetime = row["last_received_at"]
    return received


def _workers(components: Sequence[Row], now: datetime) -> tuple[str, str]:
    alive = [row for row in components if row["name"] == "ingest" and now - row["beat_at"] < BEAT_FRESH]
    if not alive:
        return "away", "unknown"
    brokers = {_state(row).get("broker") for row in alive}
    return "live", "connected" if "connected" in brokers else "away"


def _state(row: Row) -> dict[str, Any]:
    state = row["state"]
    return state if isinstance(state, dict) else {}


def _simulation(statuses: Sequence[Row], *, simulating: bool, now: datetime) -> tuple[bool, datetime | None]:
    row = next((row for row in statuses if row["device"] == VIRTUAL_CITY), None)
    if simulating or (row and row["status"] == "online"):
        return True, None
    if row and now - row["status_at"] < SIMULATED_FOR:
        return True, row["status_at"]
    return False, None

"""What an answer to an analyst's question comes to: how complete each step is, and how it stands beside another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data.analysis.asked import Asked
from layouts.formats import known
from layouts.panel import Row
from sensors.kinds import KINDS

LENGTHS: Mapping[str, timedelta] = {
    "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31),
}  # fmt: skip
"""The longest a step may be."""
USUAL_DAYS = 30
"""How far back a question goes that does not say it."""
MOST_STEPS, MOST_ITEMS = 800, 10_000
"""More steps are not drawn, for nobody could tell one from the other; more are not told at once but exported."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an answer, or the whole of it (`at` is None); `share` (0..1) is how complete it is, where known."""

    at: datetime | None
    n: int
    value: float | None
    low: float | None
    high: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The steps of one question in order of time, and all of them as one."""

    asked: Asked
    steps: tuple[Step, ...]
    whole: Step


def answer_of(asked: Asked, steps: Sequence[Row], whole: Row, now: datetime) -> Answer:
    """From the rows of `data.analysis`."""
    return Answer(
        asked,
        tuple(_step(asked, row, row["at"], whole["sources"], now) for row in steps),
        _step(asked, whole, None, whole["sources"], now),
    )


def too_many(asked: Asked, most: int = MOST_STEPS) -> bool:
    """Whether it has more steps than `most`."""
    return (asked.until - asked.since) / LENGTHS[asked.step or "day"] > most


def share_of(n: int, asked: Asked, at: datetime | None, sources: int, now: datetime) -> float | None:
    """Of the readings that the devices heard would have sent in a step, the share that came; None for other streams."""
    kind = KINDS.get(asked.one("kind") or "")
    if asked.stream.key != "readings" or kind is None or not sources:
        return None
    begin = asked.since if at is None else max(at, asked.since)
    end = min(asked.until, now, *(() if at is None else (ends(at, asked),)))
    expected = sources * ((end - begin) / kind.expected_interval)
    return min(1.0, n / expected) if expected > 0 else None


def ends(at: datetime, asked: Asked) -> datetime:
    """When a step that begins at this instant is over, by the calendar of the city."""
    if asked.step == "hour":
        return at + LENGTHS["hour"]
    local = at.astimezone(ZoneInfo(asked.zone))
    if asked.step == "month":
        return (local.replace(day=1) + timedelta(days=32)).replace(day=1)
    return local + LENGTHS[asked.step or "day"]


def begins(at: datetime, asked: Asked) -> datetime:
    """When the step began that this instant lies in, by the calendar of the city."""
    local = at.astimezone(ZoneInfo(asked.zone))
    hour = local.replace(minute=0, second=0, microsecond=0)
    if asked.step == "hour":
        return hour
    midnight = hour.replace(hour=0)
    if asked.step == "month":
        return midnight.replace(day=1)
    return midnight - timedelta(days=midnight.weekday()) if asked.step == "week" else midnight


def due(asked: Asked, now: datetime) -> int:
    """How many steps its time has until now, begun ones included."""
    at, until, found = asked.since, min(asked.until, now), 0
    while at < until:
        at, found = ends(begins(at, asked), asked), found + 1
    return found


def change(now: Answer, before: Answer) -> float | None:
    """By how many percent the one stands above the other; None where that cannot be said."""
    mine, theirs = now.whole.value, before.whole.value
    return None if mine is None or not theirs else 100 * (mine - theirs) / abs(theirs)


def _step(asked: Asked, row: Row, at: datetime | None, sources: int, now: datetime) -> Step:
    n = int(row["n"])
    value, low, high = (known(row[name]) for name in ("value", "low", "high"))
    return Step(at, n, value, low, high, share_of(n, asked, at, sources, now))

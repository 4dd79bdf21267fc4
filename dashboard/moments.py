"""Which moment an address shows, and how fast time goes on from it: `?at=2026-11-20T23:15:00+07:00&speed=60`.

A time without a zone, as a form of a browser sends it, is the city's; `-1h` is an hour ago. Both are led on to the
moment itself, so that whatever address is kept or sent shows the same to whoever opens it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard.sights import OptionError
from layouts import formats
from sensors.city import City

AT, SPEED = "at", "speed"
STANDING = 0
SPEEDS = (1, 10, 60, 600)
"""How many times as fast as it was the past may go by."""
_HOURS_AGO = re.compile(r"-(\d{1,4})h")
_ZONE_BEHIND_A_SPACE = re.compile(r"(?<=:\d\d) (?=\d\d:?\d\d$)|(?<=\.\d{3}) (?=\d\d:?\d\d$)")
"""A plus sign that nobody wrote as `%2B`."""


class MomentError(OptionError):
    """A moment or a speed that cannot be shown."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is shown standing still (`speed` 0), or from which time goes on so many times as fast.

    `since` is the earliest one that can be shown.
    """

    at: datetime
    speed: int
    since: datetime

    @property
    def query(self) -> dict[str, str]:
        """What an address says of it."""
        return {AT: self.at.isoformat(timespec="seconds"), SPEED: str(self.speed)}


def moment_of(
    city: City, query: Mapping[str, str], now: datetime, since: datetime, *, usual: int = STANDING
) -> Moment | None:
    """Return the moment that an address names, None where it is live. Raises `MomentError`.

    It lies between `since` and `now`. `usual` is the speed where the address says none.
    """
    found = query.get(AT)
    if not found:
        return None
    at, speed = _time(city, found, now), query.get(SPEED) or str(usual)
    if speed not in map(str, (STANDING, *SPEEDS)):
        among = ", ".join(map(str, (STANDING, *SPEEDS)))
        raise MomentError(SPEED, speed, f"one of {among}", f"Pilihan speed: {speed} tidak ada; ada {among}.")
    if at > now:
        raise MomentError(AT, found, "a moment that has been", f"Pilihan at: {found} belum terjadi.")
    if at < since:
        told = formats.moment(since, city.zone, city.zone_word)
        raise MomentError(
            AT, found, f"{since.isoformat()} or later", f"Pilihan at: {found} terlalu lama; data ada sejak {told}."
        )
    return Moment(at, int(speed), since)


def longest_ago(city: City, now: datetime) -> datetime:
    """Return how far back one can go at most: what was known is kept for so many days."""
    return now - timedelta(days=city.replay_days)


def is_canonical(query: Mapping[str, str], moment: Moment) -> bool:
    """Whether an address names its moment so that it means the same to everybody, at any time."""
    return query.get(AT) == moment.query[AT]


def _time(city: City, found: str, now: datetime) -> datetime:
    hours = _HOURS_AGO.fullmatch(found)
    if hours:
        return (now - timedelta(hours=int(hours[1]))).astimezone(city.zone).replace(microsecond=0)
    try:
        at = datetime.fromisoformat(_ZONE_BEHIND_A_SPACE.sub("+", found))
        return (at if at.tzinfo else at.replace(tzinfo=city.zone)).astimezone(city.zone)
    except (ValueError, OverflowError):
        expected = "2026-11-20T23:15:00+07:00"
        raise MomentError(
            AT, found, f"a moment like {expected}", f"Pilihan at: {found} bukan waktu; tulis seperti {expected}."
        ) from None


def present() -> datetime:
    """Return the real time: no replay goes on beyond it."""
    return datetime.now(UTC)

"""The days on which offices work: weekends, national holidays and shared leave (cuti bersama), and the city's own days.

National days come from the `holidays` library: for Indonesia its category `public` is the national holidays and
`government` the shared leave of the yearly joint decree of three ministers (SKB 3 Menteri). What it does not know yet,
or what the city decides, are rows of the pack, and they win.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from sensors.pack.entry import once
from sensors.pack.files import entries

ONE_DAY = timedelta(days=1)
SATURDAY = 5  # of date.weekday(): offices work from Monday to Friday
WANTED = ("public", "government")
COUNTRIES = tuple(sorted(holidays.list_supported_countries()))


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day on which the city works, or does not, whatever the national calendar says."""

    day: date
    name: str
    working: bool
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Working days of a city. `own` days go before the national ones of `country` (ISO 3166, `ID`).

    One calendar equals only itself, so that answers about it can be remembered.
    """

    zone: ZoneInfo
    country: str
    own: Mapping[date, OwnDay]

    def local_day(self, at: datetime) -> date:
        """The city's day of an aware instant."""
        return at.astimezone(self.zone).date()

    def ends(self, day: date) -> datetime:
        """The instant at which a day of the city is over: the next midnight there."""
        following = day + ONE_DAY
        return datetime(following.year, following.month, following.day, tzinfo=self.zone)

    def free(self, day: date) -> str | None:
        """Why offices do not work on this day, in the country's language (`Akhir pekan`: weekend), or None."""
        if (own := self.own.get(day)) is not None:
            return None if own.working else own.name
        if (name := _national(self.country, day.year).get(day)) is not None:
            return name
        return "Akhir pekan" if day.weekday() >= SATURDAY else None

    def after(self, day: date, working_days: int) -> date:
        """The n-th working day after a day, which itself does not count."""
        return _after(self, day, working_days)


def read_own_days(path: Path) -> dict[date, OwnDay]:
    """The city's own days by date; the file may have none."""
    found: dict[date, OwnDay] = {}
    for line in entries(path, ("date", "name", "working", "source"), at_least=0):
        day = line.day("date")
        once(line, "date", [each.isoformat() for each in found])
        found[day] = OwnDay(day, line.text("name"), line.truth("working"), line.text("source"))
    return found


@lru_cache(maxsize=256)
def _national(country: str, year: int) -> Mapping[date, str]:
    about = holidays.country_holidays(country)
    wanted = tuple(category for category in WANTED if category in about.supported_categories)
    language = about.default_language  # else the machine's own
    return dict(holidays.country_holidays(country, years=year, categories=wanted, language=language))


@lru_cache(maxsize=16_384)
def _after(calendar: Calendar, day: date, working_days: int) -> date:
    while working_days > 0:
        day += ONE_DAY
        working_days -= calendar.free(day) is None
    return day

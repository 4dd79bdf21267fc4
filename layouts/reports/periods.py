"""The spans of time that reports are about: a day, a week from Monday on, a month, always of the city's own days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from babel.dates import format_date

from layouts.errors import LayoutError
from layouts.formats import LOCALE, clock
from sensors.city import City

_DAY = timedelta(days=1)
_JUST_BEFORE = timedelta(seconds=1)
_WEEK = re.compile(r"20\d\d-W\d\d")
_MONTH = re.compile(r"20\d\d-\d\d")
_ONE_DAY = re.compile(r"20\d\d-\d\d-\d\d")


class PeriodError(LayoutError):
    """A period that is none, or has not begun; `expected` says what would be one."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name}: found {found!r}, expected {expected}")
        self.name, self.found, self.expected = name, found, expected


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to before `until`. `name` is the word of the address (`day`, `week`, `month`), `key` its value.

    `first` and `last` are its days; `whole`: it is over, so that nothing but late data can change what is said of it.
    """

    name: str
    key: str
    first: date
    last: date
    since: datetime
    until: datetime
    whole: bool

    @property
    def moment(self) -> datetime:
        """The last moment in it: what is asked "as of now" is asked as of then, which is still its own day."""
        return self.until - _JUST_BEFORE

    @property
    def days(self) -> int:
        """How many days it has, begun ones included."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """`Sabtu, 28 November 2026`, `23–29 November 2026`, `November 2026`."""
        if self.name == "day":
            return format_date(self.first, "EEEE, d MMMM y", locale=LOCALE)
        if self.name == "month":
            return format_date(self.first, "MMMM y", locale=LOCALE)
        years = self.first.year != self.last.year
        first = "d MMMM y" if years else "d" if self.first.month == self.last.month else "d MMMM"
        opening, closing = (
            format_date(self.first, first, locale=LOCALE),
            format_date(self.last, "d MMMM y", locale=LOCALE),
        )
        return f"{opening}–{closing}"

    def until_words(self, city: City) -> str:
        """Up to when it goes: `sampai 28 Nov 24.00 WIB`."""
        local = self.until.astimezone(city.zone)
        midnight = self.until == city.calendar.ends(self.last)
        day = format_date(self.last if midnight else local.date(), "d MMM", locale=LOCALE)
        return f"sampai {day} {'24.00' if midnight else clock(self.until, city.zone)} {city.zone_word}"

    def before(self, city: City) -> Period:
        """The whole period of the same kind before it."""
        return _SPANS[self.name](self.first - _DAY, city, self.since)


def period_of(name: str, said: str, city: City, now: datetime) -> Period:
    """The period that an address says; without a word the last one that is over. Raises `PeriodError`."""
    today = city.calendar.local_day(now)
    found = _read(name, said) if said else _SPANS[name](today, city, now).first - _DAY
    if found > today:
        raise PeriodError(name, said, "a period that has begun")
    return _SPANS[name](found, city, now)


def days_of(first: date, last: date, city: City, now: datetime) -> Period:
    """Any days, both included, as a period: it has no name in an address and none before it."""
    name = "day" if first == last else "days"
    return _span(name, f"{first}-{last}", first, last, city, now)


def _read(name: str, said: str) -> date:
    form, example, complete = _FORMS[name]
    try:
        found = date.fromisoformat(complete(said)) if form.fullmatch(said) else None
    except ValueError:
        found = None
    if found is None:
        raise PeriodError(name, said, example)
    return found


def _day(on: date, city: City, now: datetime) -> Period:
    return _span("day", on.isoformat(), on, on, city, now)


def _week(on: date, city: City, now: datetime) -> Period:
    first = on - timedelta(days=on.weekday())
    year, number, _ = first.isocalendar()
    return _span("week", f"{year}-W{number:02}", first, first + 6 * _DAY, city, now)


def _month(on: date, city: City, now: datetime) -> Period:
    first = on.replace(day=1)
    last = (first + 31 * _DAY).replace(day=1) - _DAY
    return _span("month", f"{first:%Y-%m}", first, last, city, now)


def _span(name: str, key: str, first: date, last: date, city: City, now: datetime) -> Period:
    """To its end; what is not over goes to the last whole minute."""
    since, end = city.calendar.ends(first - _DAY), city.calendar.ends(last)
    if end <= now:
        return Period(name, key, first, last, since, end, whole=True)
    until = max(now.replace(second=0, microsecond=0), since + timedelta(minutes=1))
    return Period(name, key, first, city.calendar.local_day(until - _JUST_BEFORE), since, until, whole=False)


_SPANS: Mapping[str, Callable[[date, City, datetime], Period]] = MappingProxyType(
    {"day": _day, "week": _week, "month": _month}
)
_FORMS: Mapping[str, tuple[re.Pattern[str], str, Callable[[str], str]]] = MappingProxyType(
    {
        "day": (_ONE_DAY, "a day like 2026-11-28", str),
        "week": (_WEEK, "a week like 2026-W48", lambda said: f"{said}-1"),
        "month": (_MONTH, "a month like 2026-11", lambda said: f"{said}-01"),
    }
)

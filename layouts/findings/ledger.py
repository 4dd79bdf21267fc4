"""The rows that scores rest on, sorted out: by kind and device, by service, and over the spans a score is given for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from layouts.findings.services import counted
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Service
from sensors.kinds import KINDS

HOURS = 24


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that ends now: the last 24 hours (`days` 1), or that many whole local days before today."""

    days: int
    words: str


DAY, WEEK, MONTH = SPANS = (Span(1, "24 jam"), Span(7, "7 hari"), Span(30, "30 hari"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one device said of one kind on one day, or in the last 24 hours (`day` is None)."""

    day: date | None
    n: float
    total: float
    high: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A device's stretches within a span, and the share 0..1 of the span in which it was heard."""

    stretches: tuple[Stretch, ...]
    share: float

    @property
    def mean(self) -> float:
        """The mean of its readings; only for a device that was heard."""
        return sum(each.total for each in self.stretches) / sum(each.n for each in self.stretches)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows of `score_*` by what they are about, in a city on a local day."""

    city: City
    today: date
    hours: Mapping[tuple[str, str], Row]
    days: Mapping[tuple[str, str], Row]
    cases: Mapping[str, Sequence[Row]]
    response: Mapping[str, Sequence[Row]]
    prices: Mapping[str, Sequence[Row]]

    def within(self, span: Span, day: date | None) -> bool:
        """Whether a local day is one of the whole days of a span."""
        return day is not None and self.today - timedelta(days=span.days) <= day < self.today

    def heard(self, kind: str, span: Span, hours: int = HOURS) -> dict[str, Heard]:
        """What each device of the pack with this kind said; `hours` of a day are heard when nothing is missing."""
        devices = [device.key for device in self.city.devices.values() if kind in device.kinds]
        return {key: self._heard((key, kind), span, hours) for key in devices}

    def counted(self, service: Service) -> Iterator[Row]:
        """The rows of `score_cases` about a service's cases, without the classes of call that do not count."""
        yield from counted(service, self.cases.get(service.key, ()))

    def _heard(self, series: tuple[str, str], span: Span, hours: int) -> Heard:
        if span is DAY:
            row = self.hours.get(series)
            found = () if row is None else _stretch(None, row["n"], row["total"], row["high"])
            expected = min(float(hours), timedelta(days=1) / KINDS[series[1]].expected_interval)
            return Heard(found, min(_whole(row, "hours") / max(expected, 1.0), 1.0) if found else 0.0)
        found = tuple(each for each in _stretches(self.days.get(series)) if self.within(span, each.day))
        return Heard(found, min(len(found) / span.days, 1.0))


def ledger_of(rows: Rows, city: City, now: datetime) -> Ledger:
    """Sort the answers of `score_hours`, `score_days`, `score_cases`, `score_response` and `price_days`."""
    return Ledger(
        city=city,
        today=city.calendar.local_day(now),
        hours={(row["device"], row["kind"]): row for row in rows.get("score_hours", ())},
        days={(row["device"], row["kind"]): row for row in rows.get("score_days", ())},
        cases=_by(rows.get("score_cases", ()), "service"),
        response=_by(rows.get("score_response", ()), "service"),
        prices=_by(rows.get("price_days", ()), "commodity"),
    )


def newest_of(rows: Rows, city: City) -> datetime | None:
    """Until when the newest of all these answers reaches."""
    times = [row["until"] for row in rows.get("score_hours", ()) if row["until"]]
    times += [row["status_at"] for row in rows.get("score_cases", ()) if row["status_at"]]
    times += [city.calendar.ends(max(row["days"])) for row in rows.get("score_days", ()) if row["days"]]
    times += [datetime.combine(row["day"], time(), city.zone) for row in rows.get("price_days", ())]
    return max(times, default=None)


def _by(rows: Sequence[Row], name: str) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _stretches(row: Row | None) -> Iterator[Stretch]:
    if row is not None:
        for day, n, total, high in zip(row["days"], row["n"], row["total"], row["high"], strict=False):
            yield from _stretch(day, n, total, high)


def _stretch(day: date | None, *figures: float | None) -> tuple[Stretch, ...]:
    """One stretch, or none where a figure is missing or nothing was read."""
    n, total, high = (known(figure) for figure in figures)
    if n is None or total is None or high is None or n <= 0:
        return ()
    return (Stretch(day, n, total, high),)


def _whole(row: Row | None, name: str) -> float:
    return (known(row[name]) if row is not None else None) or 0.0

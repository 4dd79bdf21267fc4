"""What is usual at this time of day, how far today has come, and what the pack wants of a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Target
from sensors.judge.target import Standing, judge_target, target_on

DAYS = 14
WEEK = 7
LEAST = 3
"""So many of the last seven days must have been heard before anything is called usual; the project's own."""
Series = tuple[str, str]
"""A device and a kind."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside what is usual for it, both in one unit; `standing` judges its percentage of the usual."""

    value: float | None
    usual: float | None
    standing: Standing | None

    @property
    def percent(self) -> float | None:
        """Percent of the usual; None where one of the two is unknown or nothing is usual."""
        return percent_of(self.value, self.usual)

    @property
    def rank(self) -> int:
        """How bad, from 0 to 2; what is not judged is not bad."""
        return 0 if self.standing is None else self.standing.rank


@dataclass(frozen=True, slots=True)
class Day:
    """One local day of a kind over some devices: its sum, its readings, and the highest among them."""

    total: float
    n: int
    high: float


def percent_of(value: float | None, whole: float | None) -> float | None:
    """Percent of the whole; None where one of the two is unknown or the whole is zero."""
    return None if value is None or not whole else known(value / whole * 100)


def target_of(city: City, kind: str, statistic: str, now: datetime, devices: Sequence[str] = ()) -> Target | None:
    """The pack's target that holds today."""
    return target_on(city.calendar.local_day(now), kind, statistic, city.targets, devices)


def standing_of(
    city: City, value: float | None, kind: str, statistic: str, now: datetime, devices: Sequence[str] = ()
) -> Standing | None:
    """How a figure stands against the pack's target of today; None without a figure or a target."""
    target = target_of(city, kind, statistic, now, devices)
    return None if value is None or target is None else judge_target(value, target, city.calendar.local_day(now))


def compare(
    city: City, value: float | None, usual: float | None, kind: str, now: datetime, devices: Sequence[str] = ()
) -> Compared:
    """A figure against its usual, judged where the pack says what is too far from it."""
    return Compared(value, usual, standing_of(city, percent_of(value, usual), kind, "usual", now, devices))


def usual_of(rows: Rows, column: str) -> Mapping[Series, float]:
    """By series, one column (`mean` or `hourly`) of what is usual at this hour."""
    return _figures(rows.get("usual_hours", ()), column)


def usual_so_far(rows: Rows) -> Mapping[Series, float]:
    """By series, how far the day usually has come by now."""
    return _figures(rows.get("usual_today", ()), "total")


def sum_known(figures: Mapping[Series, float], kind: str, devices: Iterable[str]) -> float | None:
    """The sum of a kind's figures over devices; None where there is none."""
    found = [figures[device, kind] for device in devices if (device, kind) in figures]
    return known(sum(found)) if found else None


def days_by_device(rows: Rows, kind: str) -> Mapping[str, Mapping[date, Day]]:
    """The days of a kind at each device."""
    found: dict[str, dict[date, Day]] = defaultdict(dict)
    for row in rows.get("day_totals", ()):
        if (
            row["kind"] == kind
            and (total := known(row["total"])) is not None
            and (high := known(row["high"])) is not None
        ):
            found[row["device"]][row["day"]] = Day(total, int(row["n"]), high)
    return found


def days_of(rows: Rows, kind: str, devices: Sequence[str]) -> Mapping[date, Day]:
    """The days of a kind, these devices added up."""
    added: dict[date, Day] = {}
    for device, days in days_by_device(rows, kind).items():
        for day, one in days.items() if device in devices else ():
            sofar = added.get(day, Day(0.0, 0, 0.0))
            added[day] = Day(sofar.total + one.total, sofar.n + one.n, sofar.high + one.high)
    return added


def last_days(days: Mapping[date, Day], today: date) -> tuple[float | None, ...]:
    """The sums of the last days, today last; a day nothing was heard of is None."""
    wanted = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(days[day].total if day in days else None for day in wanted)


def courses_of(rows: Rows, kind: str, city: City) -> Mapping[str, tuple[float | None, ...]]:
    """By device, the hourly means that its curve shows, the newest last; a silent hour is None."""
    own = [row for row in rows.get("hour_means", ()) if row["kind"] == kind]
    end = max((row["bucket"] for row in rows.get("hour_means", ())), default=None)
    if end is None:
        return {}
    found: dict[str, list[float | None]] = {row["device"]: [None] * city.curves.works for row in own}
    for row in own:
        back = round((end - row["bucket"]) / timedelta(hours=1))
        if 0 <= back < len(found[row["device"]]):
            found[row["device"]][-1 - back] = known(row["value"])
    return {device: tuple(values) for device, values in found.items()}


def sensing(city: City, kind: str) -> tuple[str, ...]:
    """The devices of a kind, in the pack's order."""
    return tuple(device.key for device in city.devices.values() if kind in device.kinds)


def _figures(rows: Iterable[Row], column: str) -> Mapping[Series, float]:
    figures = ((row["device"], row["kind"], known(row[column])) for row in rows if row["days"] >= LEAST)
    return {(device, kind): figure for device, kind, figure in figures if figure is not None}

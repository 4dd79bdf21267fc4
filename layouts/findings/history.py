"""How a reading went over a span of time: the spans an address may ask for, the course itself, and what is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.kind import Kind

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GAP = 2.5
"""So many steps without a value are a gap, drawn as one."""
LEAST_DAYS = 4
"""So many days must have been heard at an hour of the day before anything is called usual; the project's own."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span one may ask for: `step` is what one point stands for, `rest` what one line of the table does.

    `tick` is the distance of the marks of time; `bucket` is the interface's word for means as fine as these points.
    """

    key: str
    words: str
    length: timedelta
    step: timedelta
    rest: timedelta
    tick: timedelta
    bucket: str


SPANS: Mapping[str, Span] = MappingProxyType(
    {
        span.key: span
        for span in (
            Span("6h", "6 jam", 6 * HOUR, MINUTE, 15 * MINUTE, HOUR, "minute"),
            Span("24h", "24 jam", 24 * HOUR, 5 * MINUTE, HOUR, 3 * HOUR, "minute"),
            Span("7d", "7 hari", 7 * DAY, HOUR, 6 * HOUR, DAY, "hour"),
            Span("30d", "30 hari", 30 * DAY, 2 * HOUR, DAY, 5 * DAY, "hour"),
            Span("1y", "1 tahun", 365 * DAY, DAY, 14 * DAY, 61 * DAY, "day"),
        )
    }
)
"""By the word of the address; the questions about courses know the same words."""
PERIODS: Mapping[str, Span] = MappingProxyType(
    {
        span.key: span
        for span in (
            Span("30d", "30 hari", 30 * DAY, DAY, DAY, 5 * DAY, "day"),
            Span("90d", "90 hari", 90 * DAY, DAY, 7 * DAY, 15 * DAY, "day"),
            Span("1y", "1 tahun", 365 * DAY, 7 * DAY, 7 * DAY, 61 * DAY, "day"),
        )
    }
)
"""Those of what is told once a day: prices."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a device said in one step: the mean (or the sum, where readings add up), the least and the most of it."""

    at: datetime
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Course:
    """The points of a span in order of time, and how many readings they rest on of those that were expected."""

    kind: Kind
    span: Span
    since: datetime
    until: datetime
    points: tuple[Point, ...]

    @property
    def heard(self) -> int:
        """Readings in the span."""
        return sum(point.n for point in self.points)

    @property
    def expected(self) -> int:
        """Readings a healthy device would have sent."""
        return max(round(self.span.length / self.kind.expected_interval), 1)

    @property
    def share(self) -> float:
        """The share (0..1) of what was expected."""
        return min(self.heard / self.expected, 1.0)

    @property
    def lowest(self) -> Point | None:
        """The point with the lowest reading."""
        return min(self.points, key=lambda point: point.low, default=None)

    @property
    def highest(self) -> Point | None:
        """The point with the highest reading."""
        return max(self.points, key=lambda point: point.high, default=None)

    @property
    def adds_up(self) -> bool:
        """Whether a point is a sum: rain, vehicles."""
        return self.kind.aggregate == "sum"

    @property
    def gap(self) -> timedelta:
        """Longer than this between two points is a gap."""
        return GAP * max(self.span.step, self.kind.expected_interval)

    def rested(self, zone: ZoneInfo) -> tuple[Point, ...]:
        """The course in fewer points, for a table: those of each `rest` as one."""
        found: dict[datetime, list[Point]] = {}
        for point in self.points:
            found.setdefault(_begin(point.at, self.span.rest, zone), []).append(point)
        return tuple(_joined(at, points, adds_up=self.adds_up) for at, points in found.items())


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual at one hour of the day: the middle half of the last four weeks, and their median."""

    low: float
    middle: float
    high: float


def course_of(rows: Sequence[Row], kind: Kind, span: Span, now: datetime) -> Course:
    """The course of a kind up to this minute, from `series_course`."""
    until = now.replace(second=0, microsecond=0)
    points = [_point(row, kind) for row in rows if row["kind"] == kind.key and row["n"] > 0]
    sound = sorted((point for point in points if point is not None), key=lambda point: point.at)
    return Course(kind, span, until - span.length, until, tuple(sound))


def usual_by_hour(rows: Rows, kind: Kind) -> Mapping[int, Usual]:
    """By local hour of the day, what is usual; nothing of what adds up, since its steps are no hours."""
    found: dict[int, Usual] = {}
    for row in rows.get("series_usual", ()):
        if row["kind"] != kind.key or row["days"] < LEAST_DAYS or kind.aggregate == "sum":
            continue
        low, middle, high = (known(row[name]) for name in ("low", "middle", "high"))
        if low is not None and middle is not None and high is not None:
            found[row["hour"]] = Usual(low, middle, high)
    return found


def _point(row: Row, kind: Kind) -> Point | None:
    total, low, high = (known(row[name]) for name in ("total", "low", "high"))
    if total is None or low is None or high is None:
        return None
    return Point(row["bucket"], total if kind.aggregate == "sum" else total / row["n"], low, high, int(row["n"]))


def _joined(at: datetime, points: Sequence[Point], *, adds_up: bool) -> Point:
    n = sum(point.n for point in points)
    whole = sum(point.value * (1 if adds_up else point.n) for point in points)
    low, high = min(point.low for point in points), max(point.high for point in points)
    return Point(at, whole if adds_up else whole / n, low, high, n)


def _begin(at: datetime, rest: timedelta, zone: ZoneInfo) -> datetime:
    """The beginning of the local stretch of this length in which a time lies."""
    local = at.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if rest < DAY:
        return midnight + (local - midnight) // rest * rest
    days = rest // DAY
    return midnight - timedelta(days=local.date().toordinal() % days)

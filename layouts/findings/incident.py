"""The span of an incident's report, as its address says it: from when until when, and in which steps it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from layouts.findings.history import DAY, HOUR, MINUTE, Course, Span, course_of
from layouts.formats import clock, day, known, weekday
from layouts.panel import Context, Row, Rows
from layouts.parts import newest
from sensors.city import City, Device
from sensors.kind import Kind

LONGEST = timedelta(days=7)
USUAL = timedelta(hours=24)
"""What a report looks back where its address does not say; the questions know the same."""
OPTIONS = ("from", "until", "district")
_DAY_LETTERS = 10
_STEPS = ((12 * HOUR, 5 * MINUTE, HOUR), (48 * HOUR, 15 * MINUTE, 6 * HOUR), (LONGEST, HOUR, DAY))
"""Up to which length a point stands for how much, and how far marks of time are apart; the questions know the same."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A span, `open` while it reaches up to now; `district` is a code or empty."""

    since: datetime
    until: datetime
    open: bool
    district: str

    def holds(self, at: datetime | None) -> bool:
        """Whether something happened within it."""
        return at is not None and self.since <= at < self.until

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.until - self.since


def incident_of(context: Context) -> Incident:
    """The span that the address asks for; without one the last 24 hours."""
    return _incident(context.options, context.city, context.now.replace(second=0, microsecond=0))


def _incident(options: Mapping[str, str], city: City, now: datetime) -> Incident:
    said = _moment(options["until"], city, ends=True)
    until = now if said is None else min(said, now)
    since = _moment(options["from"], city, ends=False)
    return Incident(until - USUAL if since is None else since, until, said is None or said > now, options["district"])


def _moment(said: str, city: City, *, ends: bool) -> datetime | None:
    """A day as an end is the whole of it."""
    if not said:
        return None
    found = datetime.fromisoformat(said).replace(tzinfo=city.zone)
    return found + DAY if ends and len(said) == _DAY_LETTERS else found


def objection(options: Mapping[str, str], city: City, now: datetime) -> tuple[str, str] | None:
    """What is wrong with a span, by the name of the choice and in words; None where a report can be made of it."""
    found = _incident(options, city, now)
    if found.since >= found.until:
        return "from", "Rentang laporan kejadian harus mulai sebelum berakhir, dan sebelum sekarang."
    if found.length > LONGEST:
        return "until", f"Rentang laporan kejadian paling lama {LONGEST.days} hari: bagi menjadi beberapa laporan."
    return None


def span_words(found: Incident, city: City) -> str:
    """`Sab 21 Nov 20.00–Min 22 Nov 04.00 WIB`; the day once where it is the same."""
    zone = city.zone
    begins, ends = f"{weekday(found.since, zone)} {clock(found.since, zone)}", clock(found.until, zone)
    same = day(found.since, zone) == day(found.until, zone)
    return f"{begins}–{'' if same else f'{weekday(found.until, zone)} '}{ends} {city.zone_word}"


def steps_of(found: Incident, context: Context) -> Span:
    """In which steps it is drawn: by the hour where single readings are kept no longer."""
    kept = found.since >= context.now - timedelta(days=context.city.retention_days)
    _, step, tick = next(each for each in _STEPS if found.length <= each[0])
    return Span("incident", "", found.length, step if kept else HOUR, HOUR, tick, "minute" if kept else "hour")


@dataclass(frozen=True, slots=True)
class Measured:
    """One gauge over the span. `row` has its highest reading, `high_at` is the minute (or hour) in which that was."""

    device: Device
    course: Course
    row: Row | None

    @property
    def high(self) -> float | None:
        """The highest reading."""
        return known(self.row["high"]) if self.row else None

    @property
    def high_at(self) -> datetime | None:
        """When it was."""
        return self.row["high_at"] if self.row else None

    @property
    def total(self) -> float:
        """What its readings add up to: rain."""
        return sum(point.value for point in self.course.points)


def measured(rows: Rows, kind: Kind, context: Context) -> list[Measured]:
    """From `incident_courses`: every device of the report's places that measures this, in the pack's order."""
    found = incident_of(context)
    span, by_device = steps_of(found, context), _by_device(rows, kind)
    return [
        Measured(device, course_of(told, kind, span, found.until), max(told, key=_high, default=None))
        for device in context.city.devices.values()
        if kind.key in device.kinds and found.district in ("", device.district)
        for told in (by_device.get(device.key, ()),)
    ]


def _by_device(rows: Rows, kind: Kind) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows.get("incident_courses", ()):
        if row["kind"] == kind.key:
            found.setdefault(row["device"], []).append(row)
    return found


def _high(row: Row) -> float:
    high = known(row["high"])
    return -inf if high is None else high


def heard_of(rows: Rows) -> datetime | None:
    """The newest time of anything that a report rests on."""
    times = (("incident_alarms", "raised_at"), ("incident_courses", "bucket"), ("incident_cases", "bucket"))
    return newest(row[name] for question, name in times for row in rows.get(question, ()))

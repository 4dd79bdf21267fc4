"""How the figure of one alarm went: from two hours before it began, with the bound as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from layouts import alarm_panel, charts, courses, html, parts
from layouts.charts import Band, Bars, Chart, Line, Threshold, Tick
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import HELD, Alarm, alarm_of, bound_words
from layouts.findings.history import Point
from layouts.formats import clock, known, number
from layouts.panel import Context, Question, Row, Rows
from sensors.city import City
from sensors.kind import Kind
from sensors.kinds import KINDS

BEFORE, AFTER, MOST = timedelta(hours=2), timedelta(minutes=30), timedelta(hours=22)
"""As the question has them."""
_NEAR, _NEAR_LONG = 0.17, 0.3
"""Of the width: a mark of time this near to another is left out, or to the end where that says two times."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the chart, or say why there is none."""
    row, observed = next(iter(rows.get("alarm_one", ())), None), heard(rows, "alarm_one")
    kind = KINDS.get(row["kind"] or "") if row else None
    if row is None or kind is None:
        words = parts.nothing("Alarm ini bukan dari angka satu perangkat.")
        return parts.frame(PANEL, words, observed, empty=observed is None)
    alarm, points = alarm_of(row, context.city), _points(rows.get("alarm_course", ()), kind)
    if not points:
        words = parts.nothing("Tidak ada data di sekitar waktu ini.")
        return parts.frame(PANEL, words, observed, empty=observed is None)
    body = [
        charts.figure(
            "alarm_course-chart", _chart(alarm, kind, points, context), _sentence(alarm, kind, points, context.city)
        ),
        html.P(_caption(alarm, kind), className="sub caption", id="alarm_course-caption"),
    ]
    return parts.frame(PANEL, body, observed, empty=False, note=kind.name)


def _points(rows: Sequence[Row], kind: Kind) -> tuple[Point, ...]:
    adds_up = kind.aggregate == "sum"
    found = [
        (row["bucket"], known(row["total"] if adds_up else row["total"] / row["n"]), row) for row in rows if row["n"]
    ]
    return tuple(Point(at, value, row["low"], row["high"], row["n"]) for at, value, row in found if value is not None)


def _chart(alarm: Alarm, kind: Kind, points: tuple[Point, ...], context: Context) -> Chart:
    since, until = _span(alarm, context)
    moments = tuple((point.at, point.value) for point in points)
    step = (
        timedelta(minutes=5)
        if until - since > timedelta(hours=6)
        else max(timedelta(minutes=1), kind.expected_interval)
    )
    bound, sums = known(alarm.row["bound"]), kind.aggregate == "sum"
    drawn = bound is not None and alarm.rule is not None and alarm.rule.kind in HELD
    held = (Threshold(bound, f"batas {bound_words(alarm)}", alarm.rank),) if drawn and bound is not None else ()
    last = number(points[-1].value, kind.decimals)
    extent = tuple((point.at, point.low, point.high) for point in points)
    return Chart(
        since, until, _ticks(alarm, since, until, context), _end(alarm, since, until, context),
        least=max(abs(points[-1].value) / 10, 4 * 10.0**-kind.decimals), zero=sums,
        lines=() if sums else (Line(moments, 2.5 * step, words=last),),
        bars=(Bars(moments, step),) if sums else (),
        bands=() if sums else (Band(extent, 2.5 * step, courses.EXTENT),), thresholds=held,
    )  # fmt: skip


def _span(alarm: Alarm, context: Context) -> tuple[datetime, datetime]:
    row, now = alarm.row, context.now.replace(second=0, microsecond=0)
    since = row["raised_at"] - BEFORE
    last = min(now, row["raised_at"] + MOST) if row["ended_at"] is None else min(now, row["ended_at"] + AFTER)
    return since, max(last, row["raised_at"] + timedelta(minutes=1))


def _ticks(alarm: Alarm, since: datetime, until: datetime, context: Context) -> tuple[Tick, ...]:
    """Whole hours, and the moment it began; none near to it or to the end."""
    zone, began, length = context.city.zone, alarm.row["raised_at"], until - since
    late = _late(began, since, until)
    hours = max(1, round(length / timedelta(hours=6)))
    at = since.astimezone(zone).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    found = []
    while at < until - (_NEAR_LONG if late else _NEAR) * length:
        if at - since > 0.02 * length and (late or abs(at - began) > _NEAR * length):
            found.append(Tick(at, clock(at, zone), minor=True))
        at += timedelta(hours=hours)
    return (*found, Tick(began, "" if late else f"muncul {clock(began, zone)}"))


def _end(alarm: Alarm, since: datetime, until: datetime, context: Context) -> str:
    """What stands at the end of the time; a beginning too near to it for words of its own is said there."""
    zone, began = context.city.zone, alarm.row["raised_at"]
    return f"{f'muncul {clock(began, zone)} · ' if _late(began, since, until) else ''}{clock(until, zone)}"


def _late(began: datetime, since: datetime, until: datetime) -> bool:
    return until - began < _NEAR * (until - since)


def _sentence(alarm: Alarm, kind: Kind, points: Sequence[Point], city: City) -> str:
    """A highest that lasted less than a step is the highest all the same, and no mean."""
    last, sums = points[-1], kind.aggregate == "sum"
    high_at, high = max(((point.at, point.value if sums else point.high) for point in points), key=lambda each: each[1])
    return (
        f"{kind.name}: terakhir {number(last.value, kind.decimals)} {kind.unit} "
        f"pada {courses.when(last.at, city.zone)}, "
        f"tertinggi {number(high, kind.decimals)} pada {courses.when(high_at, city.zone)}, "
        f"muncul {courses.when(alarm.row['raised_at'], city.zone)}"
    )


def _caption(alarm: Alarm, kind: Kind) -> str:
    unit = kind.unit or "tanpa satuan"
    if alarm.rule is not None and alarm.rule.kind == "rate":
        return f"{unit} · batasnya perubahan {bound_words(alarm)}, bukan tinggi garis ini"
    band = "" if kind.aggregate == "sum" else f" · {courses.EXTENT_WORDS}"
    return f"{unit} · dari 2 jam sebelum alarm muncul{band}"


PANEL = alarm_panel.of_one(
    "alarm_course", "Angka di sekitar kejadian", render, alarm_panel.ONE, Question("alarm_course", every=10.0),
    streams=alarm_panel.STREAMS | {"readings"}, every=1.0,
)  # fmt: skip

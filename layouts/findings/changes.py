"""What has changed in two days, the newest first: alarms, steps, records, warnings, rivers, deadlines, prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from layouts.findings.alarm_changes import ENDED, alarm_changes
from layouts.findings.bulletins import concerns_warnings, rank_of, where
from layouts.findings.cases import NO_AGENCY
from layouts.findings.deadlines import deadlines_of
from layouts.findings.price_concerns import concerns
from layouts.findings.rivers import STEP, gauges, points_of
from layouts.findings.rivers import rank_of as rank_of_siaga
from layouts.findings.series import series_of
from layouts.findings.standings import standings
from layouts.formats import number, rupiah
from layouts.panel import Rows
from sensors.city import City
from sensors.judge.siaga import judge_siaga

SPAN = timedelta(hours=48)
OTHER, OVERDUE = "other", "overdue"
"""Sorts of changes, beside those of alarms."""
_AREAS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened at a time. `rank` is how grave things have stood since then; `better`: they improved.

    `sort` is what a page counts it by, `n` how many of them it stands for.
    """

    key: str
    at: datetime
    rank: int
    what: str
    where: str
    href: str
    better: bool = False
    sort: str = OTHER
    n: int = 1


def changes_of(rows: Rows, city: City, now: datetime) -> tuple[Change, ...]:
    """The newest first; nothing older than two days, nothing that is still to come."""
    found = [
        *_alarms(rows, city),
        *_warnings(rows, city),
        *_rivers(rows, city),
        *_overdue(rows, city, now),
        *_prices(rows, city, now),
    ]
    recent = [each for each in found if now - SPAN <= each.at <= now]
    return tuple(sorted(recent, key=lambda each: (each.at, each.rank, each.key), reverse=True))


def _alarms(rows: Rows, city: City) -> Iterator[Change]:
    for each in alarm_changes(rows, city):
        better = each.sort == ENDED
        yield Change(each.key, each.at, each.rank, each.what, each.where, each.href, better, each.sort, each.n)


def _warnings(rows: Rows, city: City) -> Iterator[Change]:
    for row in rows.get("bulletins_now", ()):
        if concerns_warnings(row, city) and rank_of(row):
            key, place = f"issued-{row['channel']}-{row['id']}", where(row, city, _AREAS)
            what = f"Peringatan {row['severity']}: {row['title']}"
            yield Change(key, row["issued_at"], rank_of(row), what, place, "/wall/berita")
    for row in rows.get("bulletins_ended", ()):
        key = f"ended-{row['channel']}-{row['id']}"
        word = "dicabut" if row["cancelled"] else "berakhir"
        what = f"Peringatan {row['severity']} {word}: {row['title']}"
        yield Change(key, row["ended_at"], 0, what, where(row, city, _AREAS), "/wall/berita", better=True)


def _rivers(rows: Rows, city: City) -> Iterator[Change]:
    """Every change of step that stands in the quarter-hour means of the hours a curve looks back."""
    found = rows.get("gauge_trend", ())
    end = max((row["bucket"] for row in found), default=None)
    points = points_of(city)
    trends = series_of(found, "device", STEP, points)
    for gauge in gauges(city):
        if gauge.ladder is None or end is None:
            continue
        before: int | None = None
        for index, value in enumerate(trends.get(gauge.key, ())):
            if value is None:
                continue
            siaga = judge_siaga(value, gauge.ladder)
            if before is not None and siaga.level != before:
                at = end - (points - 1 - index) * STEP
                verb = "naik" if siaga.level < before else "turun"
                what = f"{gauge.name} {verb} ke Siaga {siaga.level} ({siaga.step.word.lower()}), {number(value)} cm"
                place = f"Kec. {city.districts[gauge.district].name}" if gauge.district else "hulu, di luar kota"
                rank = rank_of_siaga(siaga.level)
                href = f"/sungai/{gauge.key}"
                yield Change(f"river-{gauge.key}-{index}", at, rank, what, place, href, better=verb == "turun")
            before = siaga.level


def _overdue(rows: Rows, city: City, now: datetime) -> Iterator[Change]:
    """Deadlines of one agency that passed together are one change."""
    passed: dict[tuple[str, datetime], int] = defaultdict(int)
    for each in deadlines_of(rows, city, now, "service_open").late:
        passed[each.row["agency"] or NO_AGENCY, each.due.at] += 1
    for (key, at), n in passed.items():
        agency = city.agencies.get(key)
        what = f"{number(n)} kasus melewati tenggat"
        yield Change(
            f"overdue-{key}-{at:%m%d%H%M}",
            at,
            1,
            what,
            agency.short if agency else key,
            f"/opd/{key}",
            sort=OVERDUE,
            n=n,
        )


def _prices(rows: Rows, city: City, now: datetime) -> Iterator[Change]:
    for each in concerns(standings(rows, city, now), city.calendar.local_day(now)):
        one, alarm = each.standing, each.alarm
        if alarm is None:
            continue
        href, held = f"/harga/{one.commodity.key}", f"{alarm.reference.instrument} {rupiah(alarm.reference.high)}"
        raised = f"{one.commodity.name} melewati {held}"
        yield Change(f"price-{one.commodity.key}", _begin(alarm.raised_on, city), each.rank, raised, "", href)
        if alarm.ended_on is not None:
            what = f"{one.commodity.name} tidak lagi di atas acuan"
            yield Change(f"price-end-{one.commodity.key}", _begin(alarm.ended_on, city), 0, what, "", href, better=True)


def _begin(on: date, city: City) -> datetime:
    return datetime.combine(on, time(), city.zone)

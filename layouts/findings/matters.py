"""What wants attention now, over all subjects: how grave, what, where, whose, since when, and in hand or not.

Each subject is judged by its own findings and rules; here they only stand in one order, the gravest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from layouts import links
from layouts.findings.air import air_findings
from layouts.findings.alarms import UNSEEN, Alarm, alarms_of, owner_words, place_words, state_words, value_words
from layouts.findings.bulletins import concerns_warnings, name_of, rank_of, span, where
from layouts.findings.deadlines import Deadlines, deadlines_of
from layouts.findings.floods import floods_of
from layouts.findings.health import SILENT_AFTER
from layouts.findings.price_concerns import concerns
from layouts.findings.price_words import local_date, share
from layouts.findings.rivers import STEP, GaugeFinding, gauge_findings
from layouts.findings.silence import silent_devices
from layouts.findings.standings import standings
from layouts.formats import NOTHING, number, percent, rupiah
from layouts.panel import Rows
from sensors.city import City

QUESTIONS: Mapping[str, float] = {
    "latest_readings": 1.0, "gauge_trend": 15.0, "air_day_means": 10.0, "bulletins_now": 1.0, "flood_cases": 2.0,
    "service_open": 5.0, "price_board": 5.0, "price_days": 60.0, "maintenance_now": 5.0, "alarms_now": 1.0,
    "alarm_minutes": 1.0,
}  # fmt: skip
"""What all of them are judged by, and how many seconds apart that is asked at the least."""
STREAMS = frozenset({"readings", "cases", "prices", "bulletins", "alarms"})
_AREAS = 3
_SAME: Mapping[str, str] = {
    "siaga": "river-{device}", "rate": "river-{device}", "ispu": "air-{device}", "cap": "warning-{source}",
}  # fmt: skip
"""What an alarm of a kind of rule says already: that matter by its key, filled from the alarm's row."""
_MANY_LATE = 10
"""From so many overdue cases on an agency is told as gravely as a river at siaga 2; the project's own."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is not as it should be. `rank` 1 to 3; `whose` is an agency's short name or a sender.

    `hand` says what is being done, or by what rule it is told; `href` leads to what lies behind it.
    """

    key: str
    rank: int
    what: str
    where: str
    whose: str
    hand: str
    since: datetime | None
    href: str


def matters(rows: Rows, city: City, now: datetime) -> tuple[Matter, ...]:
    """The gravest first; among equals the one that has lasted longest. What an alarm says is not told twice."""
    alarms = _alarms(rows, city, now)
    told = {_SAME[alarm.rule.kind].format_map(alarm.row) for alarm in alarms if alarm.rule and alarm.rule.kind in _SAME}
    found = [
        *_warnings(rows, city),
        *_rivers(rows, city),
        *_floods(rows, city),
        *_air(rows, city),
        *_overdue(deadlines_of(rows, city, now, "service_open"), city),
        *_prices(rows, city, now),
        *_silence(rows, city, now),
    ]
    found = [*(_alarm(alarm, city) for alarm in alarms), *(each for each in found if each.key not in told)]
    return tuple(sorted(found, key=lambda each: (-each.rank, each.since is None, each.since or now, each.key)))


def _alarms(rows: Rows, city: City, now: datetime) -> list[Alarm]:
    """Of all that one thing explains the gravest that nobody has acknowledged, where it is more than a low one."""
    groups = alarms_of(rows, city, now).groups
    fresh = ([alarm for alarm in group.alarms if alarm.state in UNSEEN and alarm.rank > 1] for group in groups)
    return [alarms[0] for alarms in fresh if alarms]


def _alarm(alarm: Alarm, city: City) -> Matter:
    row, figure = alarm.row, value_words(alarm)
    return Matter(
        f"alarm-{row['id']}", alarm.rank, alarm.title if figure == NOTHING else f"{alarm.title}: {figure}",
        place_words(row, city), owner_words(row, city), f"alarm {state_words(alarm, city)}", row["raised_at"],
        links.alarm(row["id"]),
    )  # fmt: skip


def _warnings(rows: Rows, city: City) -> Iterator[Matter]:
    for row in rows.get("bulletins_now", ()):
        if concerns_warnings(row, city) and rank_of(row):
            key = f"warning-{row['channel']}/{row['id']}"
            yield Matter(
                key, rank_of(row), row["title"], where(row, city, _AREAS), name_of(row["channel"], city),
                f"berlaku {span(row, city)}", row["issued_at"], "/wall/berita",
            )  # fmt: skip


def _rivers(rows: Rows, city: City) -> Iterator[Matter]:
    for each in gauge_findings(rows, city):
        if each.rank and each.row and each.siaga:
            gauge = each.gauge
            yield Matter(
                f"river-{gauge.key}", each.rank, f"{gauge.name}: {each.words}, {number(each.row['value'])} cm",
                _place(gauge.district, city), _agency(gauge.agency, city), _course(each), _reached(each),
                f"/sungai/{gauge.key}",
            )  # fmt: skip


def _course(each: GaugeFinding) -> str:
    """Whether it gets better: how fast it moves, and how long to the next worse step."""
    if each.rate is None:
        return "arah belum diketahui"
    moves = f"{'naik' if each.rate > 0 else 'turun'} {number(abs(each.rate))} cm/jam"
    return f"{moves}, {number(each.hours, 1)} jam ke tangga berikutnya" if each.hours is not None else moves


def _reached(each: GaugeFinding) -> datetime | None:
    """Since when it has stood at this step or worse, by the quarter-hour means of the last twelve hours."""
    if each.row is None or each.siaga is None:
        return None
    quarters = 0
    for value in reversed(each.trend):
        if value is None or value < each.siaga.step.threshold:
            break
        quarters += 1
    newest: datetime = each.row["observed_at"]
    return newest - quarters * STEP


def _floods(rows: Rows, city: City) -> Iterator[Matter]:
    for each in floods_of(rows, city).districts:
        if each.complaints or each.calls:
            told = [f"{number(each.calls)} panggilan 112"] if each.calls else []
            told += [f"{number(each.complaints)} aduan"] if each.complaints else []
            yield Matter(
                f"flood-{each.district.code}", 2 if each.calls else 1, f"Banjir: {' dan '.join(told)} terbuka",
                f"Kec. {each.district.name}", "", "belum selesai ditangani", each.oldest,
                f"/wilayah/{each.district.code}",
            )  # fmt: skip


def _air(rows: Rows, city: City) -> Iterator[Matter]:
    for each in air_findings(rows, city):
        if each.rank and each.verdict:
            yield Matter(
                f"air-{each.station.key}", each.rank, f"Udara {each.verdict.category.word.lower()}: ISPU {each.words}",
                f"{each.station.name}, {_place(each.station.district, city)}", _agency(each.station.agency, city),
                f"rerata 24 jam dari {percent(each.share * 100)} data", None, f"/udara/{each.station.key}",
            )  # fmt: skip


def _overdue(found: Deadlines, city: City) -> Iterator[Matter]:
    """One an agency: a mayor asks an agency, not a case."""
    for key, n in found.by_agency.items():
        late = [each for each in found.late if (each.row["agency"] or key) == key]
        sample = " (tenggat contoh)" if any(each.due.stage.sample for each in late) else ""
        yield Matter(
            f"overdue-{key}", 2 if n >= _MANY_LATE else 1, f"{number(n)} kasus lewat tenggat{sample}", "",
            _agency(key, city) or key, f"terlama: {late[0].row['case_id']}" if late else "",
            late[0].due.at if late else None, f"/opd/{key}",
        )  # fmt: skip


def _prices(rows: Rows, city: City, now: datetime) -> Iterator[Matter]:
    for each in concerns(standings(rows, city, now), city.calendar.local_day(now)):
        one = each.standing
        if each.why == "above" and each.alarm is not None and one.reference is not None:
            reference = f"{one.reference.instrument} {rupiah(one.reference.high)}"
            yield Matter(
                f"price-{one.commodity.key}", each.rank, f"{one.commodity.name} {share(one.over or 0.0)} di atas acuan",
                f"{number(len(one.markets_above))} dari {number(len(one.offers))} pasar", "",
                f"{reference}, sejak {local_date(each.alarm.raised_on)}", None, f"/harga/{one.commodity.key}",
            )  # fmt: skip


def _silence(rows: Rows, city: City, now: datetime) -> Iterator[Matter]:
    silent = silent_devices(rows, city, now)
    if silent:
        total = len(city.devices)
        yield Matter(
            "silence", 1, f"{number(len(silent))} dari {number(total)} perangkat diam",
            ", ".join(device.name for device in silent[:2]) + (" …" if len(silent) > 2 else ""), "",  # noqa: PLR2004 - two
            f"lebih lama dari {number(SILENT_AFTER)} kali jedanya", None, "/perangkat",
        )  # fmt: skip


def _place(district: str | None, city: City) -> str:
    return f"Kec. {city.districts[district].name}" if district else "hulu, di luar kota"


def _agency(key: str | None, city: City) -> str:
    agency = city.agencies.get(key or "")
    return agency.short if agency else ""

"""What happened in a span, one thing after the other: alarms, steps of people, warnings, rivers, devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts import alarm_words, links
from layouts.findings.alarms import RANKS, Alarm, alarm_of, place_words, value_words
from layouts.findings.bulletins import name_of, rank_of, where
from layouts.findings.incident import Incident, Measured, incident_of, measured
from layouts.findings.rivers import rank_of as rank_of_siaga
from layouts.formats import NOTHING, number
from layouts.panel import Context, Row, Rows
from sensors.city import City
from sensors.judge.siaga import judge_siaga
from sensors.kinds import KINDS

LOW = 1
_AREAS = 3
_CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `by` is a position, a sender or empty; `better`: things improved."""

    key: str
    at: datetime
    rank: int
    what: str
    where: str
    by: str
    href: str
    note: str = ""
    better: bool = False


def events_of(rows: Rows, context: Context) -> tuple[Event, ...]:
    """In the order of time; alarms of low priority that came within one hour by one rule are one line."""
    city, found = context.city, incident_of(context)
    alarms = [alarm_of(row, city) for row in rows.get("incident_alarms", ())]
    levels = measured(rows, KINDS["water_level"], context)
    events = [
        *_alarms([each for each in alarms if each.rank > LOW], found, city),
        *_low([each for each in alarms if each.rank <= LOW], found, city),
        *step_events(rows.get("incident_steps", ()), city),
        *_warnings(rows.get("incident_bulletins", ()), found, city),
        *_levels(levels, city),
        *_windows(rows.get("incident_windows", ()), found, city),
    ]
    return tuple(sorted(events, key=lambda each: (each.at, -each.rank, each.key)))


def _alarms(alarms: Iterable[Alarm], found: Incident, city: City) -> Iterator[Event]:
    for each in alarms:
        row, place = each.row, place_words(each.row, city)
        figure = value_words(each)
        href = links.alarm(row["id"])
        if found.holds(row["raised_at"]):
            note = "" if figure == NOTHING else figure
            key = f"raised-{row['id']}"
            yield Event(key, row["raised_at"], each.rank, f"Alarm muncul: {each.title}", place, "", href, note)
        if found.holds(row["ended_at"]):
            key = f"ended-{row['id']}"
            yield Event(key, row["ended_at"], 0, f"Alarm berakhir: {each.title}", place, "", href, better=True)


def _low(alarms: Iterable[Alarm], found: Incident, city: City) -> Iterator[Event]:
    """What is many and light, by rule and hour; one alone is told as it is."""
    hours: defaultdict[tuple[str, datetime], list[Alarm]] = defaultdict(list)
    for each in alarms:
        if found.holds(each.row["raised_at"]):
            began = each.row["raised_at"].replace(minute=0, second=0, microsecond=0)
            hours[each.title, began].append(each)
    for (title, began), many in hours.items():
        if len(many) == 1:
            yield from (event for event in _alarms(many, found, city) if not event.better)
            continue
        first = min(many, key=lambda each: each.row["raised_at"])
        names = ", ".join(dict.fromkeys(str(each.row["name"]) for each in many[:_AREAS]))
        rest = f" +{number(len(many) - _AREAS)} lainnya" if len(many) > _AREAS else ""
        what = f"{number(len(many))} alarm muncul dalam satu jam: {title}"
        href = links.alarm(first.row["id"])
        yield Event(f"low-{title}-{began:%d%H}", first.row["raised_at"], LOW, what, f"{names}{rest}", "", href)


def step_events(steps: Sequence[Row], city: City) -> Iterator[Event]:
    """What one position did at one moment at many alarms is one line."""
    together: defaultdict[tuple[datetime, str, str, str], list[Row]] = defaultdict(list)
    for row in steps:
        to = row["note"] if row["step"] == alarm_words.ESCALATED else ""
        together[row["at"], row["step"], row["actor"], to].append(row)
    for (at, step, actor, _), many in together.items():
        row = many[0]
        rule = city.alarm_rules.get(row["rule"])
        said = alarm_words.step(row, city)
        title = rule.title if rule else str(row["rule"])
        what = f"{said[0].upper()}{said[1:]}: {title}"
        place = place_words(row, city) if len(many) == 1 else f"{number(len(many))} alarm sekaligus"
        key = f"step-{row['id']}"
        rank = RANKS[row["priority"]] if step == alarm_words.ESCALATED else 0
        by, href = alarm_words.position(actor, city), links.alarm(row["alarm_id"])
        yield Event(key, at, rank, what, place, by, href, alarm_words.note(row))


def _warnings(rows: Sequence[Row], found: Incident, city: City) -> Iterator[Event]:
    for row in rows:
        key, place, by = f"{row['channel']}-{row['id']}", where(row, city, _AREAS), name_of(row["channel"], city)
        if found.district and found.district not in {code[:8] for code in row["areas"]} and row["areas"]:
            continue
        if found.holds(row["issued_at"]):
            what = f"Peringatan {row['severity']}: {row['title']}"
            yield Event(f"issued-{key}", row["issued_at"], rank_of(row), what, place, by, "/wall/berita")
        if found.holds(row["ended_at"]) and row["followed"] in (None, _CANCEL):
            word = "dicabut" if row["followed"] else "berakhir"
            what = f"Peringatan {row['severity']} {word}: {row['title']}"
            yield Event(f"over-{key}", row["ended_at"], 0, what, place, by, "/wall/berita", better=True)


def _levels(levels: Iterable[Measured], city: City) -> Iterator[Event]:
    """Every change of a gauge's siaga by the means of the report's steps, and its highest where that was not normal."""
    for each in levels:
        ladder, device = each.device.ladder, each.device
        if ladder is None or each.row is None or each.high_at is None:
            continue
        place = f"Kec. {city.districts[device.district].name}" if device.district else "hulu, di luar kota"
        href = links.device(device)
        before: int | None = None
        for point in each.course.points:
            siaga = judge_siaga(point.value, ladder)
            if before is not None and siaga.level != before:
                verb = "naik" if siaga.level < before else "turun"
                what = (
                    f"{device.name} {verb} ke Siaga {siaga.level} ({siaga.step.word.lower()}), {number(point.value)} cm"
                )
                key, rank = f"level-{device.key}-{point.at:%d%H%M}", rank_of_siaga(siaga.level)
                yield Event(key, point.at, rank, what, place, "", href, better=verb == "turun")
            before = siaga.level
        worst = judge_siaga(each.high or 0.0, ladder)
        if rank := rank_of_siaga(worst.level):
            what = f"{device.name} tertinggi: {number(each.high)} cm, Siaga {worst.level} ({worst.step.word.lower()})"
            yield Event(f"peak-{device.key}", each.high_at, rank, what, place, "", href)


def _windows(rows: Sequence[Row], found: Incident, city: City) -> Iterator[Event]:
    for row in rows:
        device = city.devices.get(row["device"])
        if found.district and (device is None or device.district != found.district):
            continue
        name = device.name if device else str(row["device"])
        for at, word in ((row["starts_at"], "mulai"), (row["ends_at"], "selesai")):
            if found.holds(at):
                key = f"work-{row['device']}-{at:%d%H%M}"
                yield Event(key, at, 0, f"Perawatan {word}", name, "", links.unit(row["device"]), row["reason"])

"""One alarm: what, since when, the figure against its bound, what to do, by which rule, whose it is, and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from layouts import alarm_panel, alarm_words, case_words, html, links, parts
from layouts.alarm_place import on_map
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import (
    PRIORITY_WORDS,
    Alarm,
    alarm_of,
    now_words,
    owner_words,
    reached_words,
    unit_of,
    worst_words,
)
from layouts.formats import NOTHING, duration, number
from layouts.panel import Context, Question, Row, Rows
from sensors.city import City
from sensors.kinds import KINDS

BEFORE, AFTER, LONGEST_REPORT = timedelta(hours=2), timedelta(hours=1), timedelta(hours=24)
"""How far the report round an alarm reaches."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw what it is in a line, what to do, and the facts."""
    row, observed = next(iter(rows.get("alarm_one", ())), None), heard(rows, "alarm_one")
    if row is None:
        words = parts.nothing("Alarm ini tidak ada di ruang ini.")
        return parts.frame(PANEL, words, observed, empty=True, missing="alarm_one" in rows)
    city, alarm = context.city, alarm_of(row, context.city)
    head = html.P(
        [
            parts.badge("alarm_facts-priority", alarm.rank, PRIORITY_WORDS[row["priority"]]),
            html.Strong(alarm.title, id="alarm_facts-title"),
            html.Span(alarm_words.state(alarm, city), id="alarm_facts-state", className=alarm_words.state_class(alarm)),
        ],
        className="lede alarm-lede",
        id=f"alarm-{row['id']}",
        **parts.marked(alarm=str(row["id"]), priority=row["priority"], status=alarm.state),
    )
    reading = next(iter(rows.get("alarm_reading", ())), None)
    told = [each for name, value in _facts(alarm, reading, context) for each in (html.Dt(name), html.Dd(value))]
    return parts.frame(PANEL, [head, *_todo(alarm), html.Dl(told, className="facts")], observed, empty=False)


def _todo(alarm: Alarm) -> Iterator[html.Div]:
    if alarm.row["withdrawn"]:
        yield html.Div(f"Ditarik: {alarm_words.OBJECTIONS['withdrawn']}.", className="alarm-todo")
    elif alarm.rule:
        yield html.Div(
            [html.Span("Yang dilakukan", className="sub"), html.Strong(alarm.rule.action)], className="alarm-todo"
        )


def _facts(alarm: Alarm, reading: Row | None, context: Context) -> Iterator[tuple[str, parts.Body]]:
    row, city = alarm.row, context.city
    yield "Sejak", [case_words.at(row["raised_at"], city) + ", ", parts.ago("alarm_facts-since", row["raised_at"])]
    if row["ended_at"] is not None:
        lasted = duration((row["ended_at"] - row["raised_at"]).total_seconds())
        yield "Berakhir", f"{case_words.at(row['ended_at'], city)}, setelah {lasted}"
    if figures := list(_figures(alarm, reading, context)):
        yield "Angka", figures
    if worst_words(alarm) != NOTHING:
        yield "Saat muncul", _first(alarm)
    if row["detail"]:
        yield "Keterangan", row["detail"]
    if row["flaps"]:
        yield "Berulang", f"{alarm_words.flaps(row)} dalam satu jam sebelumnya"
    if late := alarm_words.escalated(row, city):
        yield "Dinaikkan", late
    yield "Pemilik", _owner(alarm, city)
    if row["acknowledged_at"] is not None:
        who = alarm_words.position(row["acknowledged_by"], city)
        yield "Diterima", f"{who}, {case_words.at(row['acknowledged_at'], city)}"
    yield "Di mana", [*_place(alarm, city), " · ", html.A("Peta", href=on_map(alarm, context))]
    yield "Lihat juga", _links(alarm, city)
    yield from _rule(alarm)


def _figures(alarm: Alarm, reading: Row | None, context: Context) -> Iterator[str | html.Element]:
    """What is measured now with its age, then the worst against its bound."""
    if said := now_words(alarm, reading, context.now, context.city):
        yield html.Strong(said, id="alarm_facts-now", className="figures")
        if reading is not None:
            yield from (", ", parts.ago("alarm_facts-now-ago", reading["observed_at"]))
    if worst_words(alarm) != NOTHING:
        yield html.Span(f"{' · ' if said else ''}{reached_words(alarm)}", id="alarm_facts-worst", className="figures")


def _first(alarm: Alarm) -> str:
    kind, value = KINDS.get(alarm.row["kind"] or ""), alarm.row["value"]
    return f"{number(value, kind.decimals if kind else 0)} {unit_of(alarm)}".strip()


def _owner(alarm: Alarm, city: City) -> parts.Body:
    key = alarm.row["assigned_to"] or alarm.row["agency"]
    return (
        html.A(city.agencies[key].name, href=links.agency(key))
        if key in city.agencies
        else owner_words(alarm.row, city)
    )


def _place(alarm: Alarm, city: City) -> list[str | html.Element]:
    row = alarm.row
    device = city.devices.get(row["device"] or "")
    said: list[str | html.Element] = [html.A(device.name, href=links.device(device)) if device else str(row["name"])]
    if row["subdistrict"] in city.subdistricts:
        name = city.subdistricts[row["subdistrict"]].name
        said += [", ", html.A(f"Kelurahan {name}", href=links.subdistrict(row["subdistrict"]))]
    if row["district"] in city.districts:
        name = city.districts[row["district"]].name
        said += [", ", html.A(f"Kecamatan {name}", href=links.district(row["district"]))]
    return said


def _links(alarm: Alarm, city: City) -> parts.Body:
    row = alarm.row
    found: list[tuple[str, str]] = []
    if row["device"] in city.devices:
        found.append(("Perangkatnya", links.unit(row["device"])))
    if alarm.rule and alarm.rule.kind in {"burst", "deadline"}:
        late = "ya" if alarm.rule.kind == "deadline" else ""
        told = {"district": row["district"] or "", "agency": (row["agency"] or "") if late else "", "overdue": late}
        found.append(("Kasusnya", links.cases(state="terbuka", **told)))
    if device := city.devices.get(row["device"] or ""):
        found += [("Kamera", device.camera)] if device.camera else []
    found += [("Laporan kejadian", _report(row, city)), ("Semua alarm", links.alarms())]
    said: list[str | html.Element] = []
    for number_, (words, href) in enumerate(found):
        said += [" · "] * bool(number_) + [
            html.A(words, href=href, rel=None if href[0] == "/" else "noopener noreferrer")
        ]
    return said


def _report(row: Row, city: City) -> str:
    """The report of what happened round it: from two hours before, at most a day long."""
    ended = row["ended_at"] or row["raised_at"] + LONGEST_REPORT
    return links.incident(row["raised_at"] - BEFORE, min(ended + AFTER, row["raised_at"] + LONGEST_REPORT), city.zone)


def _rule(alarm: Alarm) -> Iterator[tuple[str, parts.Body]]:
    rule = alarm.rule
    if rule is None:
        yield "Aturan", f"{alarm.row['rule']}, tidak ada lagi dalam paket kota"
        return
    sample = [html.Span(" contoh", className="badge alarm-sample")] if rule.sample else []
    yield "Aturan", [f"{rule.title}, berlaku sejak {rule.valid_from:%d-%m-%Y}", *sample]
    yield "Sumber aturan", rule.source


PANEL = alarm_panel.of_one(
    "alarm_facts", "Alarm ini", render, alarm_panel.ONE, Question("alarm_reading", every=1.0, anyway=10.0),
    streams=alarm_panel.STREAMS | {"readings"}, every=1.0,
)  # fmt: skip

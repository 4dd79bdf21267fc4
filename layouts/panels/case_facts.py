"""What is known of one case: how it stands, by when it must move on and by which rule, whose it is, and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from layouts import case_table, case_words, html, links, parts
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import NOTHING, duration
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the facts as a list of names and values."""
    row = next(iter(rows.get("case_one", ())), None)
    if row is None:
        words = parts.nothing("Kasus ini tidak ada di ruang ini.")
        return parts.frame(PANEL, words, last_case(rows), empty=True)
    body = html.Dl(
        [each for name, value in _facts(row, context) for each in (html.Dt(name), html.Dd(value))], className="facts"
    )
    note = case_words.service(row, context.city)
    return parts.frame(PANEL, body, last_case(rows), empty=False, note=note)


def _facts(row: Row, context: Context) -> Iterator[tuple[str, parts.Body]]:
    city, service = context.city, context.city.services.get(row["service"])
    words, rank = case_words.status(service, row["status"])
    yield (
        "Keadaan",
        [
            html.Span(words, id="case_facts-status", className=f"status rank-{rank}"),
            html.Span([" sejak ", case_words.at(row["status_at"], city), ", "], className="sub"),
            parts.ago("case_facts-since", row["status_at"]),
        ],
    )
    yield "Tenggat", _due(row, context)
    yield "OPD", _agency(row["agency"], city)
    yield "Tempat", _place(row["subdistrict"], city)
    yield "Kategori", _category(row, city)
    yield "Masuk", [case_words.at(row["opened_at"], city) + ", ", parts.ago("case_facts-opened", row["opened_at"])]
    yield "Tindakan pertama", _first_action(row, context)
    yield "Kanal", row["channel"] or NOTHING
    yield "Prioritas", row["priority"] or NOTHING
    yield "Ringkasan", html.Span(row["summary"] or NOTHING, id="case_facts-summary")
    yield (
        "Sumber",
        "Nomor telepon, nomor identitas dan surel disamarkan sebelum disimpan; nama pelapor tidak pernah disimpan.",
    )


def _due(row: Row, context: Context) -> parts.Body:
    city, due = context.city, case_table.due_of(row, context.city)
    if due is None:
        words = "tidak ada tenggat yang berjalan" if row["is_open"] else "sudah berakhir"
        return [html.Span(words, id="case_facts-due")]
    late = due.overdue(context.now)
    sign, word = ("■", "lewat") if late else ("○", "sampai")
    stage = due.stage
    return [
        html.Span(
            f"{sign} {word} {case_words.due_day(due, city)}",
            id="case_facts-due",
            className=f"status rank-{3 if late else 0}",
        ),
        html.Div(f"{case_words.limit(stage)} · {stage.regulation}, berlaku sejak {stage.valid_from:%d-%m-%Y}"),
        html.Div(f"Sumber aturan: {stage.source}", className="sub"),
    ]


def _agency(key: str | None, city: City) -> Element:
    agency = city.agencies.get(key or "")
    if agency is None:
        return html.Span(case_words.agency(key, city))
    return html.A(agency.name, href=links.agency(agency.key))


def _place(code: str | None, city: City) -> parts.Body:
    place = city.subdistricts.get(code or "")
    if place is None:
        return ["tidak diketahui"]
    district = city.districts[place.district]
    return [
        html.A(f"Kelurahan {place.name}", href=links.subdistrict(place.code)),
        ", ",
        html.A(f"Kecamatan {district.name}", href=links.district(district.code)),
    ]


def _category(row: Row, city: City) -> Element:
    words = case_words.category(row, city)
    if row["category"] is None:
        return html.Span(words)
    return html.A(words, href=links.cases(service=row["service"], category=row["category"], state="terbuka"))


def _first_action(row: Row, context: Context) -> str:
    acted = row["first_action_at"]
    if acted is None:
        return "belum ada"
    took = duration((acted - row["opened_at"]).total_seconds())
    return f"{case_words.at(acted, context.city)}, {took} setelah masuk (termasuk malam dan libur)"


PANEL = Panel(
    key="case_facts",
    title="Kasus",
    streams=frozenset({"cases"}),
    questions=(Question("case_one"), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    options=("service", "case"),
)

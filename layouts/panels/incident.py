"""A span of time in figures: which one, what it held, the highest of every gauge, rain, cases and alarms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from layouts import courses, html, links, parts
from layouts.findings.alarms import PRIORITY_WORDS
from layouts.findings.incident import OPTIONS, Incident, Measured, heard_of, incident_of, measured, span_words
from layouts.findings.incident_figures import (
    CategoryFigures,
    PriorityFigures,
    categories_of,
    is_cut,
    priorities_of,
    standing_before,
)
from layouts.findings.rivers import rank_of
from layouts.formats import NOTHING, duration, number, percent
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City
from sensors.judge.siaga import judge_siaga
from sensors.kinds import KINDS

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
"""What is over does not grow old."""
KEY = "incident"
CATEGORIES = 12


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the span with the form that sets another, then one table a subject."""
    city, found, observed = context.city, incident_of(context), heard_of(rows)
    tables = [
        _alarms(priorities_of(rows, context), found),
        _levels(measured(rows, KINDS["water_level"], context), found, city),
        _rain(measured(rows, KINDS["rain"], context)),
        _cases(categories_of(rows, context), found, city),
    ]
    body = [
        html.P(list(_head(found, rows, context)), className="lede", id=f"{KEY}-span"),
        _form(context),
        html.Div(tables, className="beside-tables incident-tables"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, scrolls=True)


def _head(found: Incident, rows: Rows, context: Context) -> Iterator[Element]:
    city = context.city
    yield html.Strong(span_words(found, city))
    district = city.districts.get(found.district)
    yield html.Span(f"Kecamatan {district.name}" if district else city.name)
    yield html.Span(duration(found.length.total_seconds()), className="sub")
    if found.open:
        yield html.Span("sampai sekarang, masih bertambah", className="sub")
    if before := standing_before(rows, context):
        yield html.Span(f"{number(before)} alarm sudah berdiri saat rentang ini mulai", className="sub")
    if is_cut(rows):
        words = "lebih banyak alarm atau langkah daripada yang dibaca: persempit rentangnya"
        yield parts.badge(f"{KEY}-cut", 1, words)


def _form(context: Context) -> html.Form:
    found, zone = incident_of(context), context.city.zone
    times = {"from": ("Dari", found.since), "until": ("Sampai", found.until)}
    fields = [
        html.Label(
            [
                html.Span(f"{words}, {context.city.zone_word}", className="sub"),
                html.Input(
                    None, type="datetime-local", name=name, id=f"{KEY}-{name}", required=True,
                    value=f"{at.astimezone(zone):%Y-%m-%dT%H:%M}",
                ),
            ],
            className="choose",
        )
        for name, (words, at) in times.items()
    ]  # fmt: skip
    areas = {code: each.name for code, each in context.city.districts.items()}
    return html.Form(
        [
            *fields,
            parts.choose(KEY, "district", "Kecamatan", areas, found.district),
            html.Button("Buat laporan", type="submit", className="button"),
        ],
        action=links.INCIDENT,
        method="get",
        className="filters",
        id=f"{KEY}-form",
    )


def _table(ident: str, caption: str, heads: Sequence[str], lines: Sequence[html.Tr], nothing: str) -> html.Div:
    """A table under its heading, or what it means that there is none."""
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    told = html.Table([head, html.Tbody(list(lines))], className="sheet numbers") if lines else parts.nothing(nothing)
    return html.Div([html.H3(caption), told], id=f"{KEY}-{ident}", className="incident-table")


def _alarms(found: Sequence[PriorityFigures], incident: Incident) -> html.Div:
    lines = [
        html.Tr(
            [
                html.Th(PRIORITY_WORDS[each.priority], scope="row"),
                html.Td(html.A(number(each.raised), href=f"#panel-{KEY}_events"), className="figures"),
                html.Td(number(each.ended), className="figures"),
                html.Td(number(each.seen), className="figures"),
                html.Td(duration(each.middle)),
                html.Td(duration(each.worst)),
            ],
            id=f"{KEY}-alarms-{each.priority}",
        )
        for each in found
    ]
    heads = ("Prioritas", "Muncul", "Berakhir", "Diterima", "Sampai diterima, tengah", "terlama")
    api = links.with_choices("/api/v1/alarms", **_span(incident))
    made = _table("alarms", "Alarm menurut prioritas", heads, lines, "")
    made["props"]["children"].append(html.P(html.A("Alarm rentang ini sebagai CSV", href=api), className="sub"))
    return made


def _levels(found: Sequence[Measured], incident: Incident, city: City) -> html.Div:
    heard = sorted((each for each in found if each.high is not None), key=lambda each: (-_rank(each), each.device.name))
    lines = [
        html.Tr(
            [
                html.Th(html.A(each.device.name, href=links.device(each.device)), scope="row"),
                html.Td(_csv(number(each.high), each, incident), className="figures"),
                html.Td(courses.when(each.high_at, city.zone) if each.high_at else NOTHING),
                html.Td(parts.badge(f"{KEY}-siaga-{each.device.key}", _rank(each), _siaga(each))),
                html.Td(percent(100 * each.course.share)),
            ],
            id=f"{KEY}-level-{each.device.key}",
        )
        for each in heard
    ]
    heads = ("Pos duga air", "Tertinggi, cm", "Waktu", "Siaga", "Data")
    return _table("levels", "Muka air tertinggi", heads, lines, "Tidak ada data muka air dalam rentang ini.")


def _csv(words: str, each: Measured, incident: Incident) -> html.A:
    """A figure that leads to the readings behind it; minutes that are no longer kept are told by the hour."""
    series = {"device": each.device.key, "kind": each.course.kind.key, "bucket": each.course.span.bucket}
    return html.A(words, href=links.with_choices("/api/v1/readings", **series, **_span(incident)))


def _span(incident: Incident) -> dict[str, str]:
    """The span as other programs ask for it."""
    return {"from": incident.since.isoformat(), "to": incident.until.isoformat(), "format": "csv", "limit": "1000"}


def _rank(each: Measured) -> int:
    ladder = each.device.ladder
    return rank_of(judge_siaga(each.high, ladder).level) if ladder and each.high is not None else 0


def _siaga(each: Measured) -> str:
    ladder = each.device.ladder
    if ladder is None or each.high is None:
        return "tanpa tangga"
    worst = judge_siaga(each.high, ladder)
    return f"Siaga {worst.level} ({worst.step.word.lower()})"


def _rain(found: Sequence[Measured]) -> html.Div:
    heard = sorted((each for each in found if each.course.points), key=lambda each: (-each.total, each.device.name))
    lines = [
        html.Tr(
            [
                html.Th(html.A(each.device.name, href=links.device(each.device)), scope="row"),
                html.Td(number(each.total, 1), className="figures"),
                html.Td(percent(100 * each.course.share)),
            ],
            id=f"{KEY}-rain-{each.device.key}",
        )
        for each in heard
    ]
    return _table("rain", "Jumlah hujan", ("Pos hujan", "mm", "Data"), lines, "Tidak ada data hujan dalam rentang ini.")


def _cases(found: Sequence[CategoryFigures], incident: Incident, city: City) -> html.Div:
    lines = [_category(each, incident, city) for each in found[:CATEGORIES]]
    rest = found[CATEGORIES:]
    if rest:
        opened, ended = sum(each.opened for each in rest), sum(each.ended for each in rest)
        cells = [html.Td(number(n), className="figures") for n in (opened, ended)]
        lines.append(html.Tr([html.Th(f"{number(len(rest))} kategori lain", scope="row"), html.Td(""), *cells]))
    heads = ("Kategori", "Layanan", "Masuk", "Berakhir")
    return _table("cases", "Kasus menurut kategori", heads, lines, "Tidak ada kasus dalam rentang ini.")


def _category(each: CategoryFigures, incident: Incident, city: City) -> html.Tr:
    key = each.category.key if each.category else ""
    begins, ends = (f"{at.astimezone(city.zone):%Y-%m-%dT%H:%M}" for at in (incident.since, incident.until))
    href = links.cases(service=each.service.key, category=key, district=incident.district, from_=begins, to=ends)
    name = each.category.name if each.category else "tanpa kategori"
    return html.Tr(
        [
            html.Th(html.A(name, href=href), scope="row"),
            html.Td(each.service.name),
            html.Td(html.A(number(each.opened), href=href), className="figures"),
            html.Td(number(each.ended), className="figures"),
        ],
        id=f"{KEY}-cases-{each.service.key}-{key or 'tanpa'}",
    )


PANEL = Panel(
    key=KEY,
    title="Laporan kejadian",
    streams=frozenset({"alarms", "cases", "readings"}),
    questions=(
        Question("incident_alarms", every=5.0),
        Question("incident_steps", every=5.0),
        Question("incident_courses", every=15.0),
        Question("incident_cases", every=10.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
    options=OPTIONS,
)

"""All kecamatan beside each other by every measure: which stand out, and by what."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts, reasons
from layouts.findings.places import QUESTIONS, STREAMS, Place, Places, places_of, ranked
from layouts.formats import NOTHING, number
from layouts.panel import Context, Panel, Rows

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_HEADS = (
    "Kecamatan", "Tingkat", "Alasan terberat", "Kel. merah", "Terbuka", "Menunggu", "Lewat tenggat", "Tertua",
    "Sungai terburuk", "ISPU", "Hujan 1 jam", "Peringatan",
)  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a kecamatan, the worst first, and the median below."""
    city = context.city
    found = places_of(rows, city, context.now)
    readings = parts.newest(row["observed_at"] for row in rows.get("latest_readings", ()))
    newest = parts.leading([readings], [found.newest])
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    lines = [_row(each) for each in ranked(found.kecamatan.values())]
    body = [
        html.P(_words(found), id="places-words", className="lede"),
        html.Table([head, html.Tbody([*lines, _median(found)])], className="sheet numbers"),
    ]
    return parts.frame(PANEL, body, newest, empty=newest is None, note="terburuk di atas", scrolls=True)


def _words(found: Places) -> str:
    red = [each for each in found.kelurahan.values() if each.standing.level == "merah"]
    elsewhere = f" · {number(found.elsewhere.open)} kasus terbuka tanpa kelurahan" if found.elsewhere.open else ""
    return f"{number(len(red))} dari {number(len(found.kelurahan))} kelurahan merah{elsewhere}"


def _row(place: Place) -> html.Tr:
    ident, tally, code = f"places-{place.code.replace('.', '-')}", place.tally, place.code
    gauge, air = place.gauge, place.air
    return html.Tr(
        [
            html.Th(html.A(place.name, href=links.district(code)), scope="row"),
            html.Td(reasons.badge(f"{ident}-level", place.standing)),
            html.Td(parts.text(f"{ident}-why", reasons.short_reason(place), "sub wraps")),
            html.Td(_link(f"{ident}-red", place.red, links.district(code))),
            html.Td(_link(f"{ident}-open", tally.open, links.cases(district=code, state="terbuka"))),
            html.Td(_link(f"{ident}-waiting", tally.waiting, links.cases(district=code, state="menunggu"))),
            html.Td(_link(f"{ident}-overdue", tally.overdue, links.cases(district=code, overdue="ya"))),
            html.Td(parts.ago(f"{ident}-oldest", tally.oldest)),
            html.Td(
                html.A(parts.text(f"{ident}-gauge", gauge.words), href=links.device(gauge.gauge)) if gauge else NOTHING
            ),
            html.Td(html.A(parts.text(f"{ident}-air", air.words), href=links.device(air.station)) if air else NOTHING),
            html.Td(_rain(ident, place)),
            html.Td(parts.text(f"{ident}-warnings", number(len(place.warnings)))),
        ]
    )


def _rain(ident: str, place: Place) -> html.A | html.Span:
    if place.rain is None:
        return parts.text(f"{ident}-rain", NOTHING)
    return parts.link(f"{ident}-rain", f"{number(place.rain.hour.mm, 1)} mm", links.device(place.rain.device))


def _link(ident: str, n: int, href: str) -> html.A:
    return html.A(parts.text(ident, number(n)), href=href)


def _median(found: Places) -> html.Tr:
    usual = found.usual["kecamatan"]
    cells = [NOTHING] * (len(_HEADS) - 1)
    cells[3:6] = [number(usual.open), number(usual.waiting), number(usual.overdue)]
    return html.Tr(
        [
            html.Th("Median kecamatan", scope="row"),
            *(html.Td(parts.text(f"places-median-{at}", words)) for at, words in enumerate(cells)),
        ],
        className="median",
    )


PANEL = Panel(
    key="places",
    title="Kecamatan dibandingkan",
    streams=STREAMS,
    questions=QUESTIONS,
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
)

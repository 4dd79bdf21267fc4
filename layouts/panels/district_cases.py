"""The kelurahan of one kecamatan, the worst first: their level and why, what is open there and what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from layouts import html, links, parts, reasons
from layouts.findings.heard import FEEDS, last_case
from layouts.findings.places import QUESTIONS, STREAMS, Place, Places, places_of, ranked
from layouts.findings.services import is_case
from layouts.formats import NOTHING, number
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_HEADS = ("Kelurahan", "Tingkat", "Alasan terberat", "Terbuka", "Menunggu", "Lewat tenggat", "Tertua", "Terbanyak")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a kelurahan, and the median of all kelurahan of the city below."""
    city, district = context.city, context.options.get("district", "")
    found, about = places_of(rows, city, context.now), _about(rows.get("district_cases", ()), city)
    here = [each for each in found.kelurahan.values() if each.code.startswith(f"{district}.")]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    lines = [_line(each, about.get(each.code, Counter())) for each in ranked(here)]
    body = html.Table([head, html.Tbody([*lines, _median(found)])], className="sheet numbers")
    note = "kasus semua layanan, terburuk di atas"
    return parts.frame(PANEL, body, last_case(rows), empty=not found.heard, note=note, scrolls=True)


def _about(found: Sequence[Row], city: City) -> Mapping[str, Counter[str]]:
    """What the open cases of each kelurahan are about."""
    about: dict[str, Counter[str]] = defaultdict(Counter)
    for row in found:
        service = city.services.get(row["service"])
        if service is not None and row["status"] in service.statuses and is_case(service, row["category"]):
            category = service.categories.get(row["category"] or "")
            about[row["subdistrict"]][category.name if category else service.name] += row["n"]
    return about


def _line(place: Place, about: Counter[str]) -> html.Tr:
    most = ", ".join(f"{word} {number(n)}" for word, n in about.most_common(2))
    ident, tally, code = place.code.replace(".", "-"), place.tally, place.code
    counts = (
        ("open", tally.open, links.cases(subdistrict=code, state="terbuka")),
        ("waiting", tally.waiting, links.cases(subdistrict=code, state="menunggu")),
        ("overdue", tally.overdue, links.cases(subdistrict=code, overdue="ya")),
    )
    return html.Tr(
        [
            html.Th(html.A(place.name, href=links.subdistrict(code)), scope="row"),
            html.Td(reasons.badge(f"district_cases-level-{ident}", place.standing)),
            html.Td(parts.text(f"district_cases-why-{ident}", reasons.short_reason(place), "sub wraps")),
            *(
                html.Td(html.A(parts.text(f"district_cases-{word}-{ident}", number(n)), href=href))
                for word, n, href in counts
            ),
            html.Td(parts.ago(f"district_cases-oldest-{ident}", tally.oldest)),
            html.Td(parts.text(f"district_cases-most-{ident}", most or NOTHING, "wraps")),
        ]
    )


def _median(found: Places) -> html.Tr:
    usual = found.usual["kelurahan"]
    figures = (("open", usual.open), ("waiting", usual.waiting), ("overdue", usual.overdue))
    return html.Tr(
        [
            html.Th(f"Median {number(len(found.kelurahan))} kelurahan", scope="row"),
            html.Td(NOTHING),
            html.Td(NOTHING),
            *(html.Td(parts.text(f"district_cases-median-{word}", number(n))) for word, n in figures),
            html.Td(NOTHING),
            html.Td(NOTHING),
        ],
        className="median",
    )


PANEL = Panel(
    key="district_cases",
    title="Kelurahan",
    streams=STREAMS,
    questions=(*QUESTIONS, Question("district_cases", every=1.0), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("district",),
)

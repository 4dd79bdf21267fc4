"""One agency now: open, waiting, late and by which rule, and of which services."""

from __future__ import annotations

from datetime import timedelta

from layouts import case_words, html, links, parts
from layouts.findings.agency import Owned, owned
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the counts and the rules that are over."""
    city, key = context.city, context.options.get("agency", "")
    found = owned(rows, city, context.now)
    agency = city.agencies.get(key)
    note = f"{agency.name}{' (contoh)' if agency.sample else ''}" if agency else ""
    if not found.cases:
        words = parts.nothing("Tidak ada kasus terbuka pada OPD ini.")
        return parts.frame(PANEL, words, last_case(rows), empty=True, note=note)
    body = [_counts(found, key), _rules(found, city, key), _services(found, city, key)]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note=note, scrolls=True)


def _counts(found: Owned, key: str) -> html.P:
    late, most = len(found.late), "≥ " if found.cut else ""
    words = parts.text(
        "agency_now-overdue", f"{'■' if late else '○'} {most}{number(late)} lewat tenggat",
        f"status rank-{3 if late else 0}",
    )  # fmt: skip
    opened = parts.text("agency_now-open", f"{most}{number(len(found.cases))} terbuka")
    waiting = parts.text("agency_now-waiting", f"{most}{number(found.waiting)} menunggu")
    return html.P(
        [
            html.A(words, href=links.cases(agency=key, overdue="ya")),
            html.A(opened, href=links.cases(agency=key, state="terbuka")),
            html.A(waiting, href=links.cases(agency=key, state="menunggu")),
            html.Span(["tertua ", parts.ago("agency_now-oldest", found.oldest)], className="sub"),
        ],
        className="lede",
    )


def _rules(found: Owned, city: City, key: str) -> html.Table | html.P:
    if not found.rules:
        return html.P("Tidak ada tenggat yang terlewati.", className="sub")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("Tenggat yang lewat", "Kasus", "Dasar")]))
    lines = [
        html.Tr(
            [
                html.Th(f"{city.services[service].name}: {case_words.limit(stage)}", scope="row"),
                html.Td(html.A(number(n), href=links.cases(agency=key, service=service, overdue="ya"))),
                html.Td(f"{stage.regulation} · {stage.source}", className="sub wraps"),
            ]
        )
        for (service, stage), n in found.rules.items()
    ]
    return html.Table([head, html.Tbody(lines)], className="sheet")


def _services(found: Owned, city: City, key: str) -> html.P:
    said = [
        html.A(
            f"{city.services[service].name} {number(n)}",
            href=links.cases(agency=key, service=service, state="terbuka"),
        )
        for service, n in sorted(found.by_service.items(), key=lambda item: (-item[1], item[0]))
    ]
    return html.P([html.Span("Terbuka menurut layanan:"), *said], className="lede small")


PANEL = Panel(
    key="agency_now",
    title="Kini",
    streams=frozenset({"cases"}),
    questions=(Question("agency_open", every=1.0), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("agency",),
)

"""Which cases the address asks for: the filters in it, each to be taken away, and how many there are of each state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from layouts import case_words, html, links, parts
from layouts.findings.case_states import FILTERS, NO_AGENCY_KEY, OPEN, STATES
from layouts.findings.cases import NO_AGENCY
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import number, rfc3339
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_SPANS = ("1", "7", "14", "30", "90", "365")
_TITLES = {
    "service": "Layanan", "state": "Keadaan", "status": "Status", "agency": "OPD", "district": "Kecamatan",
    "subdistrict": "Kelurahan", "category": "Kategori", "overdue": "Tenggat", "days": "Masuk",
    "from": "Dari", "to": "Sampai",
}  # fmt: skip
_UNHEARD: dict[str, Any] = {"aria-hidden": "true"}
_CHOSEN = ("service", "state", "agency", "district", "category", "overdue", "days")
"""What the form offers as words; other filters come by links, and stay when the form is sent."""
_DAYS = ("from", "to")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the counts, the filters that hold, and the form that sets others."""
    city, chosen = context.city, {name: context.options.get(name, "") for name in FILTERS}
    found = rows.get("case_states", ())
    body = [
        html.P(_counts(found, chosen), id="case_states-counts", className="lede", **_mark(found)),
        html.Div(list(_chips(chosen, city)), id="case_states-chips", className="chips"),
        _form(chosen, city),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=not found, note="semua layanan")


def _mark(found: Sequence[Row]) -> dict[str, Any]:
    """What changes whenever the list may have changed: the grid below looks at it."""
    heard = parts.newest(row["received_at"] for row in found)
    return parts.marked(cases=f"{rfc3339(heard)} {' '.join(str(row['n']) for row in found)}")


def _counts(found: Sequence[Row], chosen: Mapping[str, str]) -> list[Element]:
    by_role = {row["role"]: int(row["n"]) for row in found}
    overdue = sum(int(row["overdue"]) for row in found)
    states = [state for state in STATES.values() if state.key != OPEN]
    said: list[Element] = [html.Strong(f"{number(sum(by_role.values()))} kasus", id="case_states-all")]
    for state in states:
        n = sum(by_role.get(role, 0) for role in state.roles)
        words = parts.text(f"case_states-{state.key}", f"{number(n)} {state.title.lower()}")
        said.append(html.A(words, href=_with(chosen, state=state.key, status="")))
    late = parts.text(
        "case_states-overdue", f"{'■' if overdue else '○'} {number(overdue)} lewat tenggat",
        f"status rank-{3 if overdue else 0}",
    )  # fmt: skip
    return [*said, html.A(late, href=_with(chosen, overdue="ya"))]


def _with(chosen: Mapping[str, str], **changed: str) -> str:
    return links.cases(**{**chosen, **changed})


def _chips(chosen: Mapping[str, str], city: City) -> Iterator[html.A | html.Span]:
    """One link a filter, which takes it away."""
    said = {name: value for name, value in chosen.items() if value}
    for name, value in said.items():
        label = f"{_TITLES[name]}: {_words(name, value, city)}"
        yield html.A(
            [label, html.Span(" ✕", **_UNHEARD), html.Span(", hapus saringan", className="unseen")],
            href=_with(chosen, **{name: ""}),
            className="chip",
        )
    if len(said) > 1:
        yield html.A("Hapus semua", href=links.cases(), className="chip")
    if not said:
        yield html.Span("Tanpa saringan: semua kasus semua layanan", className="sub")


def _words(name: str, value: str, city: City) -> str:
    if name == "agency" and value == NO_AGENCY_KEY:
        return NO_AGENCY
    names: Mapping[str, str] = {
        "service": city.services[value].name if value in city.services else value,
        "state": STATES[value].title if value in STATES else value,
        "agency": case_words.agency(value, city),
        "district": city.districts[value].name if value in city.districts else value,
        "subdistrict": case_words.place(value, city),
        "overdue": "lewat",
        "days": f"{value} hari terakhir",
    }
    if name in {"category", "status"}:
        return next((title for key, title in _choices(name, city) if key == value), value)
    return names.get(name, value)


def _choices(name: str, city: City) -> list[tuple[str, str]]:
    """The words of a filter and what they are called on screen."""
    services = city.services.values()
    lists: Mapping[str, list[tuple[str, str]]] = {
        "service": [(each.key, each.name) for each in services],
        "state": [(each.key, each.title) for each in STATES.values()],
        "status": [(each.key, each.name) for service in services for each in service.statuses.values()],
        "agency": [*((each.key, each.short) for each in city.agencies.values()), (NO_AGENCY_KEY, NO_AGENCY)],
        "district": [(each.code, each.name) for each in city.districts.values()],
        "category": [
            (each.key, each.name) for service in services for each in service.categories.values() if each.counts
        ],
        "overdue": [("ya", "Hanya yang lewat")],
        "days": [(days, f"{days} hari terakhir") for days in _SPANS],
    }  # fmt: skip
    found = dict(reversed(lists[name]))
    return (
        sorted(found.items(), key=lambda item: item[1])
        if name in {"agency", "category"}
        else list(dict(lists[name]).items())
    )


def _form(chosen: Mapping[str, str], city: City) -> html.Form:
    fields = [_field(name, chosen[name], city) for name in _CHOSEN] + [_day(name, chosen[name]) for name in _DAYS]
    hidden = [
        html.Input(type="hidden", name=name, value=value)
        for name, value in chosen.items()
        if value and name not in {*_CHOSEN, *_DAYS}
    ]
    return html.Form(
        [*fields, *hidden, html.Button("Terapkan", type="submit", className="button")],
        method="get",
        action="/aduan",
        className="filters",
        id="case_states-form",
    )


def _field(name: str, value: str, city: City) -> html.Label:
    choices = [("", "semua"), *_choices(name, city)]
    if value and value not in dict(choices):
        choices.append((value, _words(name, value, city)))
    options = [html.Option(words, value=key, selected="selected" if key == value else None) for key, words in choices]
    return html.Label([html.Span(_TITLES[name]), html.Select(options, name=name)])


def _day(name: str, value: str) -> html.Label:
    """A day, in the form in which an address says it; the browser shows it in the official's own."""
    return html.Label([html.Span(_TITLES[name]), html.Input(type="date", name=name, value=value[:10] or None)])


PANEL = Panel(
    key="case_states",
    title="Kasus",
    streams=frozenset({"cases"}),
    questions=(Question("case_states", every=0.5), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.2,
    options=FILTERS,
)

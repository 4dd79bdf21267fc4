"""The alarms that want somebody, live: filters in the address, the gravest first, grouped by what explains them."""

from __future__ import annotations

from collections.abc import Mapping

from layouts import alarm_forms, alarm_lines, alarm_panel, html, links, parts
from layouts.findings.alarm_list import FILTERS, GROUPED, LIVES, MOST, Listed, heard, listed
from layouts.findings.alarms import PRIORITY_WORDS
from layouts.formats import clock, number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

FORM = "alarm_list-bulk"
_COUNTS: Mapping[str, str] = {
    "": "wanting", "baru": "fresh", "diterima": "acknowledged", "ditunda": "shelved", "ditangani": "resolved",
}  # fmt: skip
_HEADS = (
    (("Prioritas", GROUPED),), (("Apa", "what"), ("Di mana", "where")), (("Angka", ""),), (("Pemilik", "owner"),),
    (("Sejak", "since"),), (("Keadaan", "state"),),
)  # fmt: skip
"""What stands over each column, with the word by which the address sorts by it."""
_SORT_WORDS = {GROUPED: "prioritas", "since": "terbaru", "what": "apa", "where": "tempat", "owner": "pemilik",
               "state": "keadaan"}  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the flood's banner, the counts, the filters, what can be done with many at once, and the lines."""
    city, found, observed = context.city, listed(rows, context), heard(rows, "alarm_list")
    chosen = {name: context.options[name] for name in FILTERS}
    counts = next(iter(rows.get("alarm_counts", ())), None)
    body = [
        _flood(found, city),
        _lives(counts, chosen),
        _form(city, chosen),
        _bulk(city, chosen),
        _heads(chosen),
        html.Div(
            _lines(found, chosen, rows, city),
            id="alarm_list-rows",
            **parts.marked(grouping="area" if found.flood is not None and chosen["arrange"] == GROUPED else "cause"),
        ),
        parts.text("alarm_list-rest", _rest(found), "sub"),
    ]
    note = f"{number(found.shown)} alarm" if found.shown else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _flood(found: Listed, city: City) -> html.P:
    words = ""
    if found.flood is not None:
        since = clock(found.flood, city.zone)
        words = f"▲ Banjir alarm sejak {since}: {number(found.lately)} dalam 10 menit, dikelompokkan menurut kecamatan"
    return html.P(words, id="alarm_list-flood", className="alarm-flood", hidden=not words, role="status")


def _lives(counts: Row | None, chosen: Mapping[str, str]) -> html.Nav:
    """The states of the list, each a link, with how many there are."""
    choices = []
    for life, words in LIVES.items():
        name = _COUNTS.get(life)
        n = f" {number(counts[name])}" if counts is not None and name else ""
        choices.append(
            html.A(
                f"{words}{n}",
                href=links.alarms(**_kept({**chosen, "life": life})),
                id=f"alarm_list-life-{life or 'all'}",
                className="choice chosen" if life == chosen["life"] else "choice",
                **parts.aria(current="true" if life == chosen["life"] else None),
            )
        )
    return html.Nav(choices, className="choices", **parts.aria(label="Keadaan alarm"))


def _kept(chosen: Mapping[str, str]) -> dict[str, str]:
    """What the address says, without what holds anyway."""
    return {name: value for name, value in chosen.items() if value and (name, value) != ("arrange", GROUPED)}


def _form(city: City, chosen: Mapping[str, str]) -> html.Form:
    owners = {key: each.short for key, each in sorted(city.agencies.items(), key=lambda item: item[1].short)}
    areas = {code: each.name for code, each in city.districts.items()}
    kept = [html.Input(None, type="hidden", name="life", value=chosen["life"])] if chosen["life"] else []
    filtered = any(chosen[name] for name in ("priority", "agency", "district", "life"))
    return html.Form(
        [
            *kept,
            parts.choose("alarm_list", "priority", "Prioritas", PRIORITY_WORDS, chosen["priority"]),
            parts.choose("alarm_list", "agency", "Pemilik", owners, chosen["agency"]),
            parts.choose("alarm_list", "district", "Kecamatan", areas, chosen["district"]),
            parts.choose("alarm_list", "arrange", "Urut menurut", _SORT_WORDS, chosen["arrange"], everything=False),
            html.Button("Saring", type="submit", className="button"),
            *([html.A("Hapus saringan", href=links.alarms())] if filtered else []),
            html.A("Beban alarm", href=links.ALARM_LOAD),
            html.A("Laporan kejadian", href=links.INCIDENT),
        ],
        action=links.alarms(),
        method="get",
        className="filters",
    )


def _bulk(city: City, chosen: Mapping[str, str]) -> html.Div:
    """What is done with all that are chosen; before anybody has said who is on duty, that question."""
    back = links.alarms(**_kept(chosen))
    hints = "j k atau ↑ ↓ pindah · Enter buka · x pilih · a terima"
    return html.Div(
        [
            alarm_forms.question("alarm_list", city, back),
            html.Form(
                [
                    html.Input(None, type="hidden", name="step", value="acknowledged"),
                    html.Input(None, type="hidden", name="back", value=back),
                    html.Button("Terima yang dipilih", type="submit", id="alarm_list-accept", className="button"),
                    html.Button("Pilih semua", type="button", id="alarm_list-all", className="button needs-script"),
                ],
                id=FORM,
                action=alarm_forms.STEP_PATH,
                method="post",
                className=f"alarm-bulk {alarm_forms.WITH_DUTY}",
            ),
            html.Button("Kelompokkan ulang", type="button", id="alarm_list-regroup", className="button", hidden=True),
            html.Span("", id="alarm_list-said", className="alarm-said", role="status"),
            html.Span(hints, className=f"sub alarm-keys needs-script {alarm_forms.WITH_DUTY}"),
        ],
        className="alarm-bar",
    )


def _heads(chosen: Mapping[str, str]) -> html.Nav:
    """What stands over each column, and by what one may sort."""
    heads: list[Element] = [html.Span(className="alarm-pick")]
    heads += [html.Span([_head(words, order, chosen) for words, order in column]) for column in _HEADS]
    return html.Nav(heads, className="alarm-heads", **parts.aria(label="Urut menurut"))


def _head(words: str, order: str, chosen: Mapping[str, str]) -> Element:
    if not order:
        return html.Span(words)
    current = order == chosen["arrange"]
    told = [html.Span(words), *([html.Span(" ↓", **parts.aria(hidden="true"))] if current else [])]
    href = links.alarms(**_kept({**chosen, "arrange": order}))
    return html.A(told, href=href, **parts.aria(current="true" if current else None))


def _lines(found: Listed, chosen: Mapping[str, str], rows: Rows, city: City) -> Element:
    if found.groups:
        return alarm_lines.lines(found.groups, city, FORM)
    if any(chosen[name] for name in ("priority", "agency", "district", "life")):
        return parts.nothing("Tidak ada alarm yang cocok dengan saringan ini.")
    if not rows.get("alarm_engine"):
        return parts.nothing("Mesin alarm belum pernah berjalan: tidak ada yang diperiksa.")
    return html.P("○ Tidak ada alarm. Semua aturan diperiksa dan tidak ada yang berlaku.", className="calm alarm-calm")


def _rest(found: Listed) -> str:
    return f"Hanya {number(MOST)} alarm pertama: persempit saringannya." if found.more else ""


PANEL = Panel(
    key="alarm_list",
    title="Alarm",
    streams=alarm_panel.STREAMS,
    questions=(
        Question("alarm_list", anyway=10.0),
        Question("alarm_counts", every=0.2, anyway=10.0),
        Question("alarm_minutes", anyway=10.0),
        alarm_panel.ENGINE,
    ),
    render=render,
    late_after=alarm_panel.LATE,
    stale_after=alarm_panel.STALE,
    options=FILTERS,
    scripts=("alarms.js",),
)

"""The explorer's question: a form that stands in the address. Its script fetches the answer and puts it below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from layouts import html, links, parts
from layouts.findings.alarms import PRIORITY_WORDS
from layouts.findings.explored import USUAL_DAYS
from layouts.findings.explored_words import DEFAULTS, STEPS, STREAM_WORDS, TAKEN
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City
from sensors.kinds import KINDS

LATE, STALE = timedelta(hours=6), timedelta(hours=24)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the streams, the filters of the one chosen, and the place of the answer."""
    chosen = {name: context.options[name] for name in PANEL.options}
    heard = parts.newest(row["last_observed_at"] for row in rows.get("feeds", ()))
    body = [
        _streams(chosen["stream"]),
        _form(context.city, chosen, context.now),
        _saved(),
        html.Div(
            html.P("Menghitung …", className="nothing"),
            id="explorer-answer",
            **parts.marked(src=links.with_choices(links.ANSWER, **asked(chosen))),
            **parts.aria(live="polite", busy="true"),
        ),
    ]
    return parts.frame(PANEL, body, heard, empty=heard is None)


def asked(chosen: Mapping[str, str]) -> dict[str, str]:
    """What the address says, without what its stream does not take and what holds anyway."""
    return {
        name: value
        for name, value in chosen.items()
        if value and value != DEFAULTS.get(name) and name in TAKEN[chosen["stream"]]
    }


def usual_days(city: City, now: datetime) -> tuple[str, str]:
    """The first and the last day of a question that does not say them."""
    today = now.astimezone(city.zone).date()
    return (today - timedelta(days=USUAL_DAYS - 1)).isoformat(), today.isoformat()


def _streams(chosen: str) -> html.Nav:
    return html.Nav(
        [
            html.A(
                words,
                href=links.explorer(stream="" if key == DEFAULTS["stream"] else key),
                className="choice chosen" if key == chosen else "choice",
                **parts.aria(current="true" if key == chosen else None),
            )
            for key, words in STREAM_WORDS.items()
        ],
        className="choices",
        **parts.aria(label="Aliran data"),
    )


def _form(city: City, chosen: Mapping[str, str], now: datetime) -> html.Form:
    first, last = usual_days(city, now)
    fields: dict[str, Element] = {
        "from": _day("from", "Dari", chosen["from"] or first),
        "to": _day("to", "Sampai", chosen["to"] or last),
        "step": parts.choose("explorer", "step", "Langkah", STEPS, chosen["step"], everything=False),
        "versus": _day("versus", "Bandingkan mulai", chosen["versus"]),
    }
    for name, (words, choices) in _choices(city).items():
        always = name in ("kind", "commodity") and chosen["stream"] in ("readings", "prices")
        fields[name] = parts.choose("explorer", name, words, choices, chosen[name], everything=not always)
    taken = [field for name, field in fields.items() if name in TAKEN[chosen["stream"]]]
    return html.Form(
        [
            html.Input(None, type="hidden", name="stream", value=chosen["stream"]),
            *taken,
            html.Button("Tampilkan", type="submit", className="button"),
            html.A("Kosongkan", href=links.explorer(stream=chosen["stream"])),
        ],
        action=links.EXPLORER,
        method="get",
        className="filters",
        id="explorer-form",
    )


def _choices(city: City) -> dict[str, tuple[str, dict[str, str]]]:
    sensed = dict.fromkeys(kind for device in city.devices.values() for kind in device.kinds)
    areas = {code: each.name for code, each in city.districts.items()}
    services = city.services.values()
    return {
        "kind": ("Jenis", {kind: KINDS[kind].name for kind in sensed}),
        "commodity": ("Komoditas", {key: each.name for key, each in city.commodities.items()}),
        "market": ("Pasar", {key: each.name for key, each in city.markets.items()}),
        "service": ("Layanan", {key: each.name for key, each in city.services.items()}),
        "category": ("Kategori", {key: each.name for one in services for key, each in one.categories.items()}),
        "priority": ("Prioritas", dict(PRIORITY_WORDS)),
        "agency": ("OPD", {key: each.short for key, each in city.agencies.items()}),
        "device": ("Perangkat", {key: each.name for key, each in city.devices.items()}),
        "district": ("Kecamatan", areas),
        "other": ("Bandingkan dengan kecamatan", areas),
    }


def _day(name: str, words: str, chosen: str) -> html.Label:
    field = html.Input(None, type="date", name=name, value=chosen, id=f"explorer-{name}", min="2000-01-01")
    return html.Label([html.Span(words, className="sub"), field], className="choose")


def _saved() -> html.Div:
    """The views this browser keeps; its script fills the list."""
    return html.Div(
        [
            html.Span("Tampilan tersimpan", className="sub"),
            html.Span("", id="explorer-saved"),
            html.Label(
                [
                    html.Span("Nama", className="unseen"),
                    html.Input(None, id="explorer-name", maxlength="60", placeholder="nama tampilan"),
                ]
            ),
            html.Button("Simpan tampilan", type="button", id="explorer-save", className="button"),
        ],
        className="explorer-saved filters",
    )


PANEL = Panel(
    key="explorer",
    title="Jelajah data",
    streams=frozenset({"prices"}),
    questions=(Question("feeds", every=60.0, anyway=300.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=60.0,
    options=(
        "stream", "from", "to", "step", "kind", "commodity", "market", "service", "category", "priority", "agency",
        "device", "district", "versus", "other", "rows", "after",
    ),
    scripts=("explorer.js",),
    desk_only=True,
)  # fmt: skip

"""The map one can move: its layers as tables, the choice of what is shown, the legend, and the place where it is drawn.

All of it is HTML that stands by itself. `assets/atlas.js` reads the tables and draws them (docs/decisions/0006).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from layouts import html, parts, theme
from layouts.findings.measures import DEFAULT, MEASURES, Measure
from layouts.html import Element
from layouts.layer import Cell, Entry, Layer, Sign
from layouts.layers import LAYERS
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_WORDS = {
    "one": "kasus di sini",
    "waiting": "menunggu",
    "working": "ditangani",
    "more": "lainnya: perbesar peta",
    "page": "Buka rinciannya",
    "picked": "Yang dipilih di peta",
    "close": "Tutup",
    "zoomIn": "Perbesar",
    "zoomOut": "Perkecil",
    "home": "Seluruh kota",
    "failed": "Layar ini tidak dapat menggambar peta. Semua isinya ada di tabel di bawah.",
    "map": "Peta kota: tombol panah menggeser, + dan − memperbesar; isinya ada di tabel di bawah peta",
    "wall": "Peta kota; isinya dalam tabel ada di halaman /peta",
    "wheel": "Tahan Ctrl sambil menggulir untuk memperbesar peta",
    "fingers": "Geser peta dengan dua jari",
}
"""What the script says, written here so that it is said in the page's language."""
_SCRIPTS = tuple(f"atlas{part}.js" for part in ("-choice", "-signs", "-rows", "-names", "-card", "-style", "-draw", ""))
_SPARE = (
    ".atlas-legend > p",
    '[data-of-layer="sensors"]',
    '[data-of-layer="air"]',
    '[data-of-layer="warnings"]',
    "[data-of-measure]",
    ".atlas-legend",
)
"""What of the legend a small wall leaves out, first what says itself what it is."""
_NO_BUSES = "Bus tidak digambar: posisinya belum dikirim oleh operator."
_AGES = (
    Sign("", "terlambat: kelabu, tepi putus-putus", look="dashed"),
    Sign("×", "usang: lama tidak terdengar", look="dashed"),
)
_GROUND = "peta skematik, bukan batas resmi"


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the choices, the empty stage with its legend, and one table a layer."""
    city = context.city
    entries = {key: layer.entries(rows, context) for key, layer in LAYERS.items()}
    readings = (each.observed_at for key in ("air", "gauges", "sensors") for each in entries.get(key, ()))
    events = (row["opened_at"] for row in rows.get("case_places", ()))
    observed = parts.leading(readings, events)
    body = [
        html.Div([_measures(), _layers()], className="atlas-choices"),
        html.Div([_stage(city), _legend(city), _words()], className="atlas-view"),
        html.Div(
            [_table(layer, entries[key], city) for key, layer in reversed(tuple(LAYERS.items()))],
            id="atlas-tables",
            className="atlas-tables",
        ),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_note(entries, city))


def _note(entries: Mapping[str, Sequence[Entry]], city: City) -> str:
    places = [each.at for found in entries.values() for each in found if each.at is not None]
    rough = sum(place.approximate for place in places)
    about = f"{rough} dari {len(places)} posisi perkiraan" if rough else ""
    ground = "" if city.boundaries else _GROUND
    return " · ".join(words for words in (ground, about) if words)


def _measures() -> html.Div:
    """What colours the kecamatan: one of several."""
    buttons = [
        _button(each.title, pressed=each.key == DEFAULT, id=f"atlas-measure-{each.key}", measure=each.key)
        for each in MEASURES.values()
    ]
    return _choice("Warna kecamatan", "atlas-measures", buttons)


def _layers() -> html.Div:
    """What lies upon them: any of several."""
    buttons = [
        _button(
            layer.title,
            pressed=layer.shown,
            id=f"atlas-layer-{layer.key}",
            layer=layer.key,
            shown="true" if layer.shown else None,
        )
        for layer in LAYERS.values()
        if layer.form != "areas"
    ]
    return _choice("Lapisan", "atlas-layers", buttons)


def _choice(title: str, ident: str, buttons: list[html.Button]) -> html.Div:
    named = {"role": "group", **parts.named_by(f"{ident}-title")}
    return html.Div(
        [html.Span(title, id=f"{ident}-title", className="atlas-word"), *buttons],
        id=ident,
        className="atlas-choice",
        **named,
    )


def _button(words: str, *, pressed: bool, id: str, **marks: str | None) -> html.Button:
    said: dict[str, Any] = {"aria-pressed": "true" if pressed else "false"}
    return html.Button(words, id=id, type="button", **said, **parts.marked(**marks))


def _stage(city: City) -> html.Div:
    """Where the script draws; what it says stands there until it does, or where it cannot."""
    tiles = city.tiles
    marks = {} if tiles is None else {"tiles": tiles.url, "credit": tiles.credit, "deepest": str(tiles.deepest)}
    return html.Div(
        html.P("Peta sedang dimuat; semua isinya ada di tabel di bawah.", className="nothing"),
        id="atlas-stage",
        className="atlas-stage",
        **parts.marked(**marks),
    )


def _words() -> html.Div:
    words = [html.Span(said, **parts.marked(word=key)) for key, said in _WORDS.items()]
    return html.Div(words, id="atlas-words", hidden=True)


def _legend(city: City) -> html.Div:
    steps = [_steps(each, city) for each in MEASURES.values()]
    signs = [_signs(layer, city) for layer in LAYERS.values() if layer.form != "areas"]
    said: dict[str, Any] = {"role": "group", "aria-label": "Legenda peta"}
    return html.Div(
        [*steps, *signs, _signs_of("Umur data", _AGES), html.P(_NO_BUSES, className="sub")],
        id="atlas-legend",
        className="atlas-legend",
        tabIndex="0",  # in a low window it scrolls
        **said,
    )


def _steps(measure: Measure, city: City) -> html.Div:
    lines = [
        html.Span([html.I(style={"background": shade}), words])
        for shade, words in zip(theme.MAP_SHADES, measure.scale(city), strict=False)  # a pack may know fewer steps
        if words
    ]
    title = f"{measure.title}, {measure.unit}" if measure.unit else measure.title
    return html.Div(
        [html.B(title), *lines, html.Span([html.I(className="atlas-unknown"), "tidak ada data"])],
        className="atlas-signs",
        hidden=measure.key != DEFAULT,
        **parts.marked(of_measure=measure.key),
    )


def _signs(layer: Layer, city: City) -> html.Div:
    return _signs_of(layer.title, layer.legend(city), hidden=not layer.shown, of_layer=layer.key)


def _signs_of(title: str, signs: Sequence[Sign], *, hidden: bool = False, **marks: str) -> html.Div:
    lines = [
        html.Span([html.B(each.shape, className=f"rank-{each.rank} look-{each.look}"), each.words]) for each in signs
    ]
    return html.Div([html.B(title), *lines], className="atlas-signs", hidden=hidden, **parts.marked(**marks))


def _table(layer: Layer, entries: Sequence[Entry], city: City) -> html.Details:
    ident = f"atlas-{layer.key}"
    heads = [layer.name_head, *layer.heads(city), *(["Umur"] if layer.ages else []), "Di peta"]
    body: list[Element] = [_row(layer, each) for each in entries]
    if not body:
        body = [html.Tr(html.Td(layer.nothing, colSpan=len(heads)))]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(words, scope="col") for words in heads])),
            html.Tbody(body, id=f"{ident}-rows", **parts.marked(layer=layer.key, form=layer.form)),
        ],
        className="sheet",
        **parts.named_by(f"{ident}-title"),
    )
    return html.Details(
        [html.Summary(html.H3(f"{layer.title} dalam tabel", id=f"{ident}-title")), table],
        id=ident,
        className="atlas-table",
    )


def _row(layer: Layer, entry: Entry) -> html.Tr:
    ident = f"atlas-{layer.key}-{entry.key.replace('.', '-')}"
    name = html.A(entry.name, href=entry.href) if entry.href else entry.name
    cells = [_cell(f"{ident}-{place}", each) for place, each in enumerate(entry.cells)]
    age = [html.Td(parts.ago(f"{ident}-age", entry.observed_at))] if layer.ages else []
    late, stale = entry.late_after or layer.late_after, entry.stale_after or layer.stale_after
    ageing = parts.ageing(entry.observed_at, late, stale) if layer.ages else {}
    return html.Tr(
        [html.Th(name, scope="row"), *cells, *age, html.Td(_show(layer, entry))],
        id=ident,
        className="row" if layer.ages else "",
        **ageing,
        **parts.marked(**_marks(entry)),
    )


def _show(layer: Layer, entry: Entry) -> html.Button | str:
    """What brings the map to a row, for those who go by the table."""
    if entry.at is None and not entry.areas:
        return ""
    said: dict[str, Any] = {"aria-label": f"Tunjukkan {entry.name} di peta"}
    return html.Button("tunjukkan", type="button", **said, **parts.marked(show=entry.key, layer=layer.key))


def _cell(ident: str, cell: Cell) -> html.Td:
    return html.Td(cell.words, id=ident, **parts.marked(**cell.marks))


def _marks(entry: Entry) -> dict[str, str | None]:
    """What the script reads of a row: which one it is, where it stands and what it looks like there."""
    dots = [[each.lon, each.lat, int(each.waiting), each.href] for each in entry.dots]
    return {
        "key": entry.key,
        "at": f"{entry.at.lon} {entry.at.lat}" if entry.at else None,
        "label": entry.label or None,
        "rank": str(entry.rank) if entry.rank else None,
        "areas": " ".join(entry.areas) or None,
        "dots": json.dumps(dots, separators=(",", ":")) if dots else None,
    }


def _asked() -> tuple[Question, ...]:
    """The questions of all layers, each once."""
    return tuple({each.name: each for layer in LAYERS.values() for each in layer.questions}.values())


PANEL = Panel(
    key="atlas",
    title="Peta kota",
    streams=frozenset().union(*(layer.streams for layer in LAYERS.values())),
    questions=_asked(),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    look="atlas",
    fit=Fit(width=72, height=40, tall=50, spare=_SPARE),
    scripts=("areas.json", "maplibre-gl.js", *_SCRIPTS),
)

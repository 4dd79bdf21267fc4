"""What takes a wall over: a card for what calls the whole room, one for all alarms that one thing explains.

All cards are on every wall, unseen; `assets/takeover.js` decides when which of them is shown, and for how long.
"""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.curves import address
from layouts.findings.alarms import (
    ENDED,
    NEW,
    PRIORITY_WORDS,
    RANKS,
    Alarm,
    alarms_of,
    figure_parts,
    judged_at,
    owner_words,
    place_words,
    state_words,
    urgent,
)
from layouts.findings.rivers import downstream
from layouts.formats import clock, known, number, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from layouts.shapes import WIDTH, Shapes, shapes_of
from layouts.signs import spots_of
from layouts.theme import GROUND, MAP_SHADES, level
from sensors.city import City, Device

LATE, STALE = timedelta(minutes=2), timedelta(minutes=10)
CARDS = 12
"""As many wait on a page for their turn: the most urgent. A dozen a minute apart is an emergency of its own."""
_TITLE, _PLACE, _WORDS, _ACTION = 60, 52, 70, 130
_WHOLE = 100.0
_STOPS = 4
"""Gauges downstream that one reads from afar."""
Spot = tuple[float, float]
"""Percent of the map from the left and from the top."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the cards, the most urgent first; `data-grave` says that something of high priority holds at all."""
    city = context.city
    groups = alarms_of(rows, city, context.now).groups
    alarms = [alarm for group in groups for alarm in group.alarms]
    unseen = sum(alarm.state in (NEW, ENDED) for alarm in alarms)
    grave = any(alarm.rank == RANKS["high"] and alarm.row["ended_at"] is None for alarm in alarms)
    cards = [_card(alarm, unseen - 1, city) for alarm in urgent(groups, city)[:CARDS]]
    observed = parts.newest([judged_at(rows), *(row["known_at"] for row in rows.get("alarms_now", ()))])
    body = html.Div(cards, id="takeover-cards", **parts.marked(grave="yes" if grave else None))
    return parts.frame(PANEL, body, observed, empty=observed is None)


def _card(alarm: Alarm, behind: int, city: City) -> html.Article:
    row, ident = alarm.row, f"takeover-{alarm.row['id']}"
    words = html.Div(
        [
            html.Div(
                [
                    html.Span(
                        [
                            html.Span(level(alarm.rank).sign, className="sign"),
                            f" Alarm {PRIORITY_WORDS[row['priority']]}",
                        ],
                        className=f"badge rank-{alarm.rank}",
                    ),
                    parts.text(f"{ident}-state", state_words(alarm, city), "state"),
                    *([html.Span("contoh", className="sample")] if alarm.rule and alarm.rule.sample else []),
                ],
                className="level",
            ),
            html.H3(short(alarm.title, _TITLE), id=f"{ident}-title", className="title"),
            _figure(alarm, ident),
            parts.text(f"{ident}-place", short(place_words(row, city), _PLACE), "place"),
            html.Div(_facts(alarm, city, ident), className="facts"),
            parts.text(f"{ident}-action", short(alarm.rule.action if alarm.rule else "", _ACTION), "action"),
            parts.text(
                f"{ident}-behind", f"+{number(behind)} alarm lain belum diterima" if behind > 0 else "", "behind"
            ),
        ],
        className="words",
    )
    drawn = _where(row, city, ident)
    return html.Article(
        [words, *drawn],
        id=ident,
        className="takeover-card" if drawn else "takeover-card placeless",
        **parts.marked(card=str(row["id"])),
    )


def _figure(alarm: Alarm, ident: str) -> html.Div:
    worst, unit, held = figure_parts(alarm)
    return html.Div(
        [
            parts.text(f"{ident}-worst", worst, "figure"),
            parts.text(f"{ident}-unit", unit, "unit"),
            parts.text(f"{ident}-bound", short(held, _WORDS), "bound"),
        ],
        id=f"{ident}-measured",
        className="measured",
    )


def _facts(alarm: Alarm, city: City, ident: str) -> list[html.Div]:
    raised = alarm.row["raised_at"]
    began = html.Span(
        [f"{clock(raised, city.zone)} {city.zone_word} · ", parts.ago(f"{ident}-ago", raised)], id=f"{ident}-since"
    )
    found = (("sejak", began), ("pemilik", parts.text(f"{ident}-owner", owner_words(alarm.row, city))))
    return [html.Div([html.Span(name, className="name-of"), said], className="fact") for name, said in found]


def _where(row: Row, city: City, ident: str) -> list[html.Div]:
    """The map; for a gauge upstream, which no map of the city holds, its river down into the city; else nothing."""
    gauge = city.devices.get(row["device"] or "")
    if gauge is not None and gauge.upstream:
        return [_river(gauge, city, ident)]
    spot = _spot(row, city)
    return [] if spot is None else [_map(row, spot, city, ident)]


def _river(gauge: Device, city: City, ident: str) -> html.Div:
    """From the gauge upstream down to the city's own on this river, with how far they lie: where it is, in a line."""
    way = downstream(gauge, city)
    stops = [html.Div([html.Strong(gauge.name), html.Span("hulu, di luar kota")], className="stop at")]
    stops.append(html.Div(html.Span(f"masuk {city.name}"), className="stop border"))
    stops += [
        html.Div([html.Strong(each.name), html.Span(f"sekitar {number(km)} km garis lurus")], className="stop")
        for each, km in way[:_STOPS]
    ]
    name = html.Div(gauge.river or "", className="river-name")
    return html.Div(
        [name, html.Div(stops, className="stops")],
        id=f"{ident}-map",
        className="takeover-map takeover-river",
        **parts.aria(hidden="true"),
    )


def _spot(row: Row, city: City) -> Spot | None:
    """Where it is on the map, else the middle of its kecamatan; None for what has no place there."""
    shapes, lat, lon = shapes_of(city), known(row["lat"]), known(row["lon"])
    if lat is not None and lon is not None:
        left, top = shapes.canvas.share(lat, lon)
        if 0 <= left <= _WHOLE and 0 <= top <= _WHOLE:
            return left, top
    return shapes.labels.get(row["district"] or "") if lat is None or lon is None else None


def _map(row: Row, spot: Spot, city: City, ident: str) -> html.Div:
    """The city around the place: kecamatan by name, gauges, and the place itself. In words the card says it too."""
    shapes = shapes_of(city)
    names = [
        html.Span(city.districts[code].name, className="near", style=_at(place))
        for code, place in shapes.labels.items()
    ]
    spots = spots_of(city, shapes.canvas)
    gauges = [html.Span("▽", className="gauge", style=_at(spots[key])) for key in _gauges(city) if key in spots]
    layers = [
        html.Img(src=_land(shapes, row["district"]), alt=str(row["name"]), className="layer"),
        html.Span(className="here", style=_at(spot)),
        *names,
        *gauges,
    ]
    ratio = WIDTH / shapes.canvas.height
    style = {"--x": f"{spot[0] / _WHOLE:.4f}", "--y": f"{spot[1] / _WHOLE:.4f}", "--ratio": f"{ratio:.4f}"}
    canvas = html.Div(layers, className="takeover-canvas", style=style)
    return html.Div(canvas, id=f"{ident}-map", className="takeover-map", **parts.aria(hidden="true"))


def _gauges(city: City) -> list[str]:
    return [device.key for device in city.devices.values() if device.ladder and not device.upstream]


def _at(spot: Spot) -> dict[str, str]:
    return {"left": f"{spot[0]:.1f}%", "top": f"{spot[1]:.1f}%"}


def _land(shapes: Shapes, district: str | None) -> str:
    """The kecamatan, that of the alarm lighter."""
    fills = {code: MAP_SHADES[3 if code == district else 1] for code in shapes.paths}
    drawn = "".join(f'<path d="{path}" fill="{fills[code]}"/>' for code, path in shapes.paths.items())
    view = f"0 0 {WIDTH:.0f} {shapes.canvas.height:.0f}"
    group = f'<g stroke="{GROUND}" stroke-width="3" stroke-linejoin="round">{drawn}</g>'
    return address(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{group}</svg>')


PANEL = Panel(
    key="takeover",
    title="Alarm yang belum diterima",
    streams=frozenset({"alarms", "components"}),
    questions=(
        Question("alarms_now", anyway=10.0),
        Question("alarm_minutes", every=1.0, anyway=10.0),
        Question("components", every=1.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.05,
    fit=Fit(
        spare=(".behind", ".takeover-map", ".action", ".facts", ".level .state", ".bound"), says=(".figure", ".title")
    ),
)

"""Where it happened: the cases of the span as dots, the sources of its alarms as signs, and the same as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, links, parts, plan, theme
from layouts.findings.alarms import Alarm, alarm_of, place_words
from layouts.findings.incident import OPTIONS, heard_of, incident_of
from layouts.findings.services import is_case
from layouts.formats import known, number, short
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from layouts.shapes import Canvas, Shapes, shapes_of
from sensors.city import City

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
KEY = "incident_map"
NAMED = 8
"""Sources of alarms that have their name on the map, the gravest first."""
_WHOLE = 100.0


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the districts, the dots and signs, and beside them the places by how much happened there."""
    city, observed, found = context.city, heard_of(rows), incident_of(context)
    shapes, cases = shapes_of(city), _cases(rows, city)
    alarms = _sources([alarm_of(row, city) for row in rows.get("incident_alarms", ())])
    dots = _dots(shapes.canvas, cases, city)
    ground = plan.districts(shapes, _shades(city, found.district))
    layers: list[Element] = [
        html.Img(id=f"{KEY}-districts", src=ground, alt="", className="layer"),
        html.Img(id=f"{KEY}-cases", src=dots, alt=_said(cases, alarms), className="layer"),
        *_names(shapes, city),
        *_signs(alarms, shapes.canvas),
    ]
    canvas = html.Div(layers, className="canvas", style=plan.ratio_of(shapes))
    drawing = html.Div(canvas, className="stage")
    told = [_source(place, each, city) for place, each in enumerate(alarms[:NAMED], start=1)]
    where = f"{number(len(cases))} kasus masuk, di titiknya atau di tengah kelurahannya"
    beside = [
        html.P(["● ", html.Span(where)], className="sub incident-dot"),
        html.Ol(told, className="told", id=f"{KEY}-alarms"),
    ]
    note = "peta skematik · posisi perkiraan" if shapes.schematic else "posisi perkiraan"
    return parts.frame(
        PANEL, [drawing, html.Div(beside, id=f"{KEY}-beside")], observed, empty=observed is None, note=note
    )


def _shades(city: City, chosen: str) -> dict[str, str]:
    shade = theme.MAP_SHADES
    return {code: shade[3] if code == chosen else shade[1] for code in city.districts}


def _cases(rows: Rows, city: City) -> list[Row]:
    services = city.services
    return [
        row
        for row in rows.get("incident_places", ())
        if row["service"] in services and is_case(services[row["service"]], row["category"])
    ]


def _dots(canvas: Canvas, cases: Sequence[Row], city: City) -> str:
    return plan.dots(canvas, plan.Dots([spot for row in cases if (spot := _spot(row, city))], theme.YELLOW, 7))


def _spot(row: Row, city: City) -> plan.Spot | None:
    lat, lon = known(row["lat"]), known(row["lon"])
    if lat is not None and lon is not None:
        return lat, lon
    place = city.subdistricts.get(row["subdistrict"] or "")
    return (place.point.lat, place.point.lon) if place else None


def _sources(alarms: Sequence[Alarm]) -> list[Alarm]:
    """One a source, its gravest alarm; the gravest first, among them the oldest."""
    worst: dict[str, Alarm] = {}
    for each in alarms:
        held = worst.get(each.row["source"])
        if held is None or each.rank > held.rank:
            worst[each.row["source"]] = each
    return sorted(worst.values(), key=lambda each: (-each.rank, each.row["raised_at"], each.row["id"]))


def _names(shapes: Shapes, city: City) -> list[Element]:
    return [
        html.Div(city.districts[code].name, className="district", style={"left": f"{left:.1f}%", "top": f"{top:.1f}%"})
        for code, (left, top) in shapes.labels.items()
    ]


def _signs(alarms: Sequence[Alarm], canvas: Canvas) -> list[Element]:
    found = []
    for place, each in enumerate(alarms, start=1):
        lat, lon = known(each.row["lat"]), known(each.row["lon"])
        if lat is None or lon is None:
            continue
        left, top = canvas.share(lat, lon)
        if 0 <= left <= _WHOLE and 0 <= top <= _WHOLE:
            words = f"{theme.level(each.rank).sign} {number(place)}" if place <= NAMED else theme.level(each.rank).sign
            style = {"left": f"{left:.1f}%", "top": f"{top:.1f}%"}
            found.append(html.Div(words, className=f"symbol river rank-{each.rank}", style=style))
    return list(reversed(found))


def _source(place: int, each: Alarm, city: City) -> html.Li:
    sign = html.Span(f"{theme.level(each.rank).sign} {number(place)} ", className=f"status rank-{each.rank}")
    name = html.A(short(each.title, 60), href=links.alarm(each.row["id"]))
    return html.Li([sign, name, html.Span(f" {place_words(each.row, city)}", className="sub")])


def _said(cases: Sequence[Row], alarms: Sequence[Alarm]) -> str:
    return f"Peta kota: {number(len(cases))} kasus, {number(len(alarms))} sumber alarm; daftarnya di samping"


PANEL = Panel(
    key=KEY,
    title="Di mana",
    streams=frozenset({"alarms", "cases"}),
    questions=(Question("incident_alarms", every=5.0), Question("incident_places", every=15.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=5.0,
    options=OPTIONS,
)

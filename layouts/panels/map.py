"""The city's map: districts coloured by a chosen measure, stations by status, open complaints as points.

Drawn as two images and a layer of HTML symbols instead of a WebGL map (docs/decisions/0003): crisp at every size, no
glyphs or tiles from a server, and an update costs the page a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from layouts import html, links, parts, plan, reasons, theme
from layouts.findings.air import AirFinding, air_findings
from layouts.findings.measures import Figures, Measure, measure_of
from layouts.findings.places import QUESTIONS as PLACES
from layouts.findings.places import Place, Places, places_of
from layouts.findings.rivers import by_urgency, gauge_findings
from layouts.formats import known, percent
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from layouts.shapes import Canvas, Shapes, shapes_of
from layouts.signs import Spots, sides_of, spots_of
from sensors.city import City, Device

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_QUIET_PLACES = ("rain", "junction", "noise", "weighbridge")
_NAMED = 2
"""From this rank on a gauge is named on the map itself."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the map and its twin in words."""
    city, measure = context.city, measure_of(context.options.get("measure"))
    shapes, figures = shapes_of(city), measure.figures(rows, city)
    points, places = rows.get("open_case_points", ()), places_of(rows, city, context.now)
    readings = (row["observed_at"] for row in rows.get("latest_readings", ()))
    observed = parts.leading(readings, (row["opened_at"] for row in points))
    layers = [
        html.Img(id="map-districts", src=plan.districts(shapes, _shades(figures)), alt="", className="layer"),
        html.Img(id="map-cases", src=_cases(shapes.canvas, points), alt="", className="layer"),
        *(_label(place, shapes, figures) for place in places.kecamatan.values()),
        *_stations(rows, city, shapes, places),
    ]
    drawing = html.Div(html.Div(layers, className="canvas", style=plan.ratio_of(shapes)), className="stage")
    note = "peta skematik · posisi perkiraan" if shapes.schematic else "posisi perkiraan"
    body = [drawing, _scale(measure, city), _twin(places, measure, figures)]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _shades(figures: Figures) -> dict[str, str]:
    return {code: theme.MAP_SHADES[figure.shade] for code, figure in figures.items()}


def _cases(canvas: Canvas, points: Sequence[Row]) -> str:
    """All open complaints; those nobody has taken up in the warmer colour and larger."""
    taken, waiting = ([row for row in points if (row["status"] == "menunggu") is waits] for waits in (False, True))
    return plan.dots(canvas, plan.Dots(_spots(taken), theme.YELLOW, 7), plan.Dots(_spots(waiting), theme.VERMILLION, 9))


def _spots(points: Sequence[Row]) -> list[plan.Spot]:
    found = ((known(row["lat"]), known(row["lon"])) for row in points)
    return [(lat, lon) for lat, lon in found if lat is not None and lon is not None]


def _label(place: Place, shapes: Shapes, figures: Figures) -> html.Div:
    """A kecamatan's name, which leads to why it stands so, its figure, and its level unless all is as usual."""
    code, ident = place.code, place.code.replace(".", "-")
    left, top = shapes.labels[code]
    level = reasons.badge(f"map-level-{ident}", place.standing) if place.standing.rank else None
    return html.Div(
        [
            html.A(place.name, href=links.district(code), className="name"),
            html.Span(
                [
                    parts.text(f"map-figure-{ident}", figures[code].words if code in figures else "", "number"),
                    *([level] if level else []),
                ],
                id=f"map-line-{ident}",
                className="line",
            ),
        ],
        id=f"map-label-{ident}",
        className="district",
        style={"left": f"{left:.1f}%", "top": f"{top:.1f}%"},
    )


def _stations(rows: Rows, city: City, shapes: Shapes, places: Places) -> list[html.Div]:
    spots = spots_of(city, shapes.canvas)
    found = [each for each in gauge_findings(rows, city) if not each.gauge.upstream]
    sides = sides_of(
        [
            (each.gauge.key, each.gauge.name, spots.get(each.gauge.key, (0.0, 0.0)))
            for each in by_urgency(found)
            if each.rank >= _NAMED
        ],
        [(_longer(place), shapes.labels[place.code]) for place in places.kecamatan.values()],
    )
    quiet = [
        _symbol(each, spots, "quiet", Sign(0, "·", "")) for each in city.devices.values() if each.place in _QUIET_PLACES
    ]
    rivers = [
        _symbol(
            each.gauge,
            spots,
            "river",
            Sign(each.rank, theme.level(each.rank).sign if each.rank else "▽", each.words),
            sides.get(each.gauge.key),
        )
        for each in found
    ]
    air = [
        _symbol(
            each.station, spots, "air" if each.complete else "air partial", Sign(each.rank, each.words, _ispu(each))
        )
        for each in air_findings(rows, city)
    ]
    return quiet + rivers + air


def _longer(place: Place) -> str:
    """The longer of a kecamatan's two lines: its name, or its figure with the word of its level."""
    return max(place.name, f"00 ▲ {place.standing.level}" if place.standing.rank else "", key=len)


def _ispu(finding: AirFinding) -> str:
    partial = "" if finding.complete else f", belum lengkap: data {percent(finding.share * 100)}"
    return f"ISPU {finding.words}{partial}"


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands at a device: how bad it is, the shape or number, and the words for those who point at it."""

    rank: int
    mark: str
    words: str


def _symbol(device: Device, spots: Spots, sort: str, sign: Sign, west: bool | None = None) -> html.Div:  # noqa: FBT001 - a side
    """A sign at its device, with the name west or east of it; None names nothing."""
    left, top = spots.get(device.key, (0.0, 0.0))
    name = "" if west is None else device.name
    side = "" if not name else " to-west" if west else " to-east"
    return html.Div(
        " ".join(word for word in ((name, sign.mark) if west else (sign.mark, name)) if word),
        id=f"map-at-{device.key}",
        className=f"symbol {sort} rank-{sign.rank}{side}",
        title=f"{device.name}: {sign.words}" if sign.words else device.name,
        style={"left": f"{left:.1f}%", "top": f"{top:.1f}%"},
    )


def _scale(measure: Measure, city: City) -> html.Div:
    steps = [
        html.Span([html.I(style={"background": shade}), words])
        for shade, words in zip(theme.MAP_SHADES, measure.scale(city), strict=False)  # a pack may know fewer steps
        if words
    ]
    signs = [
        html.Span([html.B("81", className="chip-air"), "stasiun udara, ISPU"]),
        html.Span([html.B("▽"), "pos duga air"]),
        html.Span([html.B("·"), "sensor lain"]),
        html.Span([html.B("●", className="waiting"), "aduan menunggu"]),
        html.Span([html.B("●", className="taken"), "aduan diproses"]),
    ]
    title = html.Span(f"{measure.title}{f' ({measure.unit})' if measure.unit else ''}", className="name")
    return html.Div(
        [html.Div([title, *steps], className="steps"), html.Div(signs, className="signs")],
        id="map-scale",
        className="scale",
    )


def _twin(places: Places, measure: Measure, figures: Figures) -> html.Table:
    """The same facts as a table for readers who do not see the map."""
    rows = [
        html.Tr(
            [
                html.Th(place.name, scope="row"),
                html.Td(
                    figures[code].words if code in figures else "tidak ada data",
                    id=f"map-twin-{code.replace('.', '-')}",
                ),
                html.Td(place.standing.level, id=f"map-twin-level-{code.replace('.', '-')}"),
            ]
        )
        for code, place in places.kecamatan.items()
    ]
    titles = ("Kecamatan", f"{measure.title} {measure.unit}", "Tingkat")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in titles]))
    return html.Table([html.Caption("Peta dalam angka"), head, html.Tbody(rows)], className="unseen")


PANEL = Panel(
    key="map",
    title="Peta kota",
    streams=frozenset({"readings", "cases", "bulletins"}),
    questions=(
        *PLACES,
        Question("case_counts"),
        Question("recent_cases"),
        Question("open_case_points", every=1.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("measure",),
    fit=Fit(width=30, height=22, spare=(".scale",)),
)

"""What the city's own stations measure now: temperature, humidity, wind, and the wettest rain gauges."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.stations import GaugeRain, Measured, gauge_rain, measured
from layouts.formats import NOTHING, number, plain
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.kinds import KINDS

SHOWN = 5
LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_TITLES = {"temperature": "Suhu", "humidity": "Kelembapan", "wind_speed": "Angin"}
_NO_RAIN = 0.5
"""mm in a day below which BMKG's classes know no rain."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the three means with their ends, then the gauges, the wettest first."""
    city = context.city
    means = [measured(rows, city, kind) for kind in _TITLES]
    gauges = gauge_rain(rows, city)
    observed = parts.newest(row["observed_at"] for each in means for row in (each.lowest, each.highest) if row)
    heard = sum(each.day is not None for each in gauges)
    heads = ("Pos hujan terbasah", "1 jam", "24 jam", "Kelas BMKG")
    body = [
        html.Div([_mean(each) for each in means], className="measured-means"),
        html.Div([html.Span(words) for words in heads], className="measured-rain measured-heads"),
        *(_gauge(slot, gauges[slot] if slot < len(gauges) else None) for slot in range(SHOWN)),
    ]
    note = f"{number(heard)} dari {number(len(gauges))} pos hujan melapor"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _mean(each: Measured) -> html.Div:
    kind = KINDS[each.kind]
    return html.Div(
        [
            html.H3(_TITLES[each.kind]),
            html.Span(
                [
                    parts.text(f"weather_measured-{kind.key}", number(each.mean, kind.decimals), "figure"),
                    html.Span(kind.unit, className="unit"),
                ],
                className="line",
            ),
            html.Span([_end(each, "lowest"), " – ", _end(each, "highest")], className="sub"),
            parts.text(
                f"weather_measured-{kind.key}-of", f"{number(each.heard)} dari {number(each.total)} stasiun", "sub"
            ),
        ],
        className="measured-mean",
    )


def _end(each: Measured, end: str) -> html.Span:
    """The lowest or the highest reading, with the marks of a reading."""
    row = each.lowest if end == "lowest" else each.highest
    decimals = KINDS[each.kind].decimals
    marks = {"reading": f"{row['device']}/{each.kind}", "value": plain(row["value"])} if row else {}
    return html.Span(
        number(row["value"] if row else None, decimals),
        id=f"weather_measured-{each.kind}-{end}",
        className="small-value",
        **parts.marked(**({"reading": None, "value": None} | marks)),
    )


def _gauge(slot: int, each: GaugeRain | None) -> html.Div:
    return html.Div(
        [
            parts.link(
                f"weather_measured-gauge-{slot}",
                each.gauge.name if each else NOTHING,
                links.device(each.gauge) if each else None,
                "name",
            ),
            parts.text(f"weather_measured-hour-{slot}", _millimetres(each.hour if each else None)),
            parts.text(f"weather_measured-day-{slot}", _millimetres(each.day if each else None), "small-value"),
            parts.badge(f"weather_measured-class-{slot}", each.rank if each else 0, _class(each)),
        ],
        id=f"weather_measured-rain-{slot}",
        className="measured-rain",
    )


def _millimetres(amount: float | None) -> str:
    return NOTHING if amount is None else f"{number(amount, 1)} mm"


def _class(each: GaugeRain | None) -> str:
    if each is None or each.day is None:
        return "belum ada data"
    return "tanpa hujan" if each.found is None or each.day < _NO_RAIN else each.found.word


PANEL = Panel(
    key="weather_measured",
    title="Terukur sekarang",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("rain_sums", every=5.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="weather",
    every=0.5,
    fit=Fit(
        width=30,
        height=17.5,
        rows=(
            ".measured-mean",
            ".measured-rain:not(.measured-heads)",
        ),
    ),
)

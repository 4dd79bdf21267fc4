"""ISPU of the city and of every station: each pollutant's index, its 24-hour mean and how complete that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.air import AirFinding, air_findings, healthy_limit, pollutants, worst, written
from layouts.findings.ispu_scale import scale_of
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_FLOOR = 60.0
"""µg/m³: one span for all stations, so that their curves compare and the limit shows."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the city's index on the scale, then one row a station in the pack's order."""
    city = context.city
    findings = air_findings(rows, city)
    if not findings:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat stasiun udara."), None, empty=True)
    observed = parts.newest(row["observed_at"] for each in findings for row in each.readings.values())
    limit = healthy_limit(city)
    body = [
        html.Div([*_city(worst(findings)), _scale(findings, city)], className="ispu-city"),
        html.Div(_heads(city, limit), className="ispu-row ispu-heads"),
        *(_row(each, city, limit) for each in findings),
        html.P(_rule(city), className="rest"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note="rerata 24 jam terakhir, µg/m³")


def _city(found: AirFinding | None) -> list[html.Div]:
    figure = NOTHING if found is None else found.words
    where = "menunggu rerata pertama" if found is None else f"di {found.station.name}"
    told = html.Div(
        [
            html.Span("ISPU kota, stasiun terburuk", className="sub"),
            html.Span([_badge("ispu-city-badge", found)], className="line"),
            parts.text("ispu-city-where", where, "name"),
            parts.text("ispu-city-why", "" if found is None else _why(found), "sub"),
        ],
        className="ispu-told",
    )
    whole = found is None or found.complete
    return [html.Div(parts.text("ispu-city", figure, "key" if whole else "key partial")), told]


def _why(found: AirFinding) -> str:
    if found.verdict is None:
        return ""
    mean = found.means[found.verdict.pollutant]
    decimals = KINDS[mean.pollutant].decimals
    return f"{written(mean.pollutant)} {number(mean.mean, decimals)} µg/m³ · {_share(mean.share, whole=found.complete)}"


def _share(share: float, *, whole: bool) -> str:
    return f"{'' if whole else 'belum lengkap, '}data {percent(share * 100)}"


def _badge(ident: str, found: AirFinding | None) -> html.Span:
    verdict = None if found is None else found.verdict
    word = "belum ada rerata" if verdict is None else verdict.category.word
    colour = verdict.category.colour if verdict is not None and found is not None and found.complete else "tanpa"
    return html.Span(word, id=ident, className=f"ispu ispu-{colour}")


def _scale(findings: Sequence[AirFinding], city: City) -> html.Div:
    """The classes of the index side by side, as wide as they are, and every station's place among them."""
    scale, most = scale_of(city), worst(findings)
    chosen = most.verdict.category if most is not None and most.verdict is not None and most.complete else None
    classes = [
        html.Div(
            [html.Span(each.word, className=f"ispu ispu-{each.colour}"), html.Span(each.range, className="sub")],
            id=f"ispu-class-{number_}",
            className="ispu-class now" if chosen is not None and chosen.low == each.low else "ispu-class",
            style={"flexGrow": f"{each.width:g}"},
        )
        for number_, each in enumerate(scale.classes)
    ]
    ticks = [
        html.I(
            id=f"ispu-tick-{each.station.key}",
            className=_tick(each, each is most),
            style={"left": f"{scale.place(each.verdict.index if each.verdict else 0.0):.1f}%"},
            title=f"{each.station.name}: ISPU {each.words}",
        )
        for each in findings
    ]
    key = html.Span("Tiap garis satu stasiun, yang panjang menentukan kota.", className="sub")
    return html.Div([html.Div(classes, className="ispu-classes"), html.Div([*ticks, key], className="ispu-ticks")])


def _tick(finding: AirFinding, worst_of_all: bool) -> str:  # noqa: FBT001 - a plain fact about the finding
    if finding.verdict is None:
        return "tick unseen"
    return f"tick{' most' if worst_of_all else ''}{'' if finding.complete else ' partial'}"


def _heads(city: City, limit: float | None) -> list[html.Span]:
    hourly = "PM2,5 per jam" if limit is None else f"Per jam; garis: {number(limit, 1)}"
    words = ("Stasiun", "ISPU", "Kategori, penentu", *map(written, pollutants(city)), "PM2,5 kini", hourly)
    return [html.Span(each) for each in words]


def _row(finding: AirFinding, city: City, limit: float | None) -> html.Div:
    key, station = finding.station.key, finding.station
    observed = parts.newest(row["observed_at"] for row in finding.readings.values())
    verdict = finding.verdict
    thin = "" if finding.complete else "baru "
    decider = "" if verdict is None else f"{written(verdict.pollutant)} · {thin}{percent(finding.share * 100)} data"
    return html.Div(
        [
            html.Span(html.A(station.name, href=links.device(station)), className="name"),
            parts.text(f"ispu-index-{key}", finding.words, "figure" if finding.complete else "figure partial"),
            html.Div(
                [_badge(f"ispu-badge-{key}", finding), parts.text(f"ispu-decider-{key}", decider, "sub")],
                className="verdict",
            ),
            *_cells(finding, city),
            html.Div(
                [
                    _label("PM2,5 kini"),
                    parts.reading("ispu", finding.readings.get("pm25"), key, "pm25", classes="part"),
                ],
                className="ispu-cell",
            ),
            _trend(finding, limit),
        ],
        id=f"ispu-row-{key}",
        className="row ispu-row",
        **parts.ageing(observed, LATE, STALE),
    )


def _cells(finding: AirFinding, city: City) -> list[html.Div]:
    """A cell a pollutant; what a station does not measure is said once for its neighbours together."""
    cells: list[html.Div] = []
    for measured, group in groupby(pollutants(city), key=lambda each: each in finding.station.kinds):
        found = list(group)
        if measured:
            cells += [_cell(finding, pollutant) for pollutant in found]
        else:
            words = f"{', '.join(map(written, found))} tidak diukur"
            cells.append(html.Div(words, className="sub ispu-none", style={"--span": len(found)}))
    return cells


def _cell(finding: AirFinding, pollutant: str) -> html.Div:
    key, mean = f"{finding.station.key}-{pollutant}", finding.means.get(pollutant)
    if mean is None:
        figure, told, whole = NOTHING, "belum ada", False
    else:
        figure, whole = mean.words, mean.complete
        share = percent(mean.share * 100)
        told = f"{number(mean.mean, KINDS[pollutant].decimals)} · {'' if whole else '◇ '}{share}"
    decides = finding.verdict is not None and finding.verdict.pollutant == pollutant
    return html.Div(
        [
            _label(written(pollutant)),
            parts.text(f"ispu-part-{key}", figure, "part"),
            parts.text(f"ispu-mean-{key}", told, "sub"),
        ],
        id=f"ispu-cell-{key}",
        className=f"ispu-cell{' decides' if decides else ''}{'' if whole else ' partial'}",
    )


def _now(finding: AirFinding) -> html.Div:
    row, key = finding.readings.get("pm25"), finding.station.key
    return html.Div(
        [_label("PM2,5 kini"), parts.reading("ispu", row, key, "pm25", classes="part")], className="ispu-cell"
    )


def _label(words: str) -> html.Span:
    """What the column's head says on a wall: read aloud there, shown where a small screen has no heads."""
    return html.Span(words, className="unseen")


def _trend(finding: AirFinding, limit: float | None) -> html.Img:
    values = [value for value in finding.trend if value is not None]
    said = (
        f"PM2,5 {len(finding.trend)} jam: {number(min(values))} sampai {number(max(values))} µg/m³"
        if values
        else "PM2,5: belum ada data"
    )
    marks = () if limit is None else (Mark(limit, theme.LEVELS[1].colour),)
    src = curve(finding.trend, theme.SKY, marks, floor=_FLOOR)
    return parts.picture(f"ispu-trend-{finding.station.key}", src, said)


def _rule(city: City) -> str:
    least = city.least_shares["ispu"]
    sample = " (contoh: ambang proyek ini)" if least.sample else ""
    return (
        f"Indeks, rerata · data. ◇ di bawah {percent(least.percent)} data, tidak menentukan{sample}. Semua 24 jam "
        "berjalan; resminya PM2,5 tiap jam, lainnya dua kali sehari. P.14/2020 menurut tiga implementasi publik."
    )


PANEL = Panel(
    key="ispu",
    title="Udara: ISPU tujuh pencemar",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("air_day_means", every=10.0), Question("air_trend", every=15.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(width=107, height=28.5, tall=32, spare=(".rest", ".ispu-city > :last-child"), rows=(".row",)),
)

"""All gauges: level on the gauge's own staff, siaga step, how fast it moves and how long to the next worse step."""

from __future__ import annotations

import re
from datetime import timedelta

from babel.dates import format_date

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.rivers import HOUR, STEP, GaugeFinding, by_urgency, gauge_findings, rank_of
from layouts.findings.rivers_words import hours_words, move_words, next_words, siaga_words
from layouts.formats import LOCALE, number, percent, short
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City, Ladder

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_HEADS = (
    "Pos duga air",
    "",
    "Kini",
    "Laju 1 jam",
    "Status",
    "Ke tingkat berikutnya",
    "Ambang 3 · 2 · 1, cm",
)
_CITED = re.compile(r" \([^)]*\)")
"""What a source cites; in full it is told to whoever points at a row's thresholds."""
_SOURCE = 86
"""Characters of the thresholds' source that fit in one line."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the gauges upstream, then the city's, worst first."""
    found = by_urgency(gauge_findings(rows, context.city))
    if not found:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat pos duga air."), None, empty=True)
    found.sort(key=lambda each: not each.gauge.upstream)
    observed = parts.newest(each.row["observed_at"] for each in found if each.row)
    body = [
        html.Div(
            [html.Span(words or f"{context.city.curves.rivers} jam terakhir") for words in _HEADS],
            className="gauge-row gauge-heads",
        ),
        *(_row(each, context.city) for each in found),
        html.P(_source(found), className="rest"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_note(found))


def _note(found: list[GaugeFinding]) -> str:
    heard = sum(each.row is not None for each in found)
    return f"angka siaga lebih kecil = lebih parah · {heard} dari {len(found)} pos melapor"


def _row(each: GaugeFinding, city: City) -> html.Div:
    gauge, key = each.gauge, each.gauge.key
    return html.Div(
        [
            html.Div(
                [
                    html.Span(html.A(_name(each), href=links.device(gauge)), className="name"),
                    html.Span(_where(each, city), className="sub"),
                ],
                className="who",
            ),
            _trend(each),
            html.Div(
                [
                    parts.reading("gauges", each.row, key, "water_level", classes="figure"),
                    html.Span(" cm", className="unit"),
                ],
                className="level",
            ),
            _two(f"gauges-move-{key}", move_words(each), f"gauges-heard-{key}", _heard(each)),
            parts.badge(f"gauges-badge-{key}", each.rank, siaga_words(each)),
            _two(f"gauges-next-{key}", next_words(each), f"gauges-hours-{key}", hours_words(each)),
            html.Div(
                _ladder(gauge.ladder),
                className="verdict gauge-steps",
                title=gauge.ladder.source if gauge.ladder else "tanpa ambang",
            ),
        ],
        id=f"gauges-row-{key}",
        className=f"row gauge-row{' gauge-upstream' if gauge.upstream else ''}",
        **parts.ageing(each.row["observed_at"] if each.row else None, LATE, STALE),
    )


def _two(first: str, words: str, second: str, more: str) -> html.Div:
    return html.Div([parts.text(first, words), parts.text(second, more, "sub")], className="verdict")


def _name(each: GaugeFinding) -> str:
    return f"{each.gauge.name} · hulu" if each.gauge.upstream else each.gauge.name


def _where(each: GaugeFinding, city: City) -> str:
    gauge = each.gauge
    district = "di luar kota" if gauge.district is None else city.districts[gauge.district].name
    return f"{gauge.river} · {district}" if gauge.river else district


def _trend(each: GaugeFinding) -> html.Img:
    values = [value for value in each.trend if value is not None]
    hours = int(len(each.trend) * STEP / HOUR)
    said = f"{hours} jam: {number(min(values))} sampai {number(max(values))} cm" if values else "Belum ada data"
    steps = () if each.gauge.ladder is None else each.gauge.ladder.steps
    marks = [Mark(step.threshold, theme.level(rank_of(step.level)).colour) for step in steps if rank_of(step.level)]
    return parts.picture(f"gauges-trend-{each.gauge.key}", curve(each.trend, theme.SKY, marks, floor=40.0), said)


def _heard(each: GaugeFinding) -> str:
    if each.heard is None:
        return "belum ada data"
    return f"data {percent(100 * each.heard)}"


def _ladder(ladder: Ladder | None) -> list[html.Span]:
    if ladder is None:
        return [html.Span("tanpa ambang", className="sub")]
    raised = " · ".join(number(step.threshold) for step in ladder.steps if rank_of(step.level))
    since = f"{'contoh, ' if ladder.sample else ''}sejak {format_date(ladder.valid_from, 'd MMM y', locale=LOCALE)}"
    return [html.Span(raised), html.Span(since, className="sub")]


def _source(found: list[GaugeFinding]) -> str:
    ladders = [each.gauge.ladder for each in found if each.gauge.ladder and not each.gauge.upstream]
    datums = ", ".join(dict.fromkeys(ladder.datum for ladder in ladders))
    sources = " · ".join(dict.fromkeys(_CITED.sub("", ladder.source) for ladder in ladders))
    return f"Datum: {datums}. Ambang tiap pos berbeda; {short(sources, _SOURCE)}" if ladders else ""


PANEL = Panel(
    key="gauges",
    title="Pos duga air",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("gauge_trend", every=30.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.25,
    fit=Fit(width=78, height=28, spare=(".rest",), rows=(".row",)),
    warns=True,
)

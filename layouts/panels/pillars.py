"""The six pillars, each with its indicators: value against target, score around 1, and on how much data it rests."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.scores import LEAD, QUESTIONS, STREAMS, GroupScore, IndicatorScore, scores_of
from layouts.findings.standing import SHORT, badge, coverage, judged
from layouts.formats import number, plain
from layouts.panel import Context, Fit, Panel, Rows
from sensors.city import Indicator, Scoring

LATE, STALE = timedelta(hours=3), timedelta(hours=26)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one block a pillar, in the pack's order."""
    found = scores_of(rows, context.city, context.now)
    note = f"{LEAD.words} terakhir · garis tegak pada batang = target · contoh = target belum resmi"
    body = [_pillar(each, found.scoring) for each in found.pillars]
    return parts.frame(PANEL, body, found.newest, empty=found.newest is None, note=note)


def _pillar(each: GroupScore, scoring: Scoring) -> html.Div:
    key, scored = each.group.key, each.scored[LEAD]
    return html.Div(
        [
            html.H3(
                [
                    html.Span(each.group.name, className="name"),
                    html.Span(each.group.word, className="sub"),
                    parts.text(f"pillars-coverage-{key}", coverage(scored), "sub pillar-coverage"),
                    badge(f"pillars-badge-{key}", each.standings[LEAD]),
                    parts.text(f"pillars-score-{key}", number(scored.score, 2), judged(each.standings[LEAD])),
                ],
                className="pillar-head",
            ),
            *(_row(member, scoring) for member in each.members),
        ],
        id=f"pillars-pillar-{key}",
        className="pillar",
        **parts.marked(pillar=key, value=plain(scored.score), coverage=plain(scored.coverage)),
    )


def _row(each: IndicatorScore, scoring: Scoring) -> html.Div:
    indicator, measured, scored = each.indicator, each.measured[LEAD], each.scored[LEAD]
    key, figure = indicator.key, f"small-value {judged(each.standing)}"
    return html.Div(
        [
            html.Div(
                [html.Span(indicator.name, className="name"), html.Span(_source(indicator), className="sub")],
                className="who",
            ),
            html.Div(
                [
                    html.Span(
                        [
                            parts.text(
                                f"pillars-value-{key}", number(measured.value, indicator.decimals), "small-value"
                            ),
                            html.Span(f" {indicator.unit}", className="unit"),
                        ]
                    ),
                    html.Span(_target(indicator), className="sub"),
                ],
                className="score-value",
            ),
            html.Div(
                [
                    html.Span(
                        [
                            parts.text(f"pillars-figure-{key}", number(scored.score, 2), figure),
                            badge(f"pillars-standing-{key}", each.standing, SHORT),
                        ],
                        className="line",
                    ),
                    html.Span(
                        [
                            _bar(key, scored.score, scoring),
                            parts.text(f"pillars-data-{key}", coverage(scored), "sub"),
                        ],
                        className="line",
                    ),
                ],
                className="score-verdict",
            ),
        ],
        id=f"pillars-row-{key}",
        className="score-row",
        **parts.marked(
            indicator=key,
            value=plain(measured.value),
            target=plain(indicator.target),
            coverage=plain(measured.coverage),
        ),
    )


def _bar(key: str, score: float | None, scoring: Scoring) -> html.Span:
    """The score from zero to the cap; a line stands at 1."""
    full = (score or 0.0) / scoring.cap * 100
    return html.Span(
        [
            html.Span(id=f"pillars-bar-{key}", className="bar", style={"width": f"{full:.0f}%"}),
            html.Span(className="score-target", style={"left": f"{100 / scoring.cap:.1f}%"}),
        ],
        className="track",
    )


def _target(indicator: Indicator) -> str:
    target = number(indicator.target, _places(indicator.target))
    if indicator.better == "within":
        return f"target {target} ± {number(indicator.tolerance, _places(indicator.tolerance))}"
    return f"target {'≥' if indicator.better == 'more' else '≤'} {target}"


def _places(value: float) -> int:
    """As many decimals as the pack gives the figure, at most two."""
    return next((places for places in (0, 1) if round(value, places) == value), 2)


def _source(indicator: Indicator) -> str:
    return f"{'contoh · ' if indicator.sample else ''}{indicator.basis}"


PANEL = Panel(
    key="pillars",
    title="Enam pilar",
    streams=STREAMS,
    questions=QUESTIONS,
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=30.0,
    fit=Fit(width=117, height=38.5, rows=(".pillar", ".score-row")),
)

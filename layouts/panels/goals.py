"""The LIVE goals: the week's score large, beside it the last 24 hours and the month, and what holds it back."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.ledger import DAY, SPANS, Span
from layouts.findings.scores import LEAD, QUESTIONS, STREAMS, GroupScore, scores_of
from layouts.findings.standing import badge, coverage, judged
from layouts.formats import NOTHING, number, plain
from layouts.panel import Context, Fit, Panel, Rows

LATE, STALE = timedelta(hours=3), timedelta(hours=26)
STEADY = 0.005
"""A smaller difference is not seen in two decimals."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one column a goal, in the pack's order."""
    found = scores_of(rows, context.city, context.now)
    scoring = found.scoring
    sample = " · bobot dan batas: contoh" if scoring.sample else ""
    note = f"{scoring.formula}, paling tinggi {number(scoring.cap, 1)}{sample}"
    body = [_goal(each) for each in found.goals]
    return parts.frame(PANEL, body, found.newest, empty=found.newest is None, note=note)


def _goal(each: GroupScore) -> html.Div:
    key, scored, standing = each.group.key, each.scored[LEAD], each.standings[LEAD]
    return html.Div(
        [
            html.H3([html.Span(each.group.name), html.Span(each.group.word, className="sub")]),
            html.Div(
                [
                    parts.text(
                        f"goals-score-{key}", number(scored.score, 2), f"goal-figure {judged(each.standings[LEAD])}"
                    ),
                    html.Div(
                        [
                            badge(f"goals-badge-{key}", standing),
                            parts.text(f"goals-trend-{key}", _trend(each), "sub"),
                        ],
                        className="goal-verdict",
                    ),
                ],
                className="goal-now",
            ),
            html.Div([_span(each, span) for span in SPANS], className="goal-spans"),
            html.Div(
                [
                    parts.text(f"goals-missed-{key}", _missed(each)),
                    parts.text(f"goals-weakest-{key}", _weakest(each), "goal-weakest"),
                ],
                className="goal-why",
            ),
        ],
        id=f"goals-goal-{key}",
        className="goal",
        **parts.marked(goal=key, value=plain(scored.score), coverage=plain(scored.coverage)),
    )


def _span(each: GroupScore, span: Span) -> html.Div:
    ident, standing = f"{each.group.key}-{span.days}", each.standings[span]
    return html.Div(
        [
            html.Span(span.words, className="sub"),
            parts.text(f"goals-span-{ident}", number(each.scored[span].score, 2), f"span-figure {judged(standing)}"),
            parts.text(f"goals-coverage-{ident}", coverage(each.scored[span], standing), "sub"),
        ],
        className="goal-span",
    )


def _trend(each: GroupScore) -> str:
    now, week = each.scored[DAY].score, each.scored[LEAD].score
    if now is None or week is None:
        return ""
    if abs(now - week) < STEADY:
        return "→ tetap dalam 24 jam"
    return f"{'↑' if now > week else '↓'} {number(now - week, 2, sign=True)} dalam 24 jam"


def _missed(each: GroupScore) -> str:
    if each.scored[LEAD].score is None:
        return ""
    judged = sum(member.standing in {"met", "near", "below"} for member in each.members)
    unjudged = len(each.members) - judged
    silent = f" · {number(unjudged)} data kurang" if unjudged else ""
    return f"{number(judged - each.missed)} dari {number(len(each.members))} indikator sesuai target{silent}"


def _weakest(each: GroupScore) -> str:
    weakest = each.weakest
    if weakest is None:
        return "tidak ada yang tertinggal" if each.scored[LEAD].score is not None else ""
    score = weakest.scored[LEAD].score
    return f"terendah: {weakest.indicator.name} {number(score, 2) if score is not None else NOTHING}"


PANEL = Panel(
    key="goals",
    title="Tujuan LIVE",
    streams=STREAMS,
    questions=QUESTIONS,
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=30.0,
    fit=Fit(width=103, height=17.5, tall=34, spare=(".goal-spans", ".goal-why"), rows=(".goal",)),
)

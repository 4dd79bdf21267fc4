"""The city's goals and pillars as scores over a day, a week and a month, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.ledger import SPANS, WEEK, Span, ledger_of, newest_of
from layouts.findings.measured import Measured, measure
from layouts.panel import Question, Rows
from sensors.city import City, Indicator, ScoreGroup, Scoring
from sensors.judge.score import Scored, Standing, judge_group, judge_indicator, standing_of

LEAD = WEEK
"""The span by which things are judged: a week has its working days and its weekend, one day has not."""


NOT_DUE = Scored(None, 0.0, 0.0)
"""Of no weight: neither the score nor the coverage of its group knows of it."""


STREAMS = frozenset({"readings", "cases", "prices"})
QUESTIONS = tuple(
    Question(name, every=60.0) for name in ("score_hours", "score_days", "score_cases", "score_response", "price_days")
)
"""What every panel of scores asks."""


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator: what was measured and how it scores, by span."""

    indicator: Indicator
    measured: Mapping[Span, Measured]
    scored: Mapping[Span, Scored]
    standing: Standing


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A goal or a pillar: its members in the pack's order, its score and how it stands by span."""

    group: ScoreGroup
    members: tuple[IndicatorScore, ...]
    scored: Mapping[Span, Scored]
    standings: Mapping[Span, Standing]

    @property
    def weakest(self) -> IndicatorScore | None:
        """The member that misses its target by most, or None where each that may be judged has reached it."""
        missing = [each for each in self.members if each.standing in {"near", "below"}]
        return min(missing, key=lambda each: each.scored[LEAD].score or 0.0, default=None)

    @property
    def missed(self) -> int:
        """How many members are below or only close to their target."""
        return sum(each.standing in {"near", "below"} for each in self.members)


@dataclass(frozen=True, slots=True)
class Scores:
    """All goals and pillars, and until when the data reach; None while nothing was heard."""

    scoring: Scoring
    goals: tuple[GroupScore, ...]
    pillars: tuple[GroupScore, ...]
    newest: datetime | None


def scores_of(rows: Rows, city: City, now: datetime) -> Scores:
    """Score every indicator that holds today."""
    ledger, card = ledger_of(rows, city, now), city.scorecard
    found = tuple(
        _indicator(indicator, {span: measure(ledger, indicator, span) for span in SPANS}, card.scoring)
        for indicator in card.on(ledger.today)
    )
    return Scores(
        scoring=card.scoring,
        goals=tuple(_group(each, (m for m in found if m.indicator.goal == key), card.scoring)
                    for key, each in card.goals.items()),
        pillars=tuple(_group(each, (m for m in found if m.indicator.pillar == key), card.scoring)
                      for key, each in card.pillars.items()),
        newest=newest_of(rows, city),
    )  # fmt: skip


def _indicator(indicator: Indicator, measured: Mapping[Span, Measured], scoring: Scoring) -> IndicatorScore:
    scored = {
        span: judge_indicator(each.value, each.coverage, indicator, scoring) if each.due else NOT_DUE
        for span, each in measured.items()
    }
    return IndicatorScore(indicator, measured, scored, standing_of(scored[LEAD], scoring))


def _group(group: ScoreGroup, members: Iterable[IndicatorScore], scoring: Scoring) -> GroupScore:
    every = tuple(members)
    scored = {span: judge_group(each.scored[span] for each in every) for span in SPANS}
    return GroupScore(group, every, scored, {span: standing_of(each, scoring) for span, each in scored.items()})

"""Scores against targets: the formula at its edges, the weights of a group, and what missing data do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sensors.city import Indicator, Scoring
from sensors.judge.score import Scored, Standing, judge_group, judge_indicator, standing_of

SCORING = Scoring("Skor", "nilai ÷ target", 1.5, 0.9, 0.5, date(2026, 1, 1), "contoh", sample=True)
MORE = Indicator(
    key="a", name="A", goal="g", pillar="p", measure="reading-mean", of=("pm25",), better="more", target=100,
    tolerance=0, unit="%", decimals=0, weight=2, hours=24, valid_from=date(2026, 1, 1), basis="contoh", source="contoh",
    sample=True,
)  # fmt: skip
LESS = replace(MORE, better="less", target=15)
CORRIDOR = replace(MORE, better="within", target=2.5, tolerance=1)


@pytest.mark.parametrize(
    ("indicator", "value", "score"),
    [
        (MORE, 100, 1.0),
        (MORE, 95, 0.95),
        (MORE, 0, 0.0),
        (MORE, -5, 0.0),
        (MORE, 149.9, 1.499),
        (MORE, 150, 1.5),
        (MORE, 900, 1.5),
        (replace(MORE, target=0), 0, 1.0),
        (replace(MORE, target=0), 1, 1.5),
        (replace(MORE, target=0), -1, 0.0),
        # Yearly means of the city's fire brigade against the norm of 15 minutes: 2019 and 2023.
        (LESS, 14.91, 15 / 14.91),
        (LESS, 12.37, 15 / 12.37),
        (LESS, 15, 1.0),
        (LESS, 30, 0.5),
        (LESS, 10, 1.5),
        (LESS, 1e-300, 1.5),
        (LESS, 0, 1.5),
        (LESS, -1, 1.5),
        (replace(LESS, target=0), 0, 1.0),
        (replace(LESS, target=0), 3, 0.0),
        # Inflation of the city against 2.5 ± 1 %: October 2025, both edges, January 2026 and a fall of prices.
        (CORRIDOR, 2.54, 1.0),
        (CORRIDOR, 3.5, 1.0),
        (CORRIDOR, 1.5, 1.0),
        (CORRIDOR, 3.52, 1 / 1.02),
        (CORRIDOR, 0.5, 0.5),
        (CORRIDOR, -1.5, 0.25),
    ],
)
def test_a_score_is_the_share_of_the_target_reached(indicator: Indicator, value: float, score: float) -> None:
    found = judge_indicator(value, 0.8, indicator, SCORING)
    assert found == Scored(pytest.approx(score), 0.8, 2)  # type: ignore[arg-type]


def test_without_a_value_there_is_no_score_and_nothing_is_covered() -> None:
    assert judge_indicator(None, 0.8, MORE, SCORING) == Scored(None, 0.0, 2)


@pytest.mark.parametrize(("given", "kept"), [(-0.2, 0.0), (0.0, 0.0), (1.0, 1.0), (1.7, 1.0)])
def test_no_more_than_all_is_covered(given: float, kept: float) -> None:
    assert judge_indicator(1, given, MORE, SCORING).coverage == kept


@pytest.mark.parametrize(
    ("members", "score", "coverage"),
    [
        ([], None, 0.0),
        ([Scored(None, 0.0, 3)], None, 0.0),
        ([Scored(1.0, 1.0, 1), Scored(0.5, 1.0, 1)], 0.75, 1.0),
        ([Scored(1.0, 1.0, 3), Scored(0.5, 0.6, 1)], 0.875, 0.9),
        # A feed that is silent takes its weight out of the score and leaves it in the coverage.
        ([Scored(1.0, 1.0, 1), Scored(None, 0.0, 1)], 1.0, 0.5),
        ([Scored(0.8, 1.0, 1), Scored(None, 0.0, 3)], 0.8, 0.25),
    ],
)
def test_a_group_is_the_weighted_mean_of_what_has_data(
    members: list[Scored], score: float | None, coverage: float
) -> None:
    found = judge_group(members)
    assert found.score == (None if score is None else pytest.approx(score))
    assert found.coverage == pytest.approx(coverage)


@pytest.mark.parametrize(
    ("score", "coverage", "standing"),
    [
        (1.0, 1.0, "met"),
        (1.2, 0.5, "met"),
        (0.996, 1.0, "met"),  # written 1,00
        (0.994, 1.0, "near"),
        (0.9, 1.0, "near"),
        (0.89, 1.0, "below"),
        (0.0, 1.0, "below"),
        (1.2, 0.49, "thin"),
        (0.1, 0.49, "thin"),
        (None, 0.0, "none"),
        (None, 1.0, "none"),
    ],
)
def test_a_score_stands_by_its_bounds_and_only_on_enough_data(
    score: float | None, coverage: float, standing: Standing
) -> None:
    assert standing_of(Scored(score, coverage), SCORING) == standing

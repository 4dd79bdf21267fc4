"""Siaga levels from a gauge's ladder."""

from datetime import date

import pytest

from sensors.city import Ladder, Step
from sensors.judge.siaga import hours_to_next, judge_siaga

LADDER = Ladder(
    datum="papan duga",
    unit="cm",
    steps=(Step(4, "Normal", 0), Step(3, "Waspada", 150), Step(2, "Siaga", 200), Step(1, "Awas", 250)),
    valid_from=date(2026, 1, 1),
    source="contoh",
    sample=True,
)


@pytest.mark.parametrize(
    ("value", "level", "to_next"),
    [
        (-20, 4, 170),
        (0, 4, 150),
        (149.9, 4, 0.1),
        (150, 3, 50),
        (199, 3, 1),
        (200, 2, 50),
        (250, 1, None),
        (900, 1, None),
    ],
)
def test_a_threshold_counts_as_reached(value: float, level: int, to_next: float | None) -> None:
    found = judge_siaga(value, LADDER)
    assert found.level == level
    assert found.to_next == (None if to_next is None else pytest.approx(to_next))
    assert (found.next_step is None) == (to_next is None)


@pytest.mark.parametrize(("value", "rise", "hours"), [(180, 10, 2.0), (180, 0, None), (180, -5, None), (260, 10, None)])
def test_the_time_to_the_next_step(value: float, rise: float, hours: float | None) -> None:
    assert hours_to_next(judge_siaga(value, LADDER), rise) == hours

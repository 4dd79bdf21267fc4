"""A service's summary adds up or it does not: the city's own published figures of LAKSA."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from sensors.judge.totals import judge_totals
from sensors.pack.totals import PARTS, TOTAL

AT = datetime(2026, 11, 21, 7, tzinfo=UTC)


def figures(*values: float) -> dict[str, tuple[float, datetime]]:
    return {kind: (value, AT) for kind, value in zip((TOTAL, *PARTS), values, strict=True)}


@pytest.mark.parametrize(
    ("published", "difference"),
    [
        ((14_012, 13_421, 20, 571), 0),  # 2024, linimassa
        ((3_986, 3_824, 27, 175), -40),  # 1 January to 14 April 2025, rmolbanten, tribuntangerang
        ((12_080, 11_668, 19, 193), 200),  # 1 January to 15 December 2025, Antara
        ((5_761, 2_447, 3_165, 158), -9),  # calls of Kab. Tangerang, January and February 2025, portalmca
        ((0, 0, 0, 0), 0),
        ((1, 0, 0, 0), 1),
    ],
)
def test_the_difference_is_what_has_no_state(published: tuple[float, ...], difference: int) -> None:
    judged = judge_totals(figures(*published))
    assert judged is not None
    assert (judged.difference, judged.fits, judged.observed_at) == (difference, difference == 0, AT)
    assert judged.total == published[0]
    assert judged.parts == sum(published[1:])


@pytest.mark.parametrize("kind", [TOTAL, *PARTS])
def test_without_all_four_of_one_instant_nothing_is_judged(kind: str) -> None:
    whole = figures(14_012, 13_421, 20, 571)
    assert judge_totals({name: value for name, value in whole.items() if name != kind}) is None
    assert judge_totals({**whole, kind: (whole[kind][0], AT - timedelta(seconds=1))}) is None
    for odd in (math.nan, math.inf):
        assert judge_totals({**whole, kind: (odd, AT)}) is None
    assert judge_totals({}) is None

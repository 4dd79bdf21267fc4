"""A day is as complete as its hours: each counts alike, and none more than once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sensors.city import load_city
from sensors.judge.completeness import share_heard

MINUTE, FIVE, HOUR = timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1)


@pytest.mark.parametrize(
    ("counts", "interval", "share"),
    [
        ([60] * 24, MINUTE, 1.0), ([12] * 24, FIVE, 1.0), ([1] * 24, HOUR, 1.0), ([], MINUTE, 0.0),
        ([60] * 18, MINUTE, 0.75), ([45] * 24, MINUTE, 0.75), ([24] * 24, MINUTE, 0.4),
        # ten times as often in six hours is still six hours, though 3 600 readings are more than a day's 1 440
        ([600] * 6, MINUTE, 0.25), ([61, *[60] * 23], MINUTE, 1.0),
    ],
)  # fmt: skip
def test_the_share_of_a_day(counts: list[int], interval: timedelta, share: float) -> None:
    assert share_heard(counts, interval) == pytest.approx(share)


def test_the_least_share_is_the_projects_own_and_says_so() -> None:
    shares = load_city("tangerang").least_shares
    assert set(shares) == {"ispu", "noise", "pace", "prices", "waste"}
    for least in shares.values():
        assert least.sample
        assert "proyek ini sendiri" in least.source
        share = least.percent / 100
        assert (least.met_by(share), least.met_by(share - 0.001)) == (True, False)

"""Which moment an address names, and which it may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.moments import Moment, MomentError, is_canonical, longest_ago, moment_of
from tests.pack import CITY

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
AT = datetime(2026, 11, 20, 16, 15, tzinfo=UTC)
SINCE = longest_ago(CITY, NOW)


def found(**query: str) -> Moment:
    moment = moment_of(CITY, query, NOW, SINCE)
    assert moment is not None
    return moment


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-20T23:15:00+07:00",
        "2026-11-20T23:15:00 07:00",  # a plus sign as nobody writes it in an address
        "2026-11-20T23:15:00.000 07:00",
        "2026-11-20T16:15:00Z",
        "2026-11-20T23:15",  # as a form of a browser sends it: the city's time
        "2026-11-20 23:15",
    ],
)
def test_one_moment_is_named_in_many_ways(said: str) -> None:
    assert found(at=said).at == AT
    assert found(at=said).query == {"at": "2026-11-20T23:15:00+07:00", "speed": "0"}


def test_hours_ago_are_a_moment_of_now_that_is_led_on_to() -> None:
    assert found(at="-6h").at == NOW - timedelta(hours=6)
    assert not is_canonical({"at": "-6h"}, found(at="-6h"))
    assert is_canonical(found(at="-6h").query, found(at="-6h"))


def test_an_address_without_a_moment_is_live() -> None:
    assert moment_of(CITY, {}, NOW, SINCE) is None
    assert moment_of(CITY, {"at": "", "speed": "60"}, NOW, SINCE) is None


def test_a_moment_stands_still_unless_the_address_or_the_page_says_otherwise() -> None:
    assert found(at="-1h").speed == 0
    assert found(at="-1h", speed="600").speed == 600
    assert moment_of(CITY, {"at": "-1h"}, NOW, SINCE, usual=1) == Moment(found(at="-1h").at, 1, SINCE)
    assert moment_of(CITY, {"at": "-1h", "speed": "0"}, NOW, SINCE, usual=1) == found(at="-1h")


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ({"at": "kemarin"}, "at", "bukan waktu"),
        ({"at": "2026-13-40T00:00+07:00"}, "at", "bukan waktu"),
        ({"at": "0001-01-01T00:00:00+23:59"}, "at", "bukan waktu"),
        ({"at": "2026-11-21T07:00:01Z"}, "at", "belum terjadi"),
        ({"at": "2020-01-01T00:00:00Z"}, "at", "terlalu lama; data ada sejak"),
        ({"at": "-9999h"}, "at", "terlalu lama"),
        ({"at": "-1h", "speed": "3"}, "speed", "tidak ada; ada 0, 1, 10, 60, 600"),
    ],
)
def test_a_moment_that_cannot_be_shown_is_refused_by_name(query: dict[str, str], name: str, reason: str) -> None:
    with pytest.raises(MomentError) as caught:
        moment_of(CITY, query, NOW, SINCE)
    assert caught.value.name == name
    assert reason in caught.value.words


def test_the_earliest_moment_can_be_shown_and_none_before_it() -> None:
    assert found(at=SINCE.isoformat()).at == SINCE
    assert timedelta(days=CITY.replay_days) == NOW - SINCE
    with pytest.raises(MomentError):
        found(at=(SINCE - timedelta(seconds=1)).isoformat())

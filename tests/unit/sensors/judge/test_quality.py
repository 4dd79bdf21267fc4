"""A value is doubted when it leaps, stands still or disagrees with its neighbours, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sensors.city import City, CityError, load_city
from sensors.judge.quality import LEAP, LEAST_READINGS, NEIGHBOURS, STUCK, QualityJudge
from sensors.pack.quality import COLUMNS, QualityRule, read_quality

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NONE = QualityRule("pm25", None, None, None, None, date(2026, 1, 1), "x", True)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def judge(city: City, **rule: object) -> QualityJudge:
    return QualityJudge({"pm25": replace(NONE, **rule)}, city.devices)  # type: ignore[arg-type]


def test_a_leap_is_a_change_faster_than_a_minute_allows(city: City) -> None:
    made = judge(city, most_per_minute=50.0)
    told = [
        made.judge("a", "pm25", at(m), v) for m, v in ((0, 20), (1, 70), (2, 121), (2.1, 20), (12.1, 500), (13, 20))
    ]
    assert told == [(), (), (LEAP,), (LEAP,), (), (LEAP,)]


def test_the_very_same_value_is_stuck_only_after_its_time_and_often_enough(city: City) -> None:
    made = judge(city, stuck_after=timedelta(minutes=10))
    assert [made.judge("a", "pm25", at(m), 20) for m in range(12)] == [()] * 10 + [(STUCK,)] * 2
    assert made.judge("a", "pm25", at(13), 20.1) == ()
    seldom = judge(city, stuck_after=timedelta(minutes=10))
    told = [seldom.judge("a", "pm25", at(60 * m), 20) for m in range(LEAST_READINGS)]
    assert told == [()] * (LEAST_READINGS - 1) + [(STUCK,)]


def test_neighbours_disagree_while_enough_of_them_are_fresh(city: City) -> None:
    made = judge(city, neighbour_km=100.0, neighbour_difference=30.0)
    one, two, three = [key for key, device in city.devices.items() if "pm25" in device.kinds][:3]
    assert [made.judge(key, "pm25", at(0), 20) for key in (one, two, three)] == [()] * 3
    assert made.judge(one, "pm25", at(1), 51) == (NEIGHBOURS,)
    assert made.judge(one, "pm25", at(2), 49) == ()
    assert made.judge(one, "pm25", at(60), 300) == ()  # the others have been silent for long
    assert made.judge("unplaced", "pm25", at(1), 300) == ()


def test_what_comes_late_or_again_is_not_judged(city: City) -> None:
    made = judge(city, most_per_minute=1.0)
    told = [made.judge("a", "pm25", at(m), v) for m, v in ((5, 20), (4, 900), (5, 900), (6, 20.5))]
    assert told == [()] * 4


def test_a_kind_without_a_rule_is_never_doubted(city: City) -> None:
    made = judge(city, most_per_minute=1.0)
    assert [made.judge("a", "rain", at(m), v) for m, v in ((0, 0), (1, 300))] == [(), ()]


LINE = "pm25,150,180,6,80,2026-11-01,x,true\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE.replace("pm25", "pm3"), "column 'kind': found 'pm3'"),
        (LINE + LINE, "quality.csv:3: column 'kind': found 'pm25', expected a key that no earlier entry has"),
        (LINE.replace(",150,", ",0,"), "column 'most_per_minute': found '0'"),
        (LINE.replace(",6,80,", ",6,,"), "column 'neighbour_difference': found '', expected a number where"),
        (LINE.replace(",6,80,", ",,80,"), "column 'neighbour_difference': found '80', expected a number where"),
        (LINE.replace(",180,", ",0,"), "column 'stuck_minutes': found '0'"),
        (LINE.replace(",x,", ",,"), "column 'source': found ''"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "quality.csv").write_text(",".join(COLUMNS) + "\n" + line)
    with pytest.raises(CityError) as told:
        read_quality(tmp_path / "quality.csv")
    assert said in str(told.value)


def test_a_pack_without_the_file_doubts_nothing(tmp_path: Path) -> None:
    assert read_quality(tmp_path / "quality.csv") == {}

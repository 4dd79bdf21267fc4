"""Noise by KEP-48: Lsm from hours, night counts with 5 dB more."""

from __future__ import annotations

import pytest

from sensors.city import City, load_city
from sensors.judge.noise import combined_level, judge_noise, mean_level


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def hours(day: float, night: float) -> dict[int, float]:
    return {hour: day if 6 <= hour < 22 else night for hour in range(24)}


@pytest.mark.parametrize(
    ("day", "night", "level"),
    [
        # night 5 dB quieter is weighed up exactly
        (55, 50, 55.0), (70, 65, 70.0),
        # the same level all day: 10 log((16 + 8·3.1623)/24) = 10 log 1.72076 = 2.357 dB more
        (55, 55, 57.357), (60, 60, 62.357),
        # a silent night: 10 log(16/24) = 1.761 dB less
        (60, 0, 58.239),
    ],
)  # fmt: skip
def test_day_and_night_make_one_level(day: float, night: float, level: float) -> None:
    assert combined_level(day, night) == pytest.approx(level, abs=0.001)


def test_levels_are_averaged_by_energy() -> None:
    assert mean_level([60, 60]) == pytest.approx(60)
    assert mean_level([60, 70]) == pytest.approx(67.404, abs=0.001)  # 10 log(11/2 · 10^6)


@pytest.mark.parametrize(
    ("zone", "level", "over", "exceeded"),
    [
        ("perumahan", 55, 0, False), ("perumahan", 58, 3, False), ("perumahan", 58.1, 3.1, True),
        ("industri", 70, 0, False), ("industri", 74, 4, True), ("rth", 55, 5, True),
        ("pemerintahan", 50, -10, False),
    ],
)  # fmt: skip
def test_a_zone_has_its_own_level(city: City, zone: str, level: float, over: float, *, exceeded: bool) -> None:
    found = judge_noise(hours(level, level - 5), city.noise_limits[zone])
    assert found is not None
    assert (found.over, found.share) == (pytest.approx(over), 1)
    assert (found.day, found.night) == (pytest.approx(level), pytest.approx(level - 5))
    assert found.exceeded is exceeded


def test_six_and_twenty_two_part_day_from_night(city: City) -> None:
    limit = city.noise_limits["perumahan"]
    loud_at = {hour: judge_noise({**hours(50, 45), hour: 80.0}, limit) for hour in (5, 6, 21, 22)}
    levels = {hour: found.level for hour, found in loud_at.items() if found is not None}
    assert levels[6] == pytest.approx(levels[21])
    assert levels[5] == pytest.approx(levels[22])
    assert levels[5] > levels[6] + 4


def test_hours_not_heard_lower_the_share_and_half_a_day_gives_no_level(city: City) -> None:
    limit = city.noise_limits["perumahan"]
    found = judge_noise({7: 55.0, 8: 55.0, 23: 50.0}, limit)
    assert found is not None
    assert (found.level, found.share) == (pytest.approx(55), 3 / 24)
    assert judge_noise(dict.fromkeys(range(6, 22), 55.0), limit) is None
    assert judge_noise({}, limit) is None

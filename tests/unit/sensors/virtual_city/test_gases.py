"""Gases live by the day: ozone by the sun, exhaust by traffic, and rain washes what dissolves."""

from __future__ import annotations

import statistics

import pytest

from sensors.judge.ispu import judge_ispu
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.models.gases import MODELS
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld

STATION = "air-tanah-tinggi"


def _mean(world: World, kind: str, hours: list[float]) -> float:
    device = world.city.devices[STATION]
    return statistics.mean(world.value(device, kind, MONDAY + hour * HOUR, 300) for hour in hours)


def test_ozone_peaks_past_noon_and_exhaust_in_the_rush_hours(make_world: MakeWorld) -> None:
    world = make_world("calm")
    night, rush, noon = [2.0, 3.0, 4.0], [7.0, 7.5, 8.0], [12.5, 13.0, 13.5]
    assert _mean(world, "o3", noon) > 3 * _mean(world, "o3", rush)
    for gas in ("no2", "co"):
        assert _mean(world, gas, rush) > 1.2 * _mean(world, gas, night)


@pytest.mark.parametrize("gas", MODELS)
def test_a_usual_day_of_a_gas_is_no_worse_than_moderate(make_world: MakeWorld, gas: str) -> None:
    world = make_world("calm", begins=MONDAY - 30 * DAY)
    found = judge_ispu(
        {gas: _mean(world, gas, [h / 2 for h in range(48)])}, world.city.ispu, world.city.ispu_categories
    )
    assert found is not None
    assert 3 < found.index < 75


def test_rain_washes_sulphur_dioxide_and_smog_holds_everything(make_world: MakeWorld) -> None:
    hours = [1.0, 1.5, 2.0, 2.5]
    calm, flood, smog = make_world("calm"), make_world("flood"), make_world("smog")
    assert _mean(flood, "so2", hours) < 0.8 * _mean(calm, "so2", hours)
    assert _mean(flood, "co", hours) > 0.9 * _mean(calm, "co", hours)
    for gas in MODELS:
        assert _mean(smog, gas, hours) > 1.5 * _mean(calm, gas, hours)

"""The world is the same for the same seed and instant, and lives by day and night as a city does."""

from __future__ import annotations

import statistics

import pytest

from sensors.kinds import KINDS
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.models import MODELS
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


def _series(world: World, device: str, kind: str, hours: list[float]) -> list[float]:
    seconds = KINDS[kind].expected_interval.total_seconds()
    return [world.value(world.city.devices[device], kind, MONDAY + hour * HOUR, seconds) for hour in hours]


def test_every_kind_of_the_pack_stays_within_its_range_and_decimals(make_world: MakeWorld) -> None:
    world = make_world("flood")
    pairs = [(device, kind) for device in world.city.devices.values() for kind in device.kinds]
    assert len(pairs) > 50
    for device, kind in pairs:
        for hour in range(0, 48, 5):
            value = world.value(device, kind, MONDAY + hour * HOUR, 60)
            assert KINDS[kind].accepts(value), (device.key, kind, value)
            assert value == round(value, KINDS[kind].decimals)


def test_every_kind_the_pack_uses_has_a_model(make_world: MakeWorld) -> None:
    used = {kind for device in make_world().city.devices.values() for kind in device.kinds}
    assert used
    assert used <= set(MODELS)


def test_the_same_seed_and_instant_give_the_same_values_in_any_order(make_world: MakeWorld) -> None:
    hours = [0.0, 7.5, 13.2, 30.0]
    first, second = make_world(), make_world()
    forwards = [_series(first, "air-tanah-tinggi", kind, hours) for kind in ("pm25", "rain")]
    backwards = [_series(second, "air-tanah-tinggi", kind, hours[::-1])[::-1] for kind in ("pm25", "rain")]
    assert forwards == backwards


def test_another_seed_is_another_city(make_world: MakeWorld) -> None:
    hours = [float(hour) for hour in range(24)]
    one, other = (_series(make_world(seed=seed), "air-tanah-tinggi", "pm25", hours) for seed in (1, 2))
    assert one != other


def test_a_scenario_does_not_change_what_was_before_it(make_world: MakeWorld) -> None:
    hours = [float(hour) for hour in range(-72, -2)]
    usual, flood = (
        _series(make_world(name), "gauge-pintu-air-10", "water_level", hours) for name in ("season", "flood")
    )
    assert usual == flood


def test_it_is_warm_by_day_and_damp_by_night(make_world: MakeWorld) -> None:
    world = make_world("calm")
    night, day = _series(world, "air-cikokol", "temperature", [5.5, 13.5])
    assert 22 < night < 27
    assert 30 < day < 36
    night, day = _series(world, "air-cikokol", "humidity", [5.5, 13.5])
    assert 50 < day < 75
    assert 85 < night <= 100


def test_traffic_has_two_peaks_on_a_working_day_and_less_of_them_on_sunday(make_world: MakeWorld) -> None:
    world = make_world("calm")
    hours = [h + m / 20 for h in (3, 7, 11, 18) for m in range(10)]
    counts = _series(world, "junction-daan-mogot", "vehicle_count", hours)
    night, morning, noon, evening = (statistics.mean(counts[i : i + 10]) for i in (0, 10, 20, 30))
    assert night < noon / 3
    assert min(morning, evening) > noon * 1.2
    sunday = _series(world, "junction-daan-mogot", "vehicle_count", [7 + 6 * 24 + m / 20 for m in range(10)])
    assert statistics.mean(sunday) < morning * 0.7


def test_street_lights_burn_from_dusk_to_dawn(make_world: MakeWorld) -> None:
    power = _series(make_world(), "lamp-benda", "light_power", [0.0, 4.5, 7.0, 12.0, 17.0, 19.0])
    assert all(watts > 500 for watts in (power[0], power[1], power[5]))
    assert all(watts < 10 for watts in power[2:5])


def test_a_day_of_waste_is_about_1400_tonnes(make_world: MakeWorld) -> None:
    world = make_world()
    days = [
        sum(_series(world, "weighbridge-rawa-kucing", "waste_tonnage", [24 * d + q / 4 for q in range(96)]))
        for d in range(5)
    ]
    assert 1300 < statistics.mean(days) < 1550


@pytest.mark.parametrize(
    ("station", "low", "high"), [("air-cikokol", 3, 15), ("air-tanah-tinggi", 14, 34), ("air-pasir-jaya", 22, 50)]
)
def test_dust_is_near_what_the_stations_have_published(
    make_world: MakeWorld, station: str, low: float, high: float
) -> None:
    world = make_world("calm", begins=MONDAY - 30 * DAY)
    means = [statistics.mean(_series(world, station, "pm25", [24 * d + h for h in range(24)])) for d in range(8)]
    assert low < statistics.mean(means) < high


def test_rain_washes_the_air(make_world: MakeWorld) -> None:
    hours = [1.0, 1.5, 2.0, 2.5]
    dry, wet = (
        statistics.mean(_series(make_world(name), "air-tanah-tinggi", "pm25", hours)) for name in ("calm", "flood")
    )
    assert wet < dry * 0.75

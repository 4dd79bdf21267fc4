"""Rain moves through from west to east, adds up, and raises the rivers later, and later still downstream."""

from __future__ import annotations

import pytest

from sensors.city import Point
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.weather import Cell
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld

MIDDLE = Point(-6.18, 106.65, approximate=True)


def _peak_hour(world: World, device: str, hours: float = 16) -> float:
    """The hour after the start of the scenario at which a gauge has risen furthest above a calm day."""
    gauge = world.city.devices[device]
    steps = [quarter / 4 for quarter in range(int(hours * 4))]
    return max(steps, key=lambda hour: world.value(gauge, "water_level", MONDAY + hour * HOUR, 60))


def test_a_cell_passes_the_west_before_the_east() -> None:
    cell = Cell(arrives=0, track_km=8, radius_km=3, speed_kmh=12, peak_mm_h=40)
    hours = range(-2, 5)
    west, east = (
        max(hours, key=lambda hour: cell.fallen_mm(km, 8, hour * HOUR, (hour + 1) * HOUR)) for km in (0.5, 20.0)
    )
    assert west < east
    assert cell.passes(12) == HOUR


def test_amounts_of_neighbouring_intervals_add_up(make_world: MakeWorld) -> None:
    sky = make_world("storm").sky
    whole = sky.rain_mm(MIDDLE, MONDAY, MONDAY + 2 * HOUR)
    parts = sum(sky.rain_mm(MIDDLE, MONDAY + n * 300, MONDAY + (n + 1) * 300) for n in range(24))
    assert whole > 5
    assert parts == pytest.approx(whole, rel=0.01)


def test_a_cell_is_strongest_on_its_track() -> None:
    cell = Cell(arrives=0, track_km=8, radius_km=3, speed_kmh=12, peak_mm_h=40)
    assert cell.total_mm(8) > cell.total_mm(11) > cell.total_mm(14) > 0


def test_the_wet_season_is_wet_and_august_is_not(make_world: MakeWorld) -> None:
    world = make_world()
    november = world.sky.local.day(MONDAY)
    wet, dry = (sum(bool(world.sky.day(first + n)[0]) for n in range(28)) for first in (november, november - 106))
    assert wet > 1.5 * dry


def test_calm_has_no_rain_once_it_has_begun(make_world: MakeWorld) -> None:
    sky = make_world("calm").sky
    assert sky.rain_mm(MIDDLE, MONDAY + 6 * HOUR, MONDAY + 40 * 24 * HOUR) == 0


def test_a_flood_lifts_every_gauge_and_the_drains_before_the_rivers(make_world: MakeWorld) -> None:
    flood, calm = make_world("flood"), make_world("calm")
    gauges = [device for device in flood.city.devices.values() if "water_level" in device.kinds]
    assert len(gauges) >= 19
    for gauge in gauges:
        highest = max(flood.value(gauge, "water_level", MONDAY + hour * HOUR, 60) for hour in range(10))
        assert highest > calm.value(gauge, "water_level", MONDAY + 8 * HOUR, 60) + 30, gauge.key
    assert _peak_hour(flood, "gauge-kali-ledug", 9) < _peak_hour(flood, "gauge-pintu-air-10", 9)


def test_the_wave_from_the_hills_comes_later_downstream(make_world: MakeWorld) -> None:
    flood = make_world("flood")
    assert _peak_hour(flood, "gauge-panunggangan-barat", 11) < _peak_hour(flood, "gauge-pintu-air-10", 11)


def test_a_flood_reaches_the_last_step_of_the_weir(make_world: MakeWorld) -> None:
    flood = make_world("flood")
    weir = flood.city.devices["gauge-pintu-air-10"]
    assert weir.ladder is not None
    worst = min(weir.ladder.steps, key=lambda step: step.level)
    assert max(flood.value(weir, "water_level", MONDAY + hour * HOUR, 60) for hour in range(12)) > worst.threshold


def test_rivers_fall_slower_than_they_rise(make_world: MakeWorld) -> None:
    flood = make_world("flood")
    ledug = flood.city.devices["gauge-kali-ledug"]
    peak = _peak_hour(flood, "gauge-kali-ledug", 9)
    top, before, after = (flood.value(ledug, "water_level", MONDAY + (peak + d) * HOUR, 60) for d in (0, -2, 2))
    assert top - before > 1.5 * (top - after) > 0

"""Traffic, lamps, water, buses, hospitals and the application over a week: modelled, plausible, and in agreement."""

import statistics
from collections.abc import Iterator

import pytest

from sensors.kinds import KINDS
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.models import MODELS
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld

PLAUSIBLE = {  # lowest, highest over a week
    "vehicle_speed": (3, 60), "lamps_lit": (0, 80), "lamps_faulty": (0, 56), "light_energy": (0, 2),
    "water_production": (650, 1000), "water_pressure": (0.5, 2.1), "water_connections": (170_000, 181_000),
    "bus_passengers": (0, 40), "buses_running": (0, 80), "beds_total": (66, 210), "beds_free": (0, 120),
    "app_downloads": (1_300_000, 1_400_000), "app_users": (5, 400), "app_services": (14, 14), "app_menus": (36, 36),
    "certificates_issued": (0, 40), "replicating_regions": (47, 47), "inflation": (1.5, 3.6), "visitors": (0, 160),
}  # fmt: skip


def value(world: World, device: str, kind: str, hours: float) -> float:
    seconds = KINDS[kind].expected_interval.total_seconds()
    return world.value(world.city.devices[device], kind, MONDAY + hours * HOUR, seconds)


def day_sum(world: World, device: str, kind: str, day: int) -> float:
    step = KINDS[kind].expected_interval.total_seconds() / HOUR
    return sum(value(world, device, kind, 24 * day + (slot + 1) * step) for slot in range(round(24 / step)))


def sensing(world: World, kind: str) -> Iterator[str]:
    return (device.key for device in world.city.devices.values() if kind in device.kinds)


@pytest.mark.parametrize("kind", PLAUSIBLE)
def test_a_week_of_every_kind_is_plausible(make_world: MakeWorld, kind: str) -> None:
    assert kind in MODELS
    low, high = PLAUSIBLE[kind]
    world = make_world("season", begins=MONDAY - 30 * DAY)
    devices = list(sensing(world, kind))
    assert devices
    for device in devices:
        values = [value(world, device, kind, 1.7 * number) for number in range(99)]
        assert low <= min(values), (device, min(values))
        assert max(values) <= high, (device, max(values))


def test_traffic_is_slower_when_the_road_is_full_and_when_it_pours(make_world: MakeWorld) -> None:
    calm, flood = make_world("calm"), make_world("flood")
    for junction in sensing(calm, "vehicle_speed"):
        night, peak = (
            statistics.mean(value(calm, junction, "vehicle_speed", h + m / 20) for m in range(9)) for h in (2, 18)
        )
        assert peak < 0.75 * night
    wet, dry = (
        statistics.mean(
            value(world, junction, "vehicle_speed", h / 2)
            for junction in sensing(world, "vehicle_speed")
            for h in range(8)
        )
        for world in (flood, calm)
    )
    assert wet < 0.8 * dry


def test_lamps_power_and_energy_tell_of_the_same_night(make_world: MakeWorld) -> None:
    world = make_world()
    for feeder in sensing(world, "lamps_lit"):
        for hour in (20.0, 44.0, 68.0):
            lit, power = (value(world, feeder, kind, hour) for kind in ("lamps_lit", "light_power"))
            assert power == pytest.approx(lit * 90, rel=0.05)
        assert value(world, feeder, "lamps_lit", 12) == 0
        lamps = {
            value(world, feeder, "lamps_lit", h) + value(world, feeder, "lamps_faulty", h) for h in (20, 26, 44, 68, 92)
        }
        assert len(lamps) == 1
        hourly = statistics.mean(value(world, feeder, "light_power", 24 + h / 12) for h in range(288)) * 24 / 1000
        assert day_sum(world, feeder, "light_energy", 1) == pytest.approx(hourly, rel=0.02)


def test_a_bad_night_shows_in_lamps_and_power(make_world: MakeWorld) -> None:
    world = make_world()
    nights = [(feeder, 20 + 24 * day) for feeder in sensing(world, "lamps_lit") for day in range(40)]
    bad = [(f, h) for f, h in nights if value(world, f, "lamps_faulty", h) > value(world, f, "lamps_lit", h)]
    assert 0 < len(bad) < 0.1 * len(nights)
    for feeder, hour in bad:
        assert value(world, feeder, "lamps_lit", hour) < 0.35 * (80 + 1)


def test_buses_carry_by_day_what_the_sources_say(make_world: MakeWorld) -> None:
    world = make_world("calm")
    tayo = statistics.mean(
        sum(day_sum(world, f"tayo-k{k}", "bus_passengers", day) for k in range(1, 5)) for day in range(7)
    )
    assert 1900 < tayo < 3300
    assert 180 < statistics.mean(day_sum(world, "si-benteng", "bus_passengers", day) for day in range(7)) < 420
    for line in sensing(world, "buses_running"):
        assert [value(world, line, "buses_running", hour) for hour in (4.9, 19.1)] == [0, 0]
        assert value(world, line, "buses_running", 9) > 0


def test_beds_are_as_published_and_never_more_are_free(make_world: MakeWorld) -> None:
    world = make_world()
    assert {value(world, "rsud-benda", "beds_total", hour) for hour in range(0, 168, 12)} == {66}
    for hospital in sensing(world, "beds_total"):
        for hour in range(0, 168, 5):
            assert 0 <= value(world, hospital, "beds_free", hour) <= value(world, hospital, "beds_total", hour)


def test_certificates_in_office_hours_and_downloads_only_grow(make_world: MakeWorld) -> None:
    world = make_world()
    issued = [
        value(world, "app-tangerang-live", "certificates_issued", hour) for hour in (3, 7.9, 10, 14, 17, 130, 154)
    ]
    assert [number > 0 for number in issued] == [False, False, True, True, False, False, False]
    downloads = [value(world, "app-tangerang-live", "app_downloads", hour) for hour in range(0, 168, 6)]
    assert downloads == sorted(downloads)


def test_inflation_is_the_last_month_published(make_world: MakeWorld) -> None:
    world = make_world()
    bps = world.city.devices["bps-kota-tangerang"]
    at = {day: MONDAY - days * DAY for day, days in (("2025-12-15", 336), ("2026-01-15", 305), ("2026-02-15", 274))}
    assert [world.value(bps, "inflation", when, DAY) for when in at.values()] == [2.34, 2.55, 3.52]


def test_water_is_lowest_in_pressure_when_the_city_wakes(make_world: MakeWorld) -> None:
    world = make_world()
    for zone in sensing(world, "water_pressure"):
        night, morning = (
            statistics.mean(value(world, zone, "water_pressure", 24 * d + h) for d in range(7)) for h in (2, 6)
        )
        assert morning < night - 0.15

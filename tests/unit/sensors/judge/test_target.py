"""A figure against its target: the edges, the days on which rows hold, and what is only compared."""

from datetime import date

import pytest

from sensors.city import City, load_city
from sensors.judge.target import judge_target, target_on
from sensors.pack.targets import Target

DAY = date(2026, 11, 22)


def target(better: str, wanted: float, warn: float | None, due: date | None = None, since: date = DAY) -> Target:
    return Target("rain", (), "latest", "kata", better, wanted, warn, "mm", due, since, "contoh", sample=True)


@pytest.mark.parametrize(
    ("better", "wanted", "warn", "value", "verdict", "rank"),
    [
        ("more", 80, 60, 80, "met", 0), ("more", 80, 60, 79.9, "short", 1), ("more", 80, 60, 60, "short", 1),
        ("more", 80, 60, 59.9, "missed", 2),
        ("less", 3, 10, 3, "met", 0), ("less", 3, 10, 3.1, "short", 1), ("less", 3, 10, 10, "short", 1),
        ("less", 3, 10, 10.1, "missed", 2),
        ("near", 1450, 50, 1400, "met", 0), ("near", 1450, 50, 1500, "met", 0), ("near", 1450, 50, 1399.9, "short", 1),
        ("near", 1450, 50, 1500.1, "short", 1),
        ("none", 1000, None, 1, "compared", 0),
    ],
)  # fmt: skip
def test_a_bound_reached_is_a_bound_kept(
    better: str, wanted: float, warn: float | None, value: float, verdict: str, rank: int
) -> None:
    found = judge_target(value, target(better, wanted, warn), DAY)
    assert (found.verdict, found.rank) == (verdict, rank)


def test_until_its_day_a_target_need_not_be_reached() -> None:
    goal = target("more", 181_000, 165_000, due=date(2026, 12, 31))
    assert judge_target(164_000, goal, date(2026, 12, 31)).verdict == "under-way"
    assert judge_target(164_000, goal, date(2027, 1, 1)).verdict == "missed"
    assert judge_target(170_000, goal, date(2027, 1, 1)).verdict == "short"
    assert judge_target(181_000, goal, DAY).verdict == "met"


def test_the_share_of_a_target() -> None:
    assert judge_target(905, target("none", 1000, None), DAY).share == 90.5
    assert judge_target(5, target("near", 0, 1), DAY).share is None


def test_the_row_that_holds_on_a_day_is_the_newest_begun() -> None:
    old, new = (target("more", n, 0, since=date(2026, n, 1)) for n in (1, 6))
    assert target_on(date(2025, 12, 31), "rain", "latest", (old, new)) is None
    assert target_on(date(2026, 5, 31), "rain", "latest", (old, new)) is old
    assert target_on(date(2026, 6, 1), "rain", "latest", (old, new)) is new
    assert target_on(DAY, "rain", "day-sum", (old, new)) is None
    assert target_on(DAY, "snow", "latest", (old, new)) is None


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def test_the_figures_of_the_sources(city: City) -> None:
    tayo = ("tayo-k4", "tayo-k3", "tayo-k2", "tayo-k1")
    wanted = {
        ("waste_tonnage", "day-sum", ("weighbridge-rawa-kucing",)): 1450,
        ("water_production", "latest", ("ipa-sitanala",)): 1000,
        ("water_connections", "latest", ("tirta-benteng",)): 181_000,
        ("bus_passengers", "day-sum", tayo): 2579,
        ("bus_passengers", "day-sum", ("si-benteng",)): 302,
        ("buses_running", "latest", ("tayo-k2",)): 10,
        ("app_downloads", "latest", ("app-tangerang-live",)): 1_062_235,
        ("replicating_regions", "latest", ("replication",)): 47,
    }
    for (kind, statistic, devices), figure in wanted.items():
        found = target_on(DAY, kind, statistic, city.targets, devices)
        assert found is not None
        assert (found.target, found.sample) == (figure, False), kind


def test_a_device_without_a_row_of_its_own_takes_the_one_for_any(city: City) -> None:
    any_zone = target_on(DAY, "water_pressure", "latest", city.targets, ("water-zona-2",))
    assert any_zone is not None
    assert (any_zone.target, any_zone.sample) == (1, True)
    assert target_on(DAY, "visitors", "latest", city.targets, ("attraction-cisadane",)) is None


def test_bounds_of_the_projects_own_are_samples(city: City) -> None:
    assert {row.sample for row in city.targets if "proyek" in row.source} == {True}
    assert all(row.sample for row in city.targets if row.statistic in {"share", "usual"})

"""Prices walk near their references and come from the markets once a morning."""

from __future__ import annotations

import itertools
from collections import Counter

from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.prices import price, reports
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


def test_prices_stay_in_a_band_around_the_reference(make_world: MakeWorld) -> None:
    world = make_world()
    first = world.sky.local.day(MONDAY)
    national = [r for r in world.city.reference_prices if r.zone in {"nasional", world.city.price_zone}]
    assert len(national) > 10
    for reference in national:
        commodity = world.city.commodities[reference.commodity]
        low = (reference.low or reference.high) * 0.75
        for market in world.city.markets.values():
            asked = [price(world, market, commodity, first + n) for n in range(0, 60, 6)]
            assert low < min(asked) <= max(asked) < reference.high * 1.25, commodity.key


def test_no_price_jumps_from_one_day_to_the_next(make_world: MakeWorld) -> None:
    world = make_world()
    first = world.sky.local.day(MONDAY)
    market = world.city.markets["pasar-anyar"]
    for commodity in world.city.commodities.values():
        asked = [price(world, market, commodity, first + n) for n in range(30)]
        assert all(abs(b - a) <= max(0.08 * a, 500) for a, b in itertools.pairwise(asked)), commodity.key


def test_chili_moves_and_rice_hardly_does(make_world: MakeWorld) -> None:
    world = make_world()
    market, first = world.city.markets["pasar-anyar"], world.sky.local.day(MONDAY)
    moved = {}
    for key in ("cabai-rawit-merah", "beras-medium"):
        asked = [price(world, market, world.city.commodities[key], first + n) for n in range(60)]
        moved[key] = (max(asked) - min(asked)) / min(asked)
    assert moved["cabai-rawit-merah"] > 2 * moved["beras-medium"]


def test_markets_report_each_morning_and_seldom_not(make_world: MakeWorld) -> None:
    world = make_world()
    made = list(reports(world, MONDAY, MONDAY + 30 * DAY))
    assert 0.9 * 30 * len(world.city.markets) < len(made) < 30 * len(world.city.markets)
    assert all(5.5 <= world.sky.local.hour(report.at) <= 8.01 for report in made)
    assert max(Counter((r.market, world.sky.local.day(r.at)) for r in made).values()) == 1
    assert [r.at for r in made] == sorted(r.at for r in made)


def test_units_are_the_pack_s(make_world: MakeWorld) -> None:
    world = make_world()
    for report in reports(world, MONDAY, MONDAY + DAY):
        assert all(world.city.commodities[key].unit == unit for key, _, unit in report.prices)

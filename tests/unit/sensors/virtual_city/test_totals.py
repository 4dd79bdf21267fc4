"""The yearly summary of a service grows, starts anew each year, and adds up on most days but not on all."""

from __future__ import annotations

from itertools import pairwise

from sensors.pack.totals import PARTS, TOTAL
from sensors.virtual_city.daytime import DAY, HOUR
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


def test_a_summary_grows_and_seldom_does_not_add_up(make_world: MakeWorld) -> None:
    world = make_world()
    device = world.city.devices["totals-laksa"]
    days = [MONDAY + day * DAY for day in range(-120, 0)]
    total = [world.value(device, TOTAL, at, HOUR) for at in days]
    parts = [sum(world.value(device, kind, at, HOUR) for kind in PARTS) for at in days]
    growth = [after - before for before, after in pairwise(total) if after > before]
    assert 25 < sum(growth) / len(growth) < 45
    gaps = [whole - part for whole, part in zip(total, parts, strict=True)]
    assert 0.6 < sum(gap == 0 for gap in gaps) / len(gaps) < 0.95
    assert -40 <= min(gaps) < 0 < max(gaps) <= 200


def test_a_summary_never_falls_within_a_day(make_world: MakeWorld) -> None:
    world = make_world()
    device = world.city.devices["totals-laksa"]
    # MONDAY begins at local midnight or within a day: six hours are enough to see that nothing is taken back.
    seen = [world.value(device, TOTAL, MONDAY + 600 * step, HOUR) for step in range(36)]
    assert seen == sorted(seen)

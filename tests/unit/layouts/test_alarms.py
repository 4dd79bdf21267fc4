"""How alarms are grouped, and when they are a flood."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from layouts.findings.alarms import ACKNOWLEDGED, ENDED, NEW, alarms_of, flood_since, owner_words, value_words
from sensors.city import City
from tests.unit.layouts.answers.alarms import alarm
from tests.unit.layouts.rows import NOW, full

MINUTE = timedelta(minutes=1)


def rows_of(*alarms: dict[str, Any], lately: int = 0) -> dict[str, Any]:
    return {"alarms_now": list(alarms), "alarm_minutes": [{"minute": NOW, "n": lately}] if lately else []}


def test_alarms_of_one_gauge_are_one_group_under_the_gravest(city: City) -> None:
    gauge = next(device for device in city.devices.values() if device.ladder)
    found = [alarm(number, rule, gauge.key, city, NOW) for number, rule in enumerate(("siaga-2", "siaga-1"))]
    other = alarm(2, "perangkat-diam", next(reversed(city.devices)), city, NOW)
    standing = alarms_of(rows_of(other, *found), city, NOW)
    assert [[each.row["rule"] for each in group.alarms] for group in standing.groups] == [
        ["siaga-1", "siaga-2"],
        ["perangkat-diam"],
    ]
    assert standing.groups[0].since == found[1]["raised_at"]


def test_what_nobody_has_seen_comes_before_what_was_taken_and_shelved_ones_wait(city: City) -> None:
    devices = list(city.devices)
    seen = alarm(0, "siaga-1", devices[0], city, NOW) | {"acknowledged_at": NOW}
    new = alarm(9, "siaga-1", devices[1], city, NOW)
    ended = alarm(3, "siaga-1", devices[2], city, NOW) | {"ended_at": NOW}
    shelved = alarm(4, "siaga-1", devices[3], city, NOW) | {"shelved_until": NOW + MINUTE}
    standing = alarms_of(rows_of(seen, new, ended, shelved), city, NOW)
    assert [group.head.state for group in standing.groups] == [NEW, ENDED, ACKNOWLEDGED]
    assert len(alarms_of(rows_of(shelved), city, NOW + 2 * MINUTE).groups) == 1


def test_in_a_flood_a_kecamatan_stands_together_and_no_alarm_is_dropped(city: City) -> None:
    keys = [device.key for device in city.devices.values() if device.district == next(iter(city.districts))]
    found = [alarm(number, "perangkat-diam", key, city, NOW) for number, key in enumerate(keys)]
    assert len(found) > 1
    assert len(alarms_of(rows_of(*found, lately=10), city, NOW).groups) == len(found)
    flooded = alarms_of(rows_of(*found, lately=11), city, NOW)
    assert [len(group.alarms) for group in flooded.groups] == [len(found)]
    assert (flooded.flood, flooded.alarms, flooded.lately) == (NOW, len(found), 11)


@pytest.mark.parametrize(
    ("counts", "since"),
    [([], None), ([(0, 11)], 0), ([(12, 11)], None), ([(12, 11), (4, 6)], 12), ([(20, 11), (5, 3)], None)],
)
def test_a_flood_begins_above_ten_and_ends_below_five(
    city: City, counts: list[tuple[int, int]], since: int | None
) -> None:
    found = flood_since([{"minute": NOW - back * MINUTE, "n": n} for back, n in counts], city.alarm_limits, NOW)
    assert found == (None if since is None else NOW - since * MINUTE)


def test_words_say_the_figure_the_bound_and_whose_it_is(city: City) -> None:
    gauge = next(device for device in city.devices.values() if device.ladder)
    row = alarm(0, "siaga-1", gauge.key, city, NOW) | {"kind": "water_level", "worst": 512.4, "bound": 500.0}
    [group] = alarms_of(rows_of(row), city, NOW).groups
    assert value_words(group.head) == "512 cm, batas 500 cm"
    assert owner_words(row, city) == "BPBD"
    assert owner_words(row | {"assigned_to": "dlh"}, city) == "DLH"


def test_every_rule_of_the_pack_has_words_for_everything(city: City) -> None:
    standing = alarms_of(full(city), city, NOW)
    assert standing.groups
    assert all(alarm.rule and alarm.title and value_words(alarm) for group in standing.groups for alarm in group.alarms)

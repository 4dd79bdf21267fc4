"""How alarms are grouped, and when they are a flood."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from layouts.findings.alarms import (
    ACKNOWLEDGED,
    ENDED,
    NEW,
    REST,
    alarms_of,
    flood_since,
    owner_words,
    urgent,
    value_words,
)
from layouts.findings.rivers import downstream
from layouts.panel import Context
from layouts.panels import PANELS
from sensors.city import City
from tests.alarm_life import WANTING
from tests.unit.layouts.answers.alarms import alarm
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, marked, prop, words

MINUTE = timedelta(minutes=1)
MOST = 10


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


def test_what_nobody_has_seen_comes_before_what_was_taken(city: City) -> None:
    devices = list(city.devices)
    seen = alarm(0, "siaga-1", devices[0], city, NOW, acknowledged_at=NOW)
    new = alarm(9, "siaga-1", devices[1], city, NOW)
    ended = alarm(3, "siaga-1", devices[2], city, NOW, ended_at=NOW)
    standing = alarms_of(rows_of(seen, new, ended), city, NOW)
    assert [group.head.state for group in standing.groups] == [NEW, ENDED, ACKNOWLEDGED]


def test_in_a_flood_a_kecamatan_stands_together_and_no_alarm_is_dropped(city: City) -> None:
    keys = [device.key for device in city.devices.values() if device.district == next(iter(city.districts))]
    found = [alarm(number, "siaga-2", key, city, NOW) for number, key in enumerate(keys)]
    assert len(found) > 1
    assert len(alarms_of(rows_of(*found, lately=10), city, NOW).groups) == len(found)
    flooded = alarms_of(rows_of(*found, lately=11), city, NOW)
    assert [len(group.alarms) for group in flooded.groups] == [len(found)]
    assert (flooded.flood, flooded.alarms, flooded.lately) == (NOW, len(found), 11)


def test_a_flood_has_as_many_lines_as_people_can_bear_and_what_is_low_stands_in_the_last(city: City) -> None:
    areas = {device.district: device.key for device in city.devices.values() if device.district}
    assert len(areas) > MOST
    found = [alarm(number, "siaga-2", key, city, NOW) for number, key in enumerate(areas.values())]
    low = [alarm(50 + number, "perangkat-diam", key, city, NOW) for number, key in enumerate(areas.values())]
    groups = alarms_of(rows_of(*low, *found, lately=11), city, NOW).groups
    assert len(groups) == MOST
    assert groups[-1].key == REST
    assert {each.row["priority"] for group in groups[:-1] for each in group.alarms} == {"medium"}
    assert sorted(each.row["id"] for group in groups for each in group.alarms) == sorted(
        row["id"] for row in (*found, *low)
    )
    later = alarm(0, "siaga-2", areas[next(iter(areas))], city, NOW + 2 * MINUTE) | {"id": 99}
    assert [group.key for group in alarms_of(rows_of(*low, *found, later, lately=11), city, NOW).groups] == [
        group.key for group in groups
    ], "what comes later pushes nothing away"
    only_low = alarms_of(rows_of(*low, lately=11), city, NOW).groups
    assert [len(only_low), only_low[-1].key] == [MOST, REST]


def test_the_most_urgent_of_each_group_calls_the_room_by_the_packs_order_then_by_age(city: City) -> None:
    gauges = [device for device in city.devices.values() if device.ladder and device.district]
    near = [gauge.key for gauge in gauges if gauge.district == gauges[0].district]
    far = next(gauge.key for gauge in gauges if gauge.district != gauges[0].district)
    order = list(city.alarm_rules)
    assert order.index("siaga-1") < order.index("banjir-serentak")
    burst = alarm(9, "banjir-serentak", far, city, NOW)
    first, second = alarm(5, "siaga-1", near[0], city, NOW), alarm(2, "siaga-1", near[1], city, NOW)
    taken = alarm(8, "siaga-1", near[2], city, NOW, acknowledged_at=NOW)
    others = [alarm(11, "siaga-2", far, city, NOW), alarm(12, "siaga-1", far, city, NOW, ended_at=NOW), taken]
    for lately, expected in ((0, [6, 3, 10]), (11, [6, 10])):
        standing = alarms_of(rows_of(burst, second, first, *others, lately=lately), city, NOW)
        assert [each.row["id"] for each in urgent(standing.groups, city)] == expected


def test_a_gauge_upstream_takes_a_wall_over_with_its_river_down_into_the_city(city: City) -> None:
    gauge = next(device for device in city.devices.values() if device.upstream)
    root = PANELS["takeover"].render(rows_of(alarm(0, "siaga-1", gauge.key, city, NOW)), Context(city, NOW, {}))
    (river,) = (each for each in elements(root) if "takeover-river" in str(prop(each, "className")))
    said = words(river)
    assert said.startswith(f"{gauge.river} {gauge.name} hulu, di luar kota masuk {city.name}")
    names = [each.name for each, _ in downstream(gauge, city)]
    assert names == ["Panunggangan Barat", "Pintu Air 10"]
    assert [said.index(name) for name in names] == sorted(said.index(name) for name in names)
    assert "sekitar 34 km garis lurus" in said


@pytest.mark.parametrize(
    ("state", "beat", "said"),
    [
        ({}, 0, ("1", "■ Tinggi", "alarm, 1 belum diterima")),
        ({"acknowledged_at": NOW}, 0, ("1", "■ Tinggi", "alarm")),
        ({"resolved_at": NOW}, 0, ("0", "○ tidak ada", "alarm")),
        ({}, 180, ("1", "○ tidak dinilai sejak 13.57", "alarm, 1 belum diterima")),
        ({"resolved_at": NOW}, None, ("–", "○ belum dinilai", "alarm")),
    ],
)
def test_the_overview_says_how_many_stand_and_the_gravest(
    city: City, state: dict[str, Any], beat: int | None, said: tuple[str, str, str]
) -> None:
    gauge = next(device for device in city.devices.values() if device.ladder and device.district)
    found = [alarm(0, "siaga-1", gauge.key, city, NOW, **state)]
    rows = rows_of(*[row for row in found if row["life"] in WANTING])
    if beat is not None:
        rows["components"] = [{"name": "alarms", "beat_at": NOW - timedelta(seconds=beat)}]
    root = PANELS["summary"].render(rows, Context(city, NOW, {}))
    shown = [words(marked(root, "id", f"summary-alarms{part}")[0]) for part in ("", "-badge", "-unit")]
    assert shown == list(said)
    (title,) = (each for each in elements(root) if prop(each, "href") == "/alarm")
    assert words(title) == "Alarm"
    if shown[1].startswith("■"):
        assert gauge.name in words(marked(root, "id", "summary-alarms-where")[0])


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

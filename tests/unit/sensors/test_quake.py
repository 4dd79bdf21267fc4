"""BMKG's earthquakes: a captured document, all forms of it, and what is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from sensors.quake import Quake, Quakes, is_quakes, parse_quakes
from sensors.reading import CodecError
from tests.bmkg import CAPTURED_QUAKE, NOW, forecast, item, quakes


def parse(found: object) -> Quakes:
    return parse_quakes(found, "bmkg", NOW, timedelta(days=400))


def test_the_captured_quake_is_read() -> None:
    assert parse(quakes(CAPTURED_QUAKE)).found == (
        Quake(
            channel="bmkg", id="20260907T125039Z-8.34+121.30", at=datetime(2026, 9, 7, 12, 50, 39, tzinfo=UTC),
            lat=-8.34, lon=121.30, magnitude=4.0, depth_km=10, place="Pusat gempa berada di laut 38 km utara Nagekeo",
            felt="II-III Kabupaten Nagekeo", potential="Gempa ini dirasakan untuk diteruskan pada masyarakat",
        ),
    )  # fmt: skip


def test_a_list_is_read_and_each_of_its_quakes_stands_alone() -> None:
    bad = {**CAPTURED_QUAKE, "Magnitude": "kuat"}
    taken = parse(quakes(CAPTURED_QUAKE, bad, {**CAPTURED_QUAKE, "Dirasakan": "-", "Potensi": None, "Wilayah": ""}))
    assert [each.felt for each in taken.found] == ["II-III Kabupaten Nagekeo", None]
    assert [each.detail for each in taken.refused] == ["gempa[1].Magnitude: found 'kuat', expected a finite number"]
    assert taken.skipped == 1


@pytest.mark.parametrize(
    ("changed", "reason", "told"),
    [
        ({"Magnitude": "11"}, "out-of-range", "Magnitude: found '11', expected -1 to 10"),
        ({"Magnitude": None}, "bad-value", "Magnitude: found None, expected a number"),
        ({"Coordinates": "-8.34 121.30"}, "bad-value", "Coordinates: found '-8.34 121.30', expected latitude"),
        ({"Coordinates": "91,0"}, "bad-value", "Coordinates: found '91,0'"),
        ({"Coordinates": [-8.34, 121.3]}, "bad-value", "Coordinates: found an array of 2, expected text"),
        ({"Kedalaman": "dangkal"}, "bad-value", "Kedalaman: found 'dangkal', expected a depth like"),
        ({"Kedalaman": "900 km"}, "bad-value", "at most 800 km"),
        ({"DateTime": "2026-09-07T12:50:39"}, "bad-time", "DateTime: found '2026-09-07T12:50:39', expected ISO 8601"),
        ({"DateTime": "07 Sep 2026"}, "bad-time", "DateTime: found '07 Sep 2026'"),
        ({"DateTime": "2026-11-22T12:50:39+00:00"}, "future-time", "DateTime: found 2026-11-22T12:50:39"),
        ({"DateTime": "2020-09-07T12:50:39+00:00"}, "too-old", "expected at most 400 days before now"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_name(changed: dict[str, Any], reason: str, told: str) -> None:
    taken = parse(quakes({**CAPTURED_QUAKE, **changed}))
    assert taken.found == ()
    (refusal,) = taken.refused
    assert refusal.reason == reason
    assert told in refusal.detail


@pytest.mark.parametrize("found", [{"Infogempa": None}, {"Infogempa": {}}, {"Infogempa": {"gempa": []}}])
def test_a_document_of_nothing_is_refused_whole(found: object) -> None:
    assert is_quakes(found)
    with pytest.raises(CodecError, match=r"Infogempa\.gempa: found"):
        parse(found)


def test_only_quakes_have_the_form_of_one() -> None:
    assert is_quakes(quakes(CAPTURED_QUAKE))
    assert not any(map(is_quakes, (forecast(item()), {"id": "1"}, [], None, "Infogempa")))


@pytest.mark.parametrize("seed", range(200))
def test_no_mutation_breaks_the_reader(seed: int) -> None:
    chance = Random(seed)
    wild = (
        None,
        "",
        "x",
        -1,
        1e308,
        True,
        [],
        {},
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
        "\0",
        "nan,0",
    )
    gempa: dict[str, Any] = dict(CAPTURED_QUAKE)
    for _ in range(chance.randint(1, 3)):
        gempa[chance.choice(sorted(gempa))] = chance.choice(wild)
    taken = parse(quakes(gempa))
    assert len(taken.found) + len(taken.refused) == 1
    assert all(abs(each.lat) <= 90 and abs(each.lon) <= 180 and -1 <= each.magnitude <= 10 for each in taken.found)

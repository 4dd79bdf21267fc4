"""Forecasts and earthquakes in the store: the newest analysis wins, nothing comes twice, the old ones go."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from data.records import Message
from data.upkeep import Upkeep
from sensors.city import load_city
from sensors.forecast import Source, parse_forecast
from sensors.quake import parse_quakes
from tests.batches import ask, message, writer
from tests.bmkg import ANALYSED, CAPTURED_QUAKE, NOW, WIB, forecast, item, quakes

pytestmark = pytest.mark.integration
CITY = load_city("tangerang")


def forecasts(*items: object, code: str = "36.71.01.1001", received_at: datetime = NOW) -> Message:
    taken = parse_forecast(forecast(*items, code=code), Source("bmkg", received_at, CITY.subdistricts, WIB))
    assert taken.refused == ()
    return message("bulletins", forecasts=taken.found, received_at=received_at)


def shaken(*gempa: object, seconds: float = 0) -> Message:
    received_at = NOW + timedelta(seconds=seconds)
    taken = parse_quakes(quakes(*gempa), "bmkg", received_at, timedelta(days=400))
    return message("bulletins", quakes=taken.found, received_at=received_at)


def write(url: str, *batches: Sequence[Message]) -> None:
    with closing(writer(url)) as room:
        for batch in batches:
            room.write(batch)


OLD = ANALYSED - timedelta(hours=12)


def test_the_newest_analysis_wins_in_whatever_order_they_come(database_url: str) -> None:
    issues = [
        forecasts(item(3, OLD, t=20)),
        forecasts(item(3, ANALYSED, t=30, weather_desc="Berawan")),
        forecasts(item(3, OLD - timedelta(hours=12), t=10)),
    ]
    for order in itertools.permutations(issues):
        for batches in ([order], [[each] for each in order]):
            write(database_url, *batches)
            found = ask(database_url, "SELECT temperature, words, analysed_at FROM forecasts")
            assert found == [(30, "Berawan", ANALYSED)]
            ask(database_url, "DELETE FROM forecasts RETURNING 1")


def test_a_redelivered_forecast_changes_nothing_and_is_counted_as_known(database_url: str) -> None:
    batch = [forecasts(item(3), item(6)), forecasts(item(3), code="36.71.13.1008")]
    write(database_url, batch)
    before = ask(database_url, "SELECT *, xmin::text FROM forecasts ORDER BY subdistrict, valid_at")
    assert len(before) == 3
    write(database_url, [forecasts(item(3), item(6), received_at=NOW + timedelta(hours=1))], batch[1:])
    assert ask(database_url, "SELECT *, xmin::text FROM forecasts ORDER BY subdistrict, valid_at") == before
    counts = ask(
        database_url, "SELECT stored, duplicates, last ->> 'subdistrict' FROM feeds WHERE stream = 'bulletins'"
    )
    assert counts == [(3, 3, "36.71.13.1008")]


def test_the_feeds_of_quakes_complete_each_other(database_url: str) -> None:
    bare = {**CAPTURED_QUAKE, "Dirasakan": "-", "Potensi": "Tidak berpotensi tsunami", "Wilayah": None}
    for batches in ([[shaken(CAPTURED_QUAKE), shaken(bare)]], [[shaken(CAPTURED_QUAKE)], [shaken(bare, seconds=9)]]):
        write(database_url, *batches)
        found = ask(database_url, "SELECT felt, potential, place IS NULL, magnitude, depth_km FROM quakes")
        assert found == [("II-III Kabupaten Nagekeo", "Tidak berpotensi tsunami", False, 4.0, 10.0)]
        ask(database_url, "DELETE FROM quakes RETURNING 1")


def test_a_redelivered_quake_changes_nothing(database_url: str) -> None:
    write(database_url, [shaken(CAPTURED_QUAKE)])
    before = ask(database_url, "SELECT *, xmin::text FROM quakes")
    write(database_url, [shaken(CAPTURED_QUAKE, CAPTURED_QUAKE, seconds=60)])
    assert ask(database_url, "SELECT *, xmin::text FROM quakes") == before


def test_a_revised_magnitude_is_taken_over(database_url: str) -> None:
    write(database_url, [shaken(CAPTURED_QUAKE)], [shaken({**CAPTURED_QUAKE, "Magnitude": "4.3"}, seconds=60)])
    assert ask(database_url, "SELECT magnitude FROM quakes") == [(4.3,)]


def test_what_is_long_past_goes(database_url: str) -> None:
    insert = (
        "INSERT INTO forecasts (subdistrict, valid_at, analysed_at, received_at, channel) "
        "SELECT n::text, at, at, at, 'bmkg' FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS f (at, n) RETURNING 1"
    )
    now = datetime.now(UTC)
    ask(database_url, insert, [now - timedelta(days=days) for days in (9, 8.1, 7.9, 0, -3)])
    ask(
        database_url,
        "INSERT INTO quakes (id, at, received_at, channel, lat, lon, magnitude) "
        "SELECT n::text, at, at, 'bmkg', 0, 0, 5 FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS q (at, n) "
        "RETURNING 1",
        [now - timedelta(days=days) for days in (12, 1)],
    )
    with closing(Upkeep(database_url)) as upkeep:
        tidied = upkeep.tidy(retention_days=10, replay_days=5)
    assert tidied is not None
    assert (tidied.forecasts, tidied.quakes) == (2, 1)

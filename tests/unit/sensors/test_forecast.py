"""BMKG's forecast documents: what is read of them, what is refused by name, and that no mutation gets through."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from sensors.forecast import Forecast, Forecasts, Source, is_forecast, parse_forecast
from sensors.reading import CodecError
from tests.bmkg import ANALYSED, NOW, WIB, forecast, item, quakes

CODES = frozenset({"36.71.01.1001", "36.71.13.1008"})


def parse(found: object, received_at: datetime = NOW) -> Forecasts:
    return parse_forecast(found, Source("bmkg", received_at, CODES, WIB))


def test_an_item_is_read_with_its_units_and_times() -> None:
    (found,) = parse(forecast(item(6))).found
    assert found == Forecast(
        channel="bmkg", subdistrict="36.71.01.1001", valid_at=ANALYSED + timedelta(hours=6), analysed_at=ANALYSED,
        temperature=27, humidity=85, rain=2.3, weather=60, words="Hujan Ringan", wind_speed=6.4, wind_from="NW",
        cloud=100,
    )  # fmt: skip


def test_all_days_and_places_of_a_document_are_read() -> None:
    found = forecast(item(0), item(3))
    found["data"][0]["cuaca"].append([item(24)])
    found["data"].append(forecast(item(0), code="36.71.13.1008")["data"][0])
    taken = parse(found)
    assert [each.subdistrict[-4:] for each in taken.found] == ["1001", "1001", "1001", "1008"]
    assert taken.refused == ()


def test_the_place_of_the_whole_document_holds_for_data_without_one() -> None:
    found = forecast(item())
    del found["data"][0]["lokasi"]
    assert len(parse(found).found) == 1


def test_numbers_may_be_text_and_nulls_are_counted() -> None:
    taken = parse(forecast(item(t="27.5", hu=" 85 ", tp=None, ws=None)))
    (found,) = taken.found
    assert (found.temperature, found.humidity, found.rain, found.wind_speed, taken.skipped) == (27.5, 85, None, None, 2)


def test_a_document_without_local_time_or_rain_as_older_ones_is_read() -> None:
    older = item()
    for name in ("datetime", "local_datetime", "tp", "weather", "tcc"):
        del older[name]
    (found,) = parse(forecast(older)).found
    assert (found.rain, found.weather, found.valid_at) == (None, None, ANALYSED + timedelta(hours=3))


@pytest.mark.parametrize(
    ("changed", "reason", "told"),
    [
        ({"t": 270}, "out-of-range", "data[0].cuaca[0].t: found 270, expected -20 to 60"),
        ({"t": "panas"}, "bad-value", "t: found 'panas', expected a finite number"),
        ({"hu": 101}, "out-of-range", "hu: found 101, expected 0 to 100"),
        ({"tp": -1}, "out-of-range", "tp: found -1"),
        ({"weather_desc": 7}, "bad-value", "weather_desc: found 7, expected text"),
        ({"weather_desc": "x" * 81}, "bad-value", "text of at most 80"),
        ({"utc_datetime": None, "datetime": None}, "bad-time", "utc_datetime: found None, expected the time in UTC"),
        ({"utc_datetime": "besok"}, "bad-time", "utc_datetime: found 'besok', expected ISO 8601"),
        ({"utc_datetime": "2026-13-01 00:00:00"}, "bad-time", "found '2026-13-01 00:00:00', expected ISO 8601"),
        ({"utc_datetime": "2027-11-21 03:00:00"}, "bad-time", "expected 7 days ago to 16 days ahead"),
        ({"utc_datetime": "2026-11-01 03:00:00"}, "bad-time", "expected 7 days ago to 16 days ahead"),
        ({"local_datetime": "2026-11-21 03:00:00"}, "bad-time", "local_datetime: found '2026-11-21 03:00:00'"),
        ({"analysis_date": None}, "bad-time", "analysis_date: found None, expected the time of the analysis"),
        ({"analysis_date": "2026-11-22T00:00:00"}, "future-time", "analysis_date: found 2026-11-22"),
        ({"t": None, "tp": None, "weather_desc": None}, "empty", "found neither t nor weather_desc nor tp"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_name_and_the_rest_is_taken(
    changed: dict[str, Any], reason: str, told: str
) -> None:
    taken = parse(forecast(item(**changed), item(6)))
    assert [each.valid_at for each in taken.found] == [ANALYSED + timedelta(hours=6)]
    (refusal,) = taken.refused
    assert refusal.reason == reason
    assert told in refusal.detail


@pytest.mark.parametrize("code", ["36.71.01.9999", "36.71", "31.71.03.1001", None, 3671011001])
def test_an_unknown_kelurahan_is_refused_by_name(code: Any) -> None:  # noqa: ANN401
    found = forecast(item(), item(6))
    found["data"][0]["lokasi"] = {**found["lokasi"], "adm4": code}
    (refusal,) = parse(found).refused
    assert refusal.reason == "unknown-subdistrict"
    assert f"data[0].lokasi.adm4: found {code!r}, expected a kelurahan of the city pack" in refusal.detail


def test_a_document_of_nothing_is_refused_whole() -> None:
    for empty in ({"lokasi": {}, "data": []}, forecast()):
        with pytest.raises(CodecError, match="without items, expected cuaca"):
            parse(empty)


def test_only_forecasts_have_the_form_of_one() -> None:
    assert is_forecast(forecast(item()))
    assert is_forecast({"data": [{"cuaca": []}]})
    for other in (quakes({}), {"id": "1", "title": "x"}, {"id": "1", "data": "x"}, [], None, "cuaca", 1):
        assert not is_forecast(other)


@pytest.mark.parametrize("seed", range(300))
def test_no_mutation_of_a_document_gets_through_or_breaks_the_reader(seed: int) -> None:
    chance = Random(seed)
    found = forecast(item(0), item(3), item(6))
    for _ in range(chance.randint(1, 4)):
        _mutate(found, chance)
    with suppress(CodecError):
        taken = parse(json.loads(json.dumps(found)))
        _check(taken)


def _check(taken: Forecasts) -> None:
    for each in taken.found:
        assert each.subdistrict in CODES
        assert each.valid_at.tzinfo is UTC
        assert each.rain is None or 0 <= each.rain <= 1000
        assert each.temperature is None or -20 <= each.temperature <= 60


WILD = (
    None,
    "",
    "x",
    -1,
    1e308,
    True,
    [],
    {},
    "2026-11-21 00:00:00",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01 00:00",
    "\0",
)


def _mutate(found: Any, chance: Random) -> None:  # noqa: ANN401
    """Replace or drop one value somewhere in the document."""
    while True:
        keys = list(found) if isinstance(found, dict) else list(range(len(found)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = found[key]
        if not isinstance(inner, dict | list) or chance.random() < 0.2:
            if isinstance(found, dict) and chance.random() < 0.3:
                del found[key]
            else:
                found[key] = copy.deepcopy(chance.choice(WILD))
            return
        found = inner

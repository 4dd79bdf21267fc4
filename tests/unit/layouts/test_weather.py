"""What is made of forecasts, earthquakes and the city's own stations: figures right, worst first, honest gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from layouts.findings.credit import credit
from layouts.findings.outlook import STEPS, outlook_of
from layouts.findings.quakes import gravest, middle, quake_findings
from layouts.findings.stations import gauge_rain, measured
from layouts.panel import Context
from layouts.panels import PANELS
from layouts.skies import UNKNOWN, sky_of
from sensors.city import City
from tests.unit.layouts.answers.weather import forecast, quake
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, prop

FIRST = NOW - timedelta(hours=1)


def steps(code: str, *rain: float, words: str = "Hujan Ringan") -> list[dict[str, Any]]:
    return [forecast(code, FIRST + timedelta(hours=3 * n), NOW, rain=mm, words=words) for n, mm in enumerate(rain)]


def words_of(key: str, rows: Any, city: City) -> str:  # noqa: ANN401
    page = PANELS[key].render(rows, Context(city, NOW, {}))
    texts = [prop(each, "children") for each in elements(page)]
    return " | ".join(text for text in texts if isinstance(text, str))


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Cerah", "clear"), ("Cerah Berawan", "partly"), ("Berawan", "cloudy"), ("Berawan Tebal", "cloudy"),
        ("Kabut", "haze"), ("Udara Kabur", "haze"), ("Asap", "haze"), ("Hujan Ringan", "light"),
        ("Hujan Sedang", "moderate"), ("Hujan Lebat", "heavy"), ("Hujan Petir", "thunder"),
        ("HUJAN PETIR", "thunder"), ("Salju", "unknown"), (None, "unknown"),
    ],
)  # fmt: skip
def test_the_words_of_bmkg_have_a_sign(words: str | None, key: str) -> None:
    assert sky_of(words).key == key


def test_thunder_is_graver_than_rain_than_cloud() -> None:
    order = ["Hujan Petir", "Hujan Lebat", "Hujan Sedang", "Hujan Ringan", "Kabut", "Berawan", "Cerah"]
    gravity = [sky_of(words).gravity for words in order]
    assert gravity == sorted(gravity, reverse=True)
    assert min(gravity) > UNKNOWN.gravity


def test_a_kecamatan_has_the_worst_of_its_kelurahan_and_names_the_wettest(city: City) -> None:
    rows = {
        "forecast_steps": [
            *steps("36.71.06.1001", *[0.0] * 8),
            *steps("36.71.06.1004", 0, 0, 30, 25, 0, 0, 0, 0, words="Hujan Petir"),
            *steps("36.71.01.1001", 0, 1, *[0.0] * 6),
        ]
    }
    found = outlook_of(rows, city)
    worst = found.districts[0]
    assert (worst.district.name, worst.rank) == ("Ciledug", 1)
    assert worst.wettest is not None
    assert worst.ahead is not None
    assert worst.ahead.found is not None
    assert (worst.wettest.name, worst.ahead.total, worst.ahead.found.word) == ("Tajur", 55, "Lebat")
    assert (worst.steps[2].words, worst.steps[2].rain) == ("Hujan Petir", 30)
    assert worst.steps[0].sky.key == "partly"
    assert (found.heard, found.total, found.soaked) == (3, 104, 1)
    assert found.first_rain == (FIRST + timedelta(hours=3), (city.districts["36.71.01"],))
    assert found.wettest is worst


def test_missing_steps_make_a_sum_a_least_one(city: City) -> None:
    rows = {"forecast_steps": steps("36.71.06.1004", 30, 25)}
    found = outlook_of(rows, city)
    assert found.districts[0].ahead is not None
    assert found.districts[0].ahead.share == 2 / STEPS
    assert "▲ " not in words_of("forecast", rows, city)
    assert "◆ ≥ Lebat" in words_of("forecast", rows, city)


def test_the_forecast_says_its_coverage_issue_and_credit(city: City) -> None:
    said = words_of("forecast", full(city), city)
    assert "104 dari 104 kelurahan · analisis Sab 21 Nov 07.00 WIB · Sumber: BMKG" in said
    few = {"forecast_steps": [{**row, "channel": "bmkg-simulasi"} for row in steps("36.71.06.1004", *[0.0] * 8)]}
    assert "1 dari 104 kelurahan" in words_of("forecast", few, city)
    assert "Sumber: BMKG (simulasi)" in words_of("forecast", few, city)
    assert "menunggu prakiraan BMKG" in words_of("forecast", {}, city)


def test_one_row_made_up_makes_the_credit_say_so() -> None:
    assert credit([]) == ""
    assert credit([{"channel": "bmkg"}, {"channel": None}]) == "BMKG"
    assert credit([{"channel": "bmkg"}, {"channel": "bmkg-simulasi"}]) == "BMKG (simulasi)"


def test_a_quake_is_seen_from_the_middle_of_the_city(city: City) -> None:
    lat, lon = middle(city)
    assert (lat, lon) == (pytest.approx(-6.18, abs=0.02), pytest.approx(106.65, abs=0.02))
    places = {"utara": (1, 0), "timur laut": (1, 1), "selatan": (-1, 0), "barat daya": (-1, -1), "barat": (0, -1)}
    for direction, (north, east) in places.items():
        (found,) = quake_findings({"quakes_recent": [quake("q", NOW, lat + north, lon + east, 4.0)]}, city)
        assert found.direction == direction
        assert found.km == pytest.approx(111.2 * (north**2 + east**2) ** 0.5, rel=0.02)


def test_the_gravest_quake_stands_out_for_as_long_as_its_rule_says(city: City) -> None:
    lat, lon = middle(city)
    rows = [
        quake("felt", NOW - timedelta(hours=1), lat - 3, lon, 4.9, felt="II Tangerang"),
        quake("near", NOW - timedelta(hours=47), lat - 0.8, lon, 5.4),
        quake("old", NOW - timedelta(hours=73), lat - 0.1, lon, 7.1),
        quake("far", NOW, 0.6, 97.8, 6.4),
    ]
    found = quake_findings({"quakes_recent": rows}, city)
    assert [each.rank for each in found] == [1, 2, 3, 0]
    assert gravest(found, NOW) is found[1]
    assert gravest(found, NOW + timedelta(hours=2)) is found[0]
    assert gravest(found, NOW + timedelta(days=9)) is None


def test_calm_says_what_would_stand_out(city: City) -> None:
    said = words_of("quakes", {"quakes_recent": [quake("far", NOW, 0.6, 97.8, 4.4)]}, city)
    assert "Tidak ada yang menyangkut kota" in said
    assert "M ≥ 5,0 dalam 300 km, M ≥ 4,0 dalam 50 km, dirasakan ≥ II MMI di kota (ambang contoh)" in said


def test_a_lifted_quake_says_how_far_how_felt_and_that_the_threshold_is_a_sample(city: City) -> None:
    said = words_of("quakes", full(city), city)
    assert "◆ Siaga" not in said
    assert "▲ Siaga" in said
    assert "90 km selatan kota" in said
    assert "dirasakan III Kota Tangerang, II Jakarta (MMI) · tidak berpotensi tsunami · ambang contoh" in said
    assert "di kota III MMI" in said


def test_means_are_of_stations_heard_in_the_same_hour(city: City) -> None:
    row = {"kind": "temperature", "received_at": NOW}
    rows = {
        "latest_readings": [
            {**row, "device": "air-tanah-tinggi", "value": 30.0, "observed_at": NOW},
            {**row, "device": "air-pasir-jaya", "value": 26.0, "observed_at": NOW - timedelta(minutes=50)},
            {**row, "device": "air-cikokol", "value": 10.0, "observed_at": NOW - timedelta(hours=2)},
        ]
    }
    found = measured(rows, city, "temperature")
    assert (found.mean, found.heard, found.total) == (28.0, 2, 6)
    assert found.lowest is not None
    assert found.lowest["device"] == "air-pasir-jaya"
    assert measured({}, city, "wind_speed").mean is None


def test_the_wettest_gauge_comes_first_with_the_graver_of_its_classes(city: City) -> None:
    rows = {
        "rain_sums": [
            {"device": "rain-benda", "mm_1h": 0.0, "mm_24h": 49.9},
            {"device": "rain-cipondoh", "mm_1h": 21.0, "mm_24h": 22.0},
            {"device": "gauge-kali-ledug", "mm_1h": None, "mm_24h": 0.0},
        ]
    }
    found = gauge_rain(rows, city)
    assert [(each.gauge.key, each.found and each.found.word) for each in found[:2]] == [
        ("rain-cipondoh", "Sangat lebat"),
        ("rain-benda", "Sedang"),
    ]
    assert sum(each.day is not None for each in found) == 3

"""What the walls say of air and noise: which means may decide, which zone is too loud, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from layouts.findings.air import AirFinding, air_findings, pollutants, stations, worst, written
from layouts.findings.ispu_scale import scale_of
from layouts.findings.noise import NoiseFinding, by_excess, noise_findings
from layouts.html import Element
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.answers.air import mean
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import marked, prop, words

TANAH, PASIR, CIKOKOL = "air-tanah-tinggi", "air-pasir-jaya", "air-cikokol"
HOME = "noise-perumahan"


def drawn(key: str, rows: Rows, city: City) -> Element:
    return PANELS[key].render(rows, Context(city, NOW, {}))


def said(page: Element, ident: str) -> str:
    (element,) = marked(page, "id", ident)
    return words(element)


def classes(page: Element, ident: str) -> str:
    (element,) = marked(page, "id", ident)
    return str(prop(element, "className"))


def air(rows: list[dict[str, Any]], city: City) -> dict[str, AirFinding]:
    return {each.station.key: each for each in air_findings({"air_day_means": rows}, city)}


def test_any_of_seven_pollutants_decides(city: City) -> None:
    rows = [mean(TANAH, "pm25", 15.5), mean(TANAH, "o3", 177.5), mean(TANAH, "co", 1000), mean(TANAH, "humidity", 90)]
    found = air(rows, city)[TANAH]
    assert found.verdict is not None
    assert (found.verdict.pollutant, found.verdict.index, found.words) == ("o3", 75, "75")
    assert set(found.means) == {"pm25", "o3", "co"}
    assert [written(each) for each in pollutants(city)] == ["PM10", "PM2,5", "SO₂", "CO", "O₃", "NO₂", "HC"]


def test_an_incomplete_pollutant_is_shown_but_decides_nothing(city: City) -> None:
    rows = [mean(TANAH, "pm25", 15.5), mean(TANAH, "so2", 500, 0.5)]
    found = air(rows, city)[TANAH]
    assert found.verdict is not None
    assert (found.verdict.pollutant, found.complete, found.rank, found.share) == ("pm25", True, 0, 1.0)
    assert (found.means["so2"].complete, round(found.means["so2"].index)) == (False, 225)
    page = drawn("ispu", {"air_day_means": rows}, city)
    assert said(page, f"ispu-index-{TANAH}") == "50"
    assert "partial" in classes(page, f"ispu-cell-{TANAH}-so2")
    assert said(page, f"ispu-mean-{TANAH}-so2") == "500,0 · ◇ 50 %"


def test_an_incomplete_station_never_becomes_the_citys_worst(city: City) -> None:
    rows = [mean(TANAH, "pm25", 300, 0.4), mean(PASIR, "pm25", 40)]
    found = worst(air_findings({"air_day_means": rows}, city))
    assert found is not None
    assert (found.station.key, found.words) == (PASIR, "81")
    page = drawn("ispu", {"air_day_means": rows}, city)
    assert (said(page, "ispu-city"), said(page, "ispu-city-where")) == ("81", "di Pasir Jaya")
    assert classes(page, f"ispu-index-{TANAH}") == "figure partial"
    assert said(page, f"ispu-decider-{TANAH}") == "PM2,5 · baru 40 % data"
    assert classes(page, f"ispu-badge-{TANAH}") == "ispu ispu-tanpa"
    assert said(drawn("summary", {"air_day_means": rows}, city), "summary-air-where") == "Pasir Jaya"


def test_while_no_station_has_a_whole_day_the_city_says_so(city: City) -> None:
    rows = {"air_day_means": [mean(TANAH, "pm25", 300, 0.4)]}
    page = drawn("ispu", rows, city)
    assert (said(page, "ispu-city"), classes(page, "ispu-city")) == ("340", "key partial")
    assert said(page, "ispu-city-why") == "PM2,5 300,0 µg/m³ · belum lengkap, data 40 %"
    assert classes(page, "ispu-city-badge") == "ispu ispu-tanpa"
    assert said(drawn("summary", rows, city), "summary-air-badge") == "○ baru 40 % data"
    (sign,) = marked(drawn("map", rows, city), "id", f"map-at-{TANAH}")
    assert (prop(sign, "className"), prop(sign, "title")) == (
        "symbol air partial rank-0",
        "Tanah Tinggi: ISPU 340, belum lengkap: data 40 %",
    )


@pytest.mark.parametrize(("mean_", "told"), [(500, "500"), (501, "> 500"), (0, "0"), (15.66, "50"), (15.92, "51")])
def test_the_index_is_told_as_it_is_published(city: City, mean_: float, told: str) -> None:
    found = air([mean(TANAH, "pm25", mean_)], city)[TANAH]
    assert found.words == told
    assert found.verdict is not None
    assert found.verdict.category.word == {"50": "Baik", "51": "Sedang", "0": "Baik"}.get(told, "Berbahaya")


def test_a_burst_in_one_evening_is_no_whole_day(city: City) -> None:
    row = {"device": TANAH, "kind": "pm25", "mean": 40.0, "n": 1440, "hours": [360] * 4}
    assert not air([row], city)[TANAH].complete


def test_a_station_that_measures_only_a_gas_is_a_station(city: City) -> None:
    gas = replace(city.devices[TANAH], kinds=("co",))
    bare = replace(city, devices={TANAH: gas})
    assert stations(bare) == (gas,)
    assert said(drawn("ispu", {"air_day_means": [mean(TANAH, "co", 6000)]}, bare), "ispu-city") == "75"


def test_what_a_station_does_not_measure_is_said_once(city: City) -> None:
    page = drawn("ispu", full(city), city)
    (row,) = marked(page, "id", f"ispu-row-{CIKOKOL}")
    assert words(row).count("tidak diukur") == 1
    assert "SO₂, CO, O₃, NO₂, HC tidak diukur" in words(row)


def test_the_scale_has_the_legal_classes_as_wide_as_they_are(city: City) -> None:
    scale = scale_of(city)
    assert [each.range for each in scale.classes] == ["0–50", "51–100", "101–200", "201–300", "≥ 301"]
    assert [each.width for each in scale.classes] == [50, 50, 100, 100, 200]
    assert [scale.place(index) for index in (0, 50, 300, 500, 900)] == [0, 10, 60, 100, 100]


def hours(device: str, day: float, night: float, n: int = 60, now: datetime = NOW) -> list[dict[str, Any]]:
    # 25 buckets: the hour that has begun and what is left of the same hour of yesterday
    buckets = [now.replace(minute=0) - timedelta(hours=i) for i in range(24)]
    return [
        {"device": device, "bucket": at, "level": day if 6 <= (at.hour + 7) % 24 < 22 else night, "n": n}
        for at in buckets
    ]


def noise(rows: list[dict[str, Any]], city: City) -> dict[str, NoiseFinding]:
    return {each.meter.key: each for each in noise_findings({"noise_hours": rows}, city)}


@pytest.mark.parametrize(
    ("day", "night", "rank", "badge"),
    [
        (55, 50, 0, "○ 0,0 dB di bawah baku"), (50, 45, 0, "○ 5,0 dB di bawah baku"),
        (57, 52, 1, "◆ +2,0 dB, dalam toleransi"), (58, 53, 1, "◆ +3,0 dB, dalam toleransi"),
        (58.2, 53.2, 2, "▲ melebihi 3,2 dB"), (70, 65, 2, "▲ melebihi 15,0 dB"),
    ],
)  # fmt: skip
def test_a_zone_is_judged_by_day_and_night_together(
    city: City, day: float, night: float, rank: int, badge: str
) -> None:
    rows = hours(HOME, day, night)
    found = noise(rows, city)[HOME]
    assert found.verdict is not None
    assert (found.rank, found.hours_heard, found.share) == (rank, 24, 1)
    page = drawn("noise", {"noise_hours": rows}, city)
    assert said(page, f"noise-badge-{HOME}") == badge
    assert (said(page, f"noise-day-{HOME}"), said(page, f"noise-hours-{HOME}")) == (
        f"{day:.1f}".replace(".", ","),
        "24 dari 24 jam",
    )


def test_both_ends_of_the_day_are_one_hour_weighed_by_their_readings(city: City) -> None:
    now = datetime(2026, 11, 21, 7, 20, tzinfo=UTC)
    rest = hours(HOME, 50, 45, now=now)
    ends = [{**rest[0], "level": 60.0, "n": 20}, {**rest[0], "bucket": now - timedelta(hours=24, minutes=20), "n": 40}]
    found = noise([*ends, *rest[1:]], city)[HOME]
    assert found.verdict is not None
    # that hour: (20·10^6 + 40·10^5)/60 = 400 000, 56,02 dB; the day's 16 hours: (400 000 + 15·100 000)/16
    assert (found.hours_heard, found.share, round(found.verdict.day, 3)) == (24, 1, 50.746)


def test_a_thin_day_of_noise_raises_no_flag(city: City) -> None:
    rows = hours(HOME, 80, 75, n=24)
    found = noise(rows, city)[HOME]
    assert (found.rank, found.complete, round(found.share, 2)) == (0, False, 0.4)
    assert said(drawn("noise", {"noise_hours": rows}, city), f"noise-badge-{HOME}") == "○ belum lengkap, data 40 %"


def test_the_loudest_for_its_zone_comes_first_and_a_meter_without_a_zone_is_not_judged(city: City) -> None:
    rows = [*hours(HOME, 70, 65), *hours("noise-industri", 71, 66), *hours("noise-perdagangan", 60, 55)]
    first, second, *_ = by_excess(noise_findings({"noise_hours": rows}, city))
    assert (first.meter.key, second.meter.key) == (HOME, "noise-industri")
    bare = replace(city, noise_zones={})
    found = noise(rows, bare)[HOME]
    assert (found.verdict, found.rank) == (None, 0)
    page = drawn("noise", {"noise_hours": rows}, bare)
    assert said(page, f"noise-badge-{HOME}") == "○ tanpa baku"


def test_the_range_of_a_day_stands_beside_the_weather_of_now(city: City) -> None:
    page = drawn("weather_now", full(city), city)
    assert said(page, f"weather_now-range-{TANAH}-temperature") == "27,5–29,5"
    assert marked(page, "data-reading", f"{TANAH}/temperature")


def test_the_pack_says_how_far_the_curve_of_a_station_looks_back(city: City) -> None:
    short = replace(city, curves=replace(city.curves, air=3))
    found = {each.station.key: each for each in air_findings(full(city), short)}
    assert len(found[TANAH].trend) == 3

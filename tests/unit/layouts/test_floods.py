"""What the wall of rivers says follows from the rows: worst first, rain by its class, floods beside their river."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from layouts.findings.floods import floods_of
from layouts.findings.rain import rain_findings
from layouts.findings.rivers import gauge_findings
from layouts.html import Element
from layouts.panel import Context, Row, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.rows import NOW
from tests.unit.layouts.walking import elements, marked, prop, words

LEDUG, UPSTREAM = "gauge-kali-ledug", "gauge-batu-beulah"


def level(gauge: str, value: float) -> Row:
    return {"device": gauge, "kind": "water_level", "value": value, "observed_at": NOW, "received_at": NOW}


def rising(gauge: str, now: float, an_hour: float, n: int = 15) -> list[Row]:
    """Twelve hours that end at `now` and rose by so much in each of them."""
    quarter = timedelta(minutes=15)
    return [{"device": gauge, "bucket": NOW - quarter * i, "value": now - an_hour * i / 4, "n": n} for i in range(48)]


def drawn(panel: str, rows: Rows, city: City) -> Element:
    return PANELS[panel].render(rows, Context(city, NOW, {}))


def said(page: Element, ident: str) -> str:
    (found,) = marked(page, "id", ident)
    return words(found)


def order(page: Element, start: str) -> list[str]:
    ids = [str(prop(each, "id")) for each in elements(page) if str(prop(each, "id") or "").startswith(start)]
    return [ident.removeprefix(start) for ident in ids]


def test_upstream_stands_first_then_the_worst_and_all_are_there(city: City) -> None:
    page = drawn("gauges", {"latest_readings": [level(LEDUG, 190.0), level("gauge-alamanda", 280.0)]}, city)
    rows = order(page, "gauges-row-")
    assert rows[:3] == [UPSTREAM, "gauge-alamanda", LEDUG]
    assert len(rows) == 20
    assert said(page, "gauges-badge-gauge-alamanda") == "■ Siaga 1 (awas)"
    assert said(page, f"gauges-badge-{UPSTREAM}") == "○ belum ada data"
    assert said(page, "panel-gauges-note") == "angka siaga lebih kecil = lebih parah · 2 dari 20 pos melapor"


@pytest.mark.parametrize(
    ("an_hour", "move", "hours"),
    [
        (40.0, "↑ 40 cm/jam", "sekitar 30 menit lagi"), (5.0, "↑ 5 cm/jam", "sekitar 4 jam lagi"),
        (0.5, "→ tetap", ""), (-12.0, "↓ 12 cm/jam", ""), (240.0, "↑ 240 cm/jam", "sekitar 5 menit lagi"),
    ],
)  # fmt: skip
def test_a_rising_river_says_when_it_reaches_the_next_step(city: City, an_hour: float, move: str, hours: str) -> None:
    rows = {"latest_readings": [level(LEDUG, 155.0)], "gauge_trend": rising(LEDUG, 155.0, an_hour)}
    page = drawn("gauges", rows, city)
    assert said(page, f"gauges-move-{LEDUG}") == move
    assert said(page, f"gauges-next-{LEDUG}") == "20 cm ke Siaga 2 (175)"
    assert said(page, f"gauges-hours-{LEDUG}") == hours
    assert said(page, f"gauges-heard-{LEDUG}") == "data 100 %"


def test_too_few_readings_carry_no_pace(city: City) -> None:
    rows = {"latest_readings": [level(LEDUG, 155.0)], "gauge_trend": rising(LEDUG, 155.0, 40.0, n=5)}
    page = drawn("gauges", rows, city)
    assert said(page, f"gauges-move-{LEDUG}") == "–"
    assert said(page, f"gauges-heard-{LEDUG}") == "data 33 %"
    assert said(page, f"gauges-hours-{LEDUG}") == ""


def test_at_the_worst_step_there_is_no_next_one(city: City) -> None:
    rows = {"latest_readings": [level(LEDUG, 312.0)], "gauge_trend": rising(LEDUG, 312.0, 40.0)}
    page = drawn("gauges", rows, city)
    assert said(page, f"gauges-next-{LEDUG}") == "ambang terakhir, 300 cm"
    assert said(page, f"gauges-hours-{LEDUG}") == ""


def test_the_city_s_own_figures_leave_the_gauge_upstream_out(city: City) -> None:
    rows = {"latest_readings": [level(UPSTREAM, 400.0), level(LEDUG, 100.0)]}
    page = drawn("summary", rows, city)
    assert said(page, "summary-rivers") == "0"
    assert said(page, "summary-rivers-where").endswith(", hulu"), "what comes is told before it is here"
    assert not marked(drawn("map", rows, city), "id", f"map-at-{UPSTREAM}")
    assert next(each for each in gauge_findings(rows, city) if each.gauge.upstream).rank == 3


def fallen(device: str, hour: float, day: float, n: int = 12) -> Row:
    return {"device": device, "mm_1h": hour, "mm_24h": day, "n_1h": n, "n_24h": 24 * n, "newest": NOW}


@pytest.mark.parametrize(
    ("hour", "day", "hours", "days"),
    [
        (0.0, 0.0, "○ tidak hujan", "○ berawan"), (0.4, 0.4, "○ sangat ringan", "○ berawan"),
        (1.0, 0.5, "○ ringan", "○ ringan"), (5.0, 20.0, "○ sedang", "○ sedang"),
        (10.0, 50.0, "◆ lebat", "◆ lebat"), (20.0, 100.0, "▲ sangat lebat", "▲ sangat lebat"),
        (19.9, 150.0, "◆ lebat", "■ ekstrem"),
    ],
)  # fmt: skip
def test_rain_is_called_what_bmkg_calls_it(city: City, hour: float, day: float, hours: str, days: str) -> None:
    page = drawn("rain", {"rain_sums": [fallen("rain-benda", hour, day)]}, city)
    assert said(page, "rain-hour-rain-benda-class") == hours
    assert said(page, "rain-day-rain-benda-class") == days
    assert said(page, "rain-hour-rain-cipondoh-class") == "○ belum dilaporkan"


def test_a_gauge_that_fell_silent_is_not_called_dry(city: City) -> None:
    row = {**fallen("rain-benda", 0.0, 20.0), "mm_1h": None, "n_1h": 0}
    page = drawn("rain", {"rain_sums": [row]}, city)
    assert (said(page, "rain-hour-rain-benda"), said(page, "rain-hour-rain-benda-class")) == ("–", "○ belum dilaporkan")
    assert said(page, "rain-day-rain-benda-class") == "○ sedang"
    assert said(drawn("pulse", {"rain_sums": [row]}, city), "pulse-rain") == "–"


def test_the_heaviest_rain_comes_first_with_how_much_was_heard(city: City) -> None:
    sums = [fallen("rain-benda", 2.0, 8.0), fallen("rain-cipondoh", 25.0, 30.0, n=6)]
    found = rain_findings({"rain_sums": sums}, city)
    assert [each.device.key for each in found[:1]] == ["rain-cipondoh"]
    assert (found[0].hour.heard, found[0].day.heard) == (0.5, 0.5)
    page = drawn("rain", {"rain_sums": sums}, city)
    assert said(page, "rain-heard-rain-cipondoh") == "50 %"
    assert said(page, "rain-hour-rain-cipondoh") == "25,0"


def cases(service: str, district: str, n: int) -> Row:
    return {"service": service, "district": district, "n": n, "oldest_opened_at": NOW, "status_at": NOW}


def test_floods_stand_beside_the_worst_gauge_of_their_kecamatan(city: City) -> None:
    rows = {
        "latest_readings": [level(LEDUG, 190.0), level("gauge-alamanda", 100.0), level(UPSTREAM, 400.0)],
        "flood_cases": [
            cases("laksa", "36.71.08", 12), cases("siaga-112", "36.71.08", 3),
            cases("laksa", "36.71.04", 1), cases("laksa", "", 2),
        ],
    }  # fmt: skip
    found = floods_of(rows, city)
    first, second = found.districts[:2]
    assert (first.district.name, first.complaints, first.calls) == ("Periuk", 12, 3)
    assert first.gauge is not None
    assert (first.gauge.gauge.name, first.gauge.words) == ("Kali Ledug", "Siaga 2 (siaga)")
    assert (second.district.name, second.gauge, second.rank) == ("Benda", None, 0)
    assert (found.complaints, found.calls, found.elsewhere, len(found.districts)) == (13, 3, 2, 13)
    page = drawn("flood_links", rows, city)
    assert said(page, "panel-flood_links-note") == "terbuka: 13 aduan, 3 panggilan 112, 2 tanpa kecamatan"
    assert said(page, "floods-gauge-36-71-04") == "tanpa pos duga"
    assert said(page, "floods-gauge-36-71-05") == "belum ada data"
    assert said(page, "floods-badge-36-71-08") == "▲ Siaga 2 (siaga)"


def test_the_pack_says_how_far_a_level_looks_back(city: City) -> None:
    short = replace(city, curves=replace(city.curves, rivers=2))
    rows = {"latest_readings": [level(LEDUG, 155.0)], "gauge_trend": rising(LEDUG, 155.0, 40.0)}
    (found,) = [each for each in gauge_findings(rows, short) if each.gauge.key == LEDUG]
    assert len(found.trend) == 8

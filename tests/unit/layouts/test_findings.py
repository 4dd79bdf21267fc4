"""What the wall says about air, rivers, prices and complaints follows from the rows and the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from layouts.findings.air import air_findings, healthy_limit, worst
from layouts.findings.cases import counts_of
from layouts.findings.deadlines import deadlines_of
from layouts.findings.prices import price_findings, silent_markets
from layouts.findings.rivers import by_urgency, gauge_findings
from layouts.panel import Context, Row
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.answers.air import mean
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import marked, prop, words

GAUGE = "gauge-pintu-air-10"


def level(value: float) -> list[Row]:
    return [{"device": GAUGE, "kind": "water_level", "value": value, "observed_at": NOW, "received_at": NOW}]


def test_ispu_is_the_worst_pollutant_of_the_running_day(city: City) -> None:
    rows = {"air_day_means": [mean("air-tanah-tinggi", "pm25", 40.0)]}
    found = worst(air_findings(rows, city))
    assert found is not None
    assert found.verdict is not None
    assert (round(found.verdict.index, 1), found.verdict.pollutant, found.rank) == (80.7, "pm25", 0)
    assert healthy_limit(city) == 55.4


def test_a_thin_day_is_called_incomplete(city: City) -> None:
    rows = {"air_day_means": [mean("air-tanah-tinggi", "pm25", 40.0, 0.4)]}
    page = PANELS["air"].render(rows, Context(city, NOW, {}))
    (share,) = marked(page, "id", "air-share-air-tanah-tinggi")
    assert words(share) == "◇ hanya 40 % data"


def test_the_most_urgent_river_comes_first_with_number_and_word(city: City) -> None:
    first = by_urgency(gauge_findings({"latest_readings": level(512.0)}, city))[0]
    assert (first.gauge.key, first.words, first.rank) == (GAUGE, "Siaga 1 (awas)", 3)


def test_a_river_says_how_fast_it_rises_and_what_is_missing(city: City) -> None:
    trend = [{"device": GAUGE, "bucket": NOW - timedelta(minutes=15 * i), "value": 400.0 - 3 * i} for i in range(20)]
    page = PANELS["rivers"].render({"latest_readings": level(400.0), "gauge_trend": trend}, Context(city, NOW, {}))
    assert words(marked(page, "id", f"rivers-move-{GAUGE}")[0]) == "↑ 12 cm/jam"
    assert words(marked(page, "id", f"rivers-next-{GAUGE}")[0]) == "25 cm ke Siaga 2"


def test_a_gauge_that_fell_silent_has_no_rate(city: City) -> None:
    others = [{"device": "gauge-alamanda", "bucket": NOW, "value": 1.0}]
    silent = [
        {"device": GAUGE, "bucket": NOW - timedelta(hours=3, minutes=15 * i), "value": 400.0 - i} for i in range(9)
    ]
    found = gauge_findings({"latest_readings": level(400.0), "gauge_trend": others + silent}, city)
    assert next(each for each in found if each.gauge.key == GAUGE).rate is None


def test_a_gauge_without_a_ladder_is_not_judged(city: City) -> None:
    bare = replace(city, devices={GAUGE: replace(city.devices[GAUGE], ladder=None)})
    (found,) = gauge_findings({"latest_readings": level(900.0)}, bare)
    assert (found.words, found.rank) == ("", 0)


def board(market: str, price: int, days_ago: int = 0) -> Row:
    at = NOW - timedelta(days=days_ago)
    return {"market": market, "commodity": "beras-medium", "price": Decimal(price), "unit": "kg", "observed_at": at}


def test_a_price_above_the_reference_is_seen_and_yesterdays_is_not_todays(city: City) -> None:
    rows = {
        "price_board": [board("pasar-anyar", 13_700), board("pasar-malabar", 13_900), board("pasar-laris", 9_000, 1)],
        "price_trend": [
            {"commodity": "beras-medium", "unit": unit, "day": (NOW - timedelta(days=1)).date(), "price": price}
            for unit, price in (("kg", 12_000.0), ("liter", 9_000.0))
        ],
    }
    found = next(each for each in price_findings(rows, city, NOW) if each.commodity.key == "beras-medium")
    assert found.middle == 13_800
    assert (found.over_rank, found.change_rank) == (2, 2)
    assert "pasar-laris" in silent_markets(rows, city, NOW)
    page = PANELS["prices"].render(rows, Context(city, NOW, {}))
    (cell,) = marked(page, "data-price", "pasar-laris/beras-medium")
    assert (prop(cell, "data-value"), prop(cell, "className")) == ("9000", "cell old")


def test_open_complaints_are_counted_by_agency_and_district(city: City) -> None:
    counts = counts_of(full(city), city)
    assert counts.by_status == {"menunggu": 26, "proses": 26, "selesai": 26}
    assert (counts.open, counts.agencies[0].waiting, counts.by_district["36.71.07"]) == (52, 26, 4)


def test_the_newest_complaint_carries_its_mark(city: City) -> None:
    page = PANELS["complaints"].render(full(city), Context(city, NOW, {}))
    (case,) = marked(page, "data-case", "laksa/LAKSA-2026-000000")
    assert prop(case, "data-status") == "menunggu"
    assert "Lampu jalan padam" not in words(page), "what people wrote stays off the wall"


def open_case(number: int, opened_days_ago: float, **more: object) -> Row:
    opened = NOW - timedelta(days=opened_days_ago)  # NOW is Saturday 21 November 2026, 14.00 WIB
    facts = {"status": "menunggu", "status_at": opened, "category": "pju", "subdistrict": None, "agency": "dishub"}
    return {"service": "laksa", "case_id": f"L-{number}", "opened_at": opened, **facts, **more}


def test_what_is_late_and_what_is_due_today_is_counted_by_the_rules(city: City) -> None:
    friday = NOW - timedelta(days=1)  # 20 November: on it 3 working days from Tuesday the 17th are over
    rows = {
        "open_cases": [
            open_case(1, 19, status="proses"),  # Monday 2nd: 14 working days end on the 20th
            open_case(2, 18, status="proses"),  # Tuesday 3rd: the 23rd
            open_case(3, 4), open_case(4, 5, agency="dlh"),  # Tuesday 17th: the 20th; Monday 16th: the 19th
            open_case(5, 3), open_case(6, 1),  # Wednesday 18th: the 23rd; Friday 20th: the 25th
            open_case(7, 400, category="tidak-dikenal", status="proses"),  # no rule holds
        ]
    }  # fmt: skip
    on_saturday, on_friday = deadlines_of(rows, city, NOW), deadlines_of(rows, city, friday)
    assert [late.row["case_id"] for late in on_saturday.late] == ["L-4", "L-1", "L-3"]
    assert (dict(on_saturday.by_agency), on_saturday.today) == ({"dlh": 1, "dishub": 2}, 0)
    assert ([late.row["case_id"] for late in on_friday.late], on_friday.today) == (["L-4"], 2)
    assert not on_saturday.sample
    assert deadlines_of({"open_cases": [open_case(8, 30, status="proses", category="informasi")]}, city, NOW).sample


def test_the_panel_says_what_is_late_and_lists_the_oldest_first(city: City) -> None:
    rows = {**full(city), "open_cases": [open_case(1, 5), open_case(2, 30), open_case(3, 40, status="proses")]}
    page = PANELS["complaints"].render(rows, Context(city, NOW, {}))
    assert words(marked(page, "id", "complaints-overdue")[0]) == "■ 3 lewat tenggat"
    shown = [prop(marked(page, "id", f"complaints-case-{slot}")[0], "data-case") for slot in range(5)]
    assert shown == ["laksa/L-2", "laksa/L-3", *(f"laksa/LAKSA-2026-{number:06d}" for number in range(3))]
    assert words(marked(page, "id", "complaints-where-0")[0]) == "Dishub", "beside a deadline only the agency fits"
    assert words(marked(page, "id", "complaints-due-0")[0]) == " ■ tenggat 27 Okt"
    assert prop(marked(page, "id", "complaints-late-0")[0], "style") == {"width": "6%"}


def test_without_late_cases_the_newest_are_listed(city: City) -> None:
    page = PANELS["complaints"].render({**full(city), "open_cases": [open_case(1, 1)]}, Context(city, NOW, {}))
    assert words(marked(page, "id", "complaints-list")[0]) == "Terbaru"
    assert words(marked(page, "id", "complaints-overdue")[0]) == ""
    assert prop(marked(page, "id", "complaints-case-0")[0], "data-case") == "laksa/LAKSA-2026-000000"


def test_another_service_may_be_the_citys_own(city: City) -> None:
    first = {key: city.services[key] for key in ("siaga-112", "laksa")}
    rows = {"case_counts": [
        {"status": "diterima", "agency": "bpbd", "category": each, "district": None, "n": n, "oldest_opened_at": NOW}
        for each, n in (("banjir", 2), ("prank", 40))
    ]}  # fmt: skip
    counts = counts_of(rows, replace(city, services=first))
    assert (counts.open, counts.agencies[0].waiting) == (2, 2)

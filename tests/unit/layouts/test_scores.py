"""What the wall of scores says follows from the rows, the pack's targets and how much was heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from layouts.findings.ledger import DAY, MONTH, SPANS, WEEK, Span, ledger_of
from layouts.findings.measured import MEASURED, Measured, measure
from layouts.findings.scores import LEAD, GroupScore, Scores, scores_of
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City, Indicator
from sensors.pack.indicators import MEASURES
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, marked, prop, words

TODAY = date(2026, 11, 21)  # a Saturday; NOW is 14:00 WIB


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def indicator(city: City, measure_: str, *of: str, **more: Any) -> Indicator:  # noqa: ANN401
    return replace(city.scorecard.indicators[0], measure=measure_, of=of, **more)


def measured(rows: Rows, city: City, one: Indicator, span: Span = WEEK) -> Measured:
    return measure(ledger_of(rows, city, NOW), one, span)


def hours(device: str, kind: str, n: int, total: float, heard: int = 24, high: float = 0.0) -> dict[str, Any]:
    return {"device": device, "kind": kind, "hours": heard, "n": n, "total": total, "high": high, "until": NOW}


def days(device: str, kind: str, *found: tuple[int, float, float]) -> dict[str, Any]:
    """Days by how long ago they are, each with its mean of ten readings and its highest."""
    return {
        "device": device, "kind": kind, "days": [back(ago) for ago, _, _ in found], "n": [10 for _ in found],
        "total": [mean * 10 for _, mean, _ in found], "high": [high for _, _, high in found],
    }  # fmt: skip


def case(service: str, status: str, opened: int, ended: int | None, n: int = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    row = {"service": service, "category": "pju", "status": status, "opened_on": back(opened), "n": n}
    row |= {"ended_on": None if ended is None else back(ended), "opened_24h": 0, "ended_24h": 0, "status_at": NOW}
    return {**row, **more}


def group(scores: Scores, key: str) -> GroupScore:
    return next(each for each in (*scores.goals, *scores.pillars) if each.group.key == key)


def test_every_measure_of_the_pack_can_be_computed() -> None:
    assert set(MEASURED) == set(MEASURES)


def test_every_goal_and_pillar_scores_when_all_is_heard(city: City) -> None:
    found = scores_of(full(city), city, NOW)
    assert [each.group.key for each in found.goals] == ["liveable", "investable", "visitable", "e-city"]
    assert len(found.pillars) == 6
    for each in (*found.goals, *found.pillars):
        assert each.scored[LEAD].score is not None
        assert each.scored[LEAD].coverage == pytest.approx(1.0)


def test_a_mean_is_that_of_the_devices_and_a_silent_one_lowers_the_coverage(city: City) -> None:
    lines = [device.key for device in city.devices.values() if "vehicle_speed" in device.kinds]
    rows = {"score_days": [days(lines[0], "vehicle_speed", (1, 20, 0), (2, 30, 0)),
                           days(lines[1], "vehicle_speed", *((ago, 35, 0) for ago in range(1, 8)))]}  # fmt: skip
    found = measured(rows, city, indicator(city, "reading-mean", "vehicle_speed"))
    assert found.value == pytest.approx((25 + 35) / 2)
    assert found.coverage == pytest.approx((2 / 7 + 1) / len(lines))


def test_what_is_silent_counts_like_what_is_heard_and_never_as_nothing(city: City) -> None:
    lines = [device.key for device in city.devices.values() if "bus_passengers" in device.kinds]
    one = indicator(city, "reading-per-day", "bus_passengers", hours=14)
    whole = {"score_hours": [hours(line, "bus_passengers", 100, 700, heard=24) for line in lines]}
    assert measured(whole, city, one, DAY) == Measured(700 * len(lines), 1.0)
    half = {"score_hours": [hours(lines[0], "bus_passengers", 50, 350, heard=7)]}
    found = measured(half, city, one, DAY)
    assert found.value == pytest.approx(700 * len(lines))
    assert found.coverage == pytest.approx(0.5 / len(lines))


def test_a_daily_reading_is_whole_with_one_hour_of_the_day(city: City) -> None:
    rows = {"score_hours": [hours("bps-kota-tangerang", "inflation", 1, 3.52, heard=1)]}
    assert measured(rows, city, indicator(city, "reading-mean", "inflation"), DAY) == Measured(3.52, 1.0)


def test_today_and_older_days_are_not_part_of_a_week(city: City) -> None:
    rows = {"score_days": [days("bps-kota-tangerang", "inflation", (0, 9, 0), (1, 2, 0), (7, 4, 0), (8, 9, 0))]}
    one = indicator(city, "reading-mean", "inflation")
    assert measured(rows, city, one) == Measured(3.0, pytest.approx(2 / 7))  # type: ignore[arg-type]
    assert measured(rows, city, one, MONTH).value == pytest.approx(5.0)


def test_free_beds_are_a_share_of_hospitals_that_tell_both(city: City) -> None:
    rows = {"score_hours": [hours("rsud-benda", "beds_free", 2, 20), hours("rsud-benda", "beds_total", 2, 132),
                            hours("rsud-kota-tangerang", "beds_free", 2, 900)]}  # fmt: skip
    found = measured(rows, city, indicator(city, "reading-share", "beds_free", "beds_total"), DAY)
    assert found.value == pytest.approx(10 / 66 * 100)
    assert found.coverage == pytest.approx(3 / 4)


def test_lamps_are_counted_at_the_darkest_hour(city: City) -> None:
    rows = {
        "score_days": [days("lamp-benda", "lamps_lit", (1, 400, 980)), days("lamp-benda", "lamps_faulty", (1, 20, 25))]
    }
    found = measured(rows, city, indicator(city, "lamp-share", "lamps_lit", "lamps_faulty"))
    assert found.value == pytest.approx(98.0)


def test_station_days_are_well_up_to_the_second_category(city: City) -> None:
    # PM2.5 of 55.4 is ISPU 100 (sedang), 56 is above it (tidak sehat).
    rows = {
        "score_days": [days("air-cikokol", "pm25", (1, 55.4, 0), (2, 56, 0)), days("air-cikokol", "pm10", (1, 20, 0))]
    }
    assert measured(rows, city, indicator(city, "air-share")).value == 50


def test_a_gauge_day_is_free_while_its_highest_stays_below_the_first_step(city: City) -> None:
    gauge = next(device for device in city.devices.values() if device.ladder)
    assert gauge.ladder is not None
    step = gauge.ladder.steps[1].threshold
    rows = {
        "score_days": [days(gauge.key, "water_level", (1, 10, step - 1), (2, 10, step), (3, 10, step - 5), (4, 1, 0))]
    }
    found = measured(rows, city, indicator(city, "river-share"))
    gauges = sum(device.ladder is not None for device in city.devices.values())
    assert (found.value, found.coverage) == (75, pytest.approx(4 / 7 / gauges))


def test_done_is_held_against_what_came_in(city: City) -> None:
    rows = {"score_cases": [case("laksa", "menunggu", 2, None, 8), case("laksa", "selesai", 20, 3, 6),
                            case("laksa", "selesai", 4, 0, 2, ended_24h=2), case("laksa", "?", 1, 1, 99)]}  # fmt: skip
    one = indicator(city, "cases-done", "laksa")
    assert measured(rows, city, one) == Measured(60.0, pytest.approx(4 / 5))  # type: ignore[arg-type]
    assert measured(rows, city, one, DAY) == Measured(None, 0.0)


def test_calls_that_are_no_cases_are_told_apart(city: City) -> None:
    calls = [case("siaga-112", "ditutup", 1, 1, 3295, category="prank"), case("siaga-112", "selesai", 1, 1, 165)]
    found = measured({"score_cases": calls}, city, indicator(city, "calls-apart", "siaga-112"))
    assert found.value == pytest.approx(95.23, abs=0.01)  # January 2026: 165 emergencies of 3,460 calls
    none = measured({"score_cases": calls}, city, indicator(city, "cases-done", "siaga-112"))
    assert none.value == 100


def test_days_without_a_word_do_not_lower_what_is_done_a_day(city: City) -> None:
    rows = {"score_cases": [case("pencaker", "ditempatkan", 9, ago, 6) for ago in (1, 2, 3)]}
    found = measured(rows, city, indicator(city, "cases-per-day", "pencaker"))
    # Saturday and Sunday are nothing to be heard on: 18 placed in three of the week's five working days.
    assert (found.value, found.coverage) == (pytest.approx(18 / 7 / (3 / 5)), pytest.approx(3 / 5))


def test_an_office_is_not_judged_in_the_24_hours_after_a_free_day(city: City) -> None:
    rows = full(city)
    saturday, sunday, monday = (scores_of(rows, city, NOW + timedelta(days=ahead)) for ahead in range(3))
    for scores, due in ((saturday, True), (sunday, False), (monday, False)):
        economy = group(scores, "economy")
        permit = next(each for each in economy.members if each.indicator.key == "izin")
        assert permit.measured[DAY].due is due
        assert permit.measured[WEEK].due
        assert permit.scored[DAY].weight == (permit.indicator.weight if due else 0)
    calls = next(each for each in group(sunday, "living").members if each.indicator.key == "tanggap")
    assert calls.measured[DAY].due


def test_a_case_is_in_time_until_its_last_working_day(city: City) -> None:
    # A complaint of Monday 2 November may take 14 working days: until Friday 20 November (see the calendar).
    opened = (TODAY - date(2026, 11, 2)).days
    last = city.calendar.after(date(2026, 11, 2), 14)
    kept = case("laksa", "selesai", opened, (TODAY - last).days, 3)
    one = indicator(city, "cases-on-time", "laksa")
    assert measured({"score_cases": [kept]}, city, one).value == 100
    still = case("laksa", "proses", opened, None, 1)
    assert measured({"score_cases": [kept, still]}, city, one).value == 75
    late = case("laksa", "selesai", 40, 2, 6)
    assert measured({"score_cases": [kept, still, late]}, city, one).value == 30
    longer = case("laksa", "proses", 60, None, 50)  # its time ran out weeks ago: counted then, not each week anew
    assert measured({"score_cases": [kept, longer]}, city, one).value == 100


def test_minutes_are_those_until_help_came(city: City) -> None:
    head = {"service": "siaga-112", "category": "medis", "span": 7}
    rows = {
        "score_cases": [case("siaga-112", "selesai", 1, 1)],
        "score_response": [
            {**head, "status": "tiba", "n": 3, "minutes": 30.0},
            {**head, "status": "tiba", "category": "kebakaran", "n": 1, "minutes": 18.0},
            {**head, "status": "dikirim", "n": 4, "minutes": 4.0},
            {**head, "status": "tiba", "category": "prank", "n": 9, "minutes": 900.0},
            {**head, "status": "tiba", "span": 30, "n": 9, "minutes": 900.0},
        ],
    }
    assert measured(rows, city, indicator(city, "response-minutes", "siaga-112")).value == 12


def test_a_price_keeps_to_the_reference_of_its_day(city: City) -> None:
    head = {"commodity": "beras-medium", "unit": "kg"}
    rows = {"price_days": [{**head, "day": back(1), "price": 13_500.0}, {**head, "day": back(2), "price": 13_501.0},
                             {**head, "day": back(3), "price": 13_000.0},
                             {**head, "day": back(3), "unit": "ons", "price": 1.0},
                             {"commodity": "tomat", "unit": "kg", "day": back(1), "price": 1e6}]}  # fmt: skip
    found = measured(rows, city, indicator(city, "price-within-reference"))
    referenced = {row.commodity for row in city.reference_prices}
    assert found.value == pytest.approx(200 / 3)
    assert found.coverage == pytest.approx(3 / 7 / len(referenced))
    newest = measured(rows, city, indicator(city, "price-within-reference"), DAY)
    assert newest == Measured(100.0, pytest.approx(1 / len(referenced)))  # type: ignore[arg-type]


def test_a_silent_feed_lowers_the_coverage_and_not_the_score(city: City) -> None:
    rows = full(city)
    whole = group(scores_of(rows, city, NOW), "environment")
    without = {**rows, "score_days": [row for row in rows["score_days"] if row["kind"] != "waste_tonnage"]}
    found = group(scores_of(without, city, NOW), "environment")
    heard = [each.scored[LEAD].score for each in whole.members if each.indicator.key != "sampah"]
    assert found.scored[LEAD].score is not None
    assert min(score for score in heard if score is not None) <= found.scored[LEAD].score
    assert found.scored[LEAD].coverage == pytest.approx(5 / 6)
    assert next(each for each in found.members if each.indicator.key == "sampah").standing == "none"


def test_too_little_data_is_said_and_not_coloured(city: City) -> None:
    rows = full(city)
    few = {**rows, "score_days": [{**row, "days": row["days"][:2]} for row in rows["score_days"]]}
    page = PANELS["pillars"].render(few, Context(city, NOW, {}))
    (badge,) = marked(page, "id", "pillars-standing-sampah")
    assert words(badge) == "◌ kurang data"
    assert "rank-0" in str(prop(badge, "className"))
    (coverage,) = marked(page, "id", "pillars-data-sampah")
    assert words(coverage) == "data 28 %"


def test_every_indicator_can_be_traced(city: City) -> None:
    page = PANELS["pillars"].render(full(city), Context(city, NOW, {}))
    held = city.scorecard.on(TODAY)
    assert held
    for each in held:
        (row,) = marked(page, "data-indicator", each.key)
        assert float(str(prop(row, "data-target"))) == each.target
        assert prop(row, "data-value") != ""
        assert float(str(prop(row, "data-coverage"))) == pytest.approx(1.0)
        assert ("contoh" in words(row)) == (each.sample or "contoh" in each.basis)


def test_the_goal_names_what_holds_it_back(city: City) -> None:
    rows = full(city)
    slow = [{**row, "minutes": row["n"] * 60.0} for row in rows["score_response"]]
    found = scores_of({**rows, "score_response": slow}, city, NOW)
    weakest = group(found, "liveable").weakest
    assert weakest is not None
    assert weakest.indicator.key == "tanggap"
    page = PANELS["goals"].render({**rows, "score_response": slow}, Context(city, NOW, {}))
    (said,) = marked(page, "id", "goals-weakest-liveable")
    assert words(said) == "terendah: Waktu tanggap 112 0,25"
    assert len([e for e in elements(page) if prop(e, "data-goal")]) == 4


def test_each_span_is_shown_with_what_it_rests_on(city: City) -> None:
    page = PANELS["goals"].render(full(city), Context(city, NOW, {}))
    for span in SPANS:
        (coverage,) = marked(page, "id", f"goals-coverage-e-city-{span.days}")
        assert words(coverage) == "data 100 %"

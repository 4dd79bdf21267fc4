"""Traffic, lamps, waste, water, buses, beds and the application: the figures are right, the worst come first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from layouts.findings.lamps import feeders_of
from layouts.findings.traffic import junctions_of, middle_speed
from layouts.findings.usual import compare, courses_of, days_of, last_days, percent_of, sensing
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import marked, prop, words

NIGHT = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
"""21.00 WIB."""


def said(key: str, ident: str, rows: Rows, city: City, now: datetime = NOW) -> str:
    [element] = marked(PANELS[key].render(rows, Context(city, now, {})), "id", ident)
    return words(element)


def changed(rows: dict[str, Any], question: str, device: str, **figures: object) -> dict[str, Any]:
    found = [row | (figures if row["device"] == device else {}) for row in rows[question]]
    return {**rows, question: found}


def lamps(city: City, device: str, at: datetime, **values: float) -> Rows:
    return {
        "latest_readings": [
            {"device": device, "kind": kind, "value": value, "observed_at": at, "received_at": at}
            for kind, value in values.items()
        ]
    }


def test_a_slow_junction_comes_first_and_says_by_how_much(city: City) -> None:
    rows = changed(full(city), "traffic_now", "junction-imam-bonjol", speed=31.0 * 0.7)
    found = junctions_of(rows, city, NOW)
    assert (found[0].device.key, found[0].speed.rank) == ("junction-imam-bonjol", 1)
    assert sum(each.speed.rank for each in found) == 1
    assert said("traffic", "traffic-badge-junction-imam-bonjol", rows, city) == "◆ 30 % lebih lambat"
    assert said("traffic", "traffic-badge-junction-ks-tubun", rows, city) == "○ seperti biasa"
    jam = changed(rows, "traffic_now", "junction-ks-tubun", speed=31.0 * 0.5)
    assert junctions_of(jam, city, NOW)[0].device.key == "junction-ks-tubun"
    assert said("traffic", "traffic-badge-junction-ks-tubun", jam, city).startswith("▲ 50 %")


def test_a_silent_junction_is_last_and_not_slow(city: City) -> None:
    rows = changed(full(city), "traffic_now", "junction-daan-mogot", speed=None, vehicles=None, counts=0)
    found = junctions_of(rows, city, NOW)
    assert found[-1].device.key == "junction-daan-mogot"
    assert middle_speed(found, city, NOW).value == pytest.approx(27.9)
    assert said("traffic", "traffic-middle", rows, city).startswith("median 9 dari 10 simpang")


def test_vehicles_of_half_an_hour_say_so(city: City) -> None:
    rows = changed(full(city), "traffic_now", "junction-daan-mogot", counts=30)
    assert said("traffic", "traffic-counted-junction-daan-mogot", rows, city) == "50 % data"
    assert said("traffic", "traffic-counted-junction-ks-tubun", rows, city) == "−5 %"


def test_a_figure_without_a_usual_is_not_judged(city: City) -> None:
    assert compare(city, 20.0, None, "vehicle_speed", NOW).standing is None
    assert compare(city, None, 20.0, "vehicle_speed", NOW).rank == 0
    assert compare(city, 0.0, 0.0, "buses_running", NOW).rank == 0
    assert compare(city, 1.0, 20.0, "visitors", NOW).standing is None
    assert (percent_of(1.0, 0.0), percent_of(1e300, 1e-300)) == (None, None)


def test_days_are_added_up_over_devices_and_gaps_stay_gaps(city: City) -> None:
    today = city.calendar.local_day(NOW)
    rows = {
        "day_totals": [
            {"device": device, "kind": "bus_passengers", "day": day, "n": 3, "total": total, "low": 1.0, "high": total}
            for device, day, total in (
                ("tayo-k1", today, 10.0), ("tayo-k2", today, 5.0), ("si-benteng", today, 99.0),
                ("tayo-k1", today - timedelta(days=2), 7.0),
            )
        ]
    }  # fmt: skip
    days = days_of(rows, "bus_passengers", ("tayo-k1", "tayo-k2"))
    assert (days[today].total, days[today].n) == (15.0, 6)
    assert last_days(days, today)[-3:] == (7.0, None, 15.0)


def test_a_course_ends_at_the_newest_hour_and_silence_is_a_gap(city: City) -> None:
    hours = [(1, 30.0), (3, 10.0), (30, 5.0)]
    rows = {
        "hour_means": [
            {"device": "tayo-k1", "kind": "beds_free", "bucket": NOW - timedelta(hours=back), "value": value}
            for back, value in hours
        ]
    }
    assert courses_of(rows, "beds_free", city)["tayo-k1"][-3:] == (10.0, None, 30.0)


@pytest.mark.parametrize(
    ("at", "lit", "faulty", "told", "rank"),
    [
        (NIGHT, 60, 0, "○ menyala", 0),
        (NIGHT, 58, 2, "◆ 3 % rusak", 1),
        (NIGHT, 30, 30, "▲ 50 % rusak", 2),
        (NIGHT, 0, 2, "■ tidak menyala", 3),
        (NOW, 0, 0, "○ padam, siang", 0),
        (NOW, 60, 0, "◆ menyala siang", 1),
    ],
)
def test_a_feeder_says_what_is_wrong_with_it(
    city: City, at: datetime, lit: float, faulty: float, told: str, rank: int
) -> None:
    rows = lamps(city, "lamp-pinang", at, lamps_lit=lit, lamps_faulty=faulty)
    assert feeders_of(rows, city, at)[0].rank == rank
    assert said("lights", "lights-badge-lamp-pinang", rows, city, at) == told


def test_by_day_the_lamps_are_those_that_burnt_last_night(city: City) -> None:
    yesterday = city.calendar.local_day(NOW) - timedelta(days=1)
    day = {
        "device": "lamp-pinang",
        "kind": "lamps_lit",
        "day": yesterday,
        "n": 288,
        "total": 1.0,
        "low": 0.0,
        "high": 50.0,
    }
    rows = {**lamps(city, "lamp-pinang", NOW, lamps_lit=0, lamps_faulty=10), "day_totals": [day]}
    [feeder] = [each for each in feeders_of(rows, city, NOW) if each.device.key == "lamp-pinang"]
    assert feeder.lamps == 50
    assert feeder.broken is not None
    assert (feeder.broken.value, feeder.rank) == (20, 2)


def test_power_is_told_by_the_lamp(city: City) -> None:
    rows = lamps(city, "lamp-pinang", NIGHT, lamps_lit=60, lamps_faulty=1, light_power=5400)
    assert said("lights", "lights-watts-lamp-pinang", rows, city, NIGHT) == "90"


def test_waste_is_judged_by_the_week_and_shown_beside_the_usual(city: City) -> None:
    today = city.calendar.local_day(NOW)
    rows = full(city)
    rows["day_totals"] = [
        {"device": "weighbridge-rawa-kucing", "kind": "waste_tonnage", "day": today - timedelta(days=back), "n": 96,
         "total": 1501.0 if back else 700.0, "low": 0.0, "high": 20.0}
        for back in range(9)
    ]  # fmt: skip
    assert said("waste", "waste-today", rows, city) == "700"
    assert said("waste", "waste-state", rows, city) == "◆ di atas kisaran"
    assert said("waste", "waste-week", rows, city) == "7 hari: 1.501 t sehari, 100 % data"

    rows["day_totals"] = [row | {"n": 80} for row in rows["day_totals"]]
    assert said("waste", "waste-state", rows, city) == "○ data belum cukup"


def test_what_only_two_days_say_is_not_usual(city: City) -> None:
    rows = full(city)
    rows["usual_hours"] = [row | {"days": 2} for row in rows["usual_hours"]]
    assert said("traffic", "traffic-badge-junction-ks-tubun", rows, city) == "○ biasanya –"


def test_water_against_capacity_pressure_and_the_goal_of_the_year(city: City) -> None:
    rows = changed(full(city), "latest_readings", "water-zona-2", value=0.7)
    assert said("water", "water-share-ipa-sitanala", rows, city) == "IPA Sitanala, 92 % dari kapasitas 1.000"
    assert said("water", "water-badge-water-zona-2", rows, city) == "◆ di bawah 1,0 bar"
    assert said("water", "water-badge-water-zona-1", rows, city) == "○ di atas 1,0 bar"
    goal = said("water", "water-goal-tirta-benteng", rows, city)
    assert goal == "target akhir 2026: 181.000 · kurang 16.000"


def test_buses_missing_against_the_usual_are_told(city: City) -> None:
    rows = full(city)
    rows["latest_readings"] = [
        row | ({"value": 5.0} if (row["device"], row["kind"]) == ("tayo-k3", "buses_running") else {})
        for row in rows["latest_readings"]
    ]
    assert said("transit", "transit-badge-tayo-k3", rows, city) == "◆ biasanya 8"
    assert said("transit", "transit-badge-tayo-k1", rows, city) == "○ seperti biasa"
    night = changed(rows, "usual_hours", "tayo-k3", mean=0.0)
    night["latest_readings"] = [
        row | ({"value": 0.0} if row["kind"] == "buses_running" else {}) for row in night["latest_readings"]
    ]
    assert said("transit", "transit-badge-tayo-k3", night, city) == "○ tidak beroperasi"


def test_beds_are_told_of_all_and_of_each(city: City) -> None:
    rows = full(city)
    rows["latest_readings"] = [
        row | ({"value": 2.0} if (row["device"], row["kind"]) == ("rsud-benda", "beds_free") else {})
        for row in rows["latest_readings"]
    ]
    assert said("hospitals", "hospitals-free", rows, city) == "16"
    assert said("hospitals", "hospitals-badge-rsud-benda", rows, city) == "▲ 3 % kosong"
    assert said("hospitals", "hospitals-heard", rows, city) == "2 dari 2 melapor"


def test_the_application_is_told_since_it_was_last_counted(city: City) -> None:
    rows = changed(full(city), "latest_readings", "replication", value=50.0)
    assert said("digital", "digital-since-replicating_regions", rows, city) == "+3 sejak 2023"
    assert said("digital", "digital-since-app_menus", rows, city) == "sama dengan 2023"


def test_each_reading_on_the_wall_has_its_mark(city: City) -> None:
    for panel, kind in (("lights", "lamps_lit"), ("water", "water_pressure"), ("hospitals", "beds_free")):
        page = PANELS[panel].render(full(city), Context(city, NOW, {}))
        for device in sensing(city, kind):
            [found] = marked(page, "data-reading", f"{device}/{kind}")
            assert prop(found, "data-value")


def test_the_pack_says_how_far_hourly_curves_look_back(city: City) -> None:
    short = replace(city, curves=replace(city.curves, works=3))
    assert {len(course) for course in courses_of(full(city), "vehicle_speed", short).values()} == {3}

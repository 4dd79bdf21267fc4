"""The mayor's page: matters of every subject in one order, and what has changed, each with where it leads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from layouts.findings.changes import SPAN, changes_of
from layouts.findings.health import SILENT_AFTER
from layouts.findings.matters import matters
from layouts.findings.rivers import STEP, points_of
from layouts.findings.silence import silent_devices
from layouts.panel import Context, Row
from layouts.panels import PANELS
from sensors.city import City
from sensors.kinds import KINDS
from tests.unit.layouts.answers.alarms import alarm
from tests.unit.layouts.rows import NOW, Made, full
from tests.unit.layouts.walking import elements, marked, prop, words

GAUGE = "gauge-pintu-air-10"


@pytest.fixture
def rows(city: City) -> Made:
    """A calm city: every river low, no warning, no flood, no alarm."""
    found = full(city)
    found["bulletins_now"], found["bulletins_ended"], found["flood_cases"], found["alarms_now"] = [], [], [], []
    for row in found["latest_readings"]:
        if row["kind"] == "water_level":
            row["value"] = 0.0
    return found


def stands(city: City, rows: Made, level: int) -> float:
    """Let the gauge stand a centimetre above the step of this level."""
    ladder = city.devices[GAUGE].ladder
    assert ladder is not None
    value = next(step.threshold for step in ladder.steps if step.level == level) + 1
    for row in rows["latest_readings"]:
        if (row["device"], row["kind"]) == (GAUGE, "water_level"):
            row["value"] = value
    return value


def warning(severity: str, minutes: float) -> Row:
    return {
        "channel": "bmkg-nowcast", "id": severity, "title": f"Hujan lebat {severity}", "body": "", "severity": severity,
        "areas": ["36.71.01"], "area_words": None, "source": None, "url": None, "onset_at": None, "expires_at": None,
        "issued_at": NOW - timedelta(minutes=minutes), "received_at": NOW,
    }  # fmt: skip


def test_a_calm_city_has_no_river_and_no_warning_among_its_matters(city: City, rows: Made) -> None:
    found = {each.key.partition("-")[0] for each in matters(rows, city, NOW)}
    assert found.isdisjoint({"river", "warning", "flood"})


def test_the_gravest_comes_first_and_among_equals_the_oldest(city: City, rows: Made) -> None:
    stands(city, rows, 1)
    rows["bulletins_now"] = [dict(warning("waspada", 5)), dict(warning("awas", 1)), dict(warning("siaga", 90))]
    found = matters(rows, city, NOW)
    assert [each.rank for each in found] == sorted((each.rank for each in found), reverse=True)
    grave = [each.key for each in found if each.rank == 3]
    assert set(grave) == {f"river-{GAUGE}", "warning-bmkg-nowcast/awas"}
    river = next(each for each in found if each.key == f"river-{GAUGE}")
    assert "Siaga 1 (awas)" in river.what
    assert river.href == f"/sungai/{GAUGE}"


def test_a_river_is_told_since_it_reached_its_step(city: City, rows: Made) -> None:
    value = stands(city, rows, 2)
    points = points_of(city)
    trend = [0.0] * (points - 6) + [value] * 6
    rows["gauge_trend"] = [
        {"device": GAUGE, "bucket": NOW - STEP * (points - 1 - index), "value": each, "n": 15}
        for index, each in enumerate(trend)
    ]
    (river,) = [each for each in matters(rows, city, NOW) if each.key.startswith("river")]
    (seen,) = [
        row["observed_at"] for row in rows["latest_readings"] if (row["device"], row["kind"]) == (GAUGE, "water_level")
    ]
    assert river.since == seen - 6 * STEP
    (change,) = [each for each in changes_of(rows, city, NOW) if each.key.startswith("river")]
    assert (change.at, change.better, change.rank) == (NOW - 5 * STEP, False, 2)
    assert "naik ke Siaga 2" in change.what


def test_floods_lead_to_their_kecamatan_and_calls_weigh_more_than_complaints(city: City, rows: Made) -> None:
    one, other = list(city.districts)[:2]
    flood = {"n": 2, "oldest_opened_at": NOW - timedelta(hours=1), "status_at": NOW}
    rows["flood_cases"] = [
        {**flood, "service": "laksa", "district": one},
        {**flood, "service": "siaga-112", "district": other},
    ]
    found = {each.href: each for each in matters(rows, city, NOW) if each.key.startswith("flood")}
    assert found[f"/wilayah/{one}"].rank < found[f"/wilayah/{other}"].rank


def test_devices_that_are_silent_are_one_matter_and_heard_ones_none(city: City, rows: Made) -> None:
    assert silent_devices(rows, city, NOW) == ()
    worked_on, rows["maintenance_now"] = rows["maintenance_now"], []
    quiet = next(iter(city.devices.values()))
    longest = max(KINDS[kind].expected_interval for kind in quiet.kinds)
    for row in rows["latest_readings"]:
        if row["device"] == quiet.key:
            row["observed_at"] = NOW - longest * SILENT_AFTER - timedelta(minutes=1)
    assert [each.key for each in silent_devices(rows, city, NOW)] == [quiet.key]
    (matter,) = [each for each in matters(rows, city, NOW) if each.key == "silence"]
    assert quiet.name in matter.where
    assert worked_on[0]["device"] == quiet.key
    rows["maintenance_now"] = worked_on
    assert silent_devices(rows, city, NOW) == ()
    assert not [each for each in matters(rows, city, NOW) if each.key == "silence"]


def test_an_alarm_nobody_took_is_a_matter_that_leads_to_it_and_says_its_river_once(city: City, rows: Made) -> None:
    stands(city, rows, 1)
    quiet = next(device.key for device in city.devices.values() if device.place == "noise")
    high = alarm(0, "siaga-1", GAUGE, city, NOW) | {"kind": "water_level", "worst": 512.0, "bound": 500.0}
    rows["alarms_now"] = [high, alarm(1, "siaga-2", GAUGE, city, NOW), alarm(2, "perangkat-diam", quiet, city, NOW)]
    first, *others = matters(rows, city, NOW)
    assert (first.key, first.rank, first.href, first.whose) == ("alarm-1", 3, "/alarm/1", "BPBD")
    assert (first.since, first.hand) == (high["raised_at"], "alarm belum diterima")
    assert "512 cm, batas 500 cm" in first.what
    assert "Pintu Air 10" in first.where
    assert not [each.key for each in others if each.key.startswith(("alarm-", "river-"))]
    rows["alarms_now"] = [alarm(0, "siaga-1", GAUGE, city, NOW, acknowledged_at=NOW)]
    assert [each.key for each in matters(rows, city, NOW) if each.rank == 3] == [f"river-{GAUGE}"]


def test_changes_are_of_two_days_and_never_of_the_future(city: City, rows: Made) -> None:
    rows["bulletins_now"] = [dict(warning("waspada", 10)), dict(warning("siaga", -10))]
    old = dict(warning("awas", 60 * 72)) | {"ended_at": NOW - SPAN - timedelta(minutes=1), "cancelled": False}
    new = dict(warning("awas", 60)) | {"id": "x", "ended_at": NOW - timedelta(minutes=1), "cancelled": True}
    rows["bulletins_ended"] = [old, new]
    found = [each for each in changes_of(rows, city, NOW) if "warning" in each.href or "berita" in each.href]
    assert [each.what for each in found] == [
        "Peringatan awas dicabut: Hujan lebat awas",
        "Peringatan waspada: Hujan lebat waspada",
    ]


def test_every_line_leads_on_and_says_what_the_page_compares(city: City, rows: Made) -> None:
    stands(city, rows, 1)
    rows["bulletins_now"] = [dict(warning("waspada", 10))]
    for key in ("attention", "changes"):
        page = PANELS[key].render(rows, Context(city, NOW, {}))
        links = [each for each in elements(page) if each["type"] == "A"]
        assert links
        assert all(words(each) and str(prop(each, "href")).startswith("/") for each in links)
    (line,) = marked(page, "data-change", "issued-bmkg-nowcast-waspada")
    assert prop(line, "data-at") == "2026-11-21T06:50:00.000+00:00"


def test_alarms_of_an_hour_are_told_by_the_first_of_them(city: City, rows: Made) -> None:
    step = {"step": "raised", "actor": "engine", "note": "", "agency": None, "until": None, "rule": "siaga-2",
            "priority": "medium", "device": GAUGE, "district": None}  # fmt: skip
    began = NOW - timedelta(minutes=30)
    rows["step_changes"] = [
        {**step, "id": n, "alarm_id": n, "name": f"pos {n}", "at": began - timedelta(minutes=n)} for n in (1, 3, 2)
    ]
    (line,) = [each for each in changes_of(rows, city, NOW) if each.href.startswith("/alarm/")]
    assert (line.at, line.href, line.where) == (began - timedelta(minutes=3), "/alarm/3", "pos 3, pos 2, pos 1")

"""The report of an incident: its span, what it counts, and that what happened stands in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from layouts.findings.history import HOUR, MINUTE
from layouts.findings.incident import LONGEST, incident_of, measured, objection, span_words, steps_of
from layouts.findings.incident_events import events_of
from layouts.findings.incident_figures import categories_of, hours_of, priorities_of, standing_before
from layouts.panel import Context
from layouts.panels import PANELS
from sensors.city import City
from sensors.kinds import KINDS
from tests.unit.layouts.answers.alarms import alarm
from tests.unit.layouts.rows import NOW, chosen, full
from tests.unit.layouts.walking import elements, marked, prop, words

GAUGE = "gauge-pintu-air-10"


def asked(city: City, since: str = "", until: str = "", district: str = "") -> Context:
    return Context(city, NOW, chosen(city) | {"from": since, "until": until, "district": district})


def test_a_span_is_said_in_the_citys_own_time_and_a_day_as_an_end_is_the_whole_of_it(city: City) -> None:
    found = incident_of(asked(city, "2026-11-20T20:00", "2026-11-20"))
    assert found.since == datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    assert found.until == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert not found.open
    assert span_words(found, city) == "Jum 20 Nov 20.00–Sab 21 Nov 00.00 WIB"
    usual = incident_of(asked(city))
    assert (usual.until - usual.since, usual.until, usual.open) == (timedelta(hours=24), NOW, True)
    assert incident_of(asked(city, "2026-11-21", "2026-11-25")).until == NOW  # nothing is told of what is to come


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        ("2026-11-14T14:00", "2026-11-21T14:00", None),
        ("2026-11-14T13:59", "2026-11-21T14:00", "until"),
        ("2026-11-21T10:00", "2026-11-21T10:00", "from"),
        ("2026-11-22", "2026-11-23", "from"),
    ],
)
def test_a_span_is_a_week_at_most_and_the_right_way_round(
    city: City, since: str, until: str, named: str | None
) -> None:
    found = objection(asked(city, since, until).options, city, NOW)
    assert (found and found[0]) == named
    assert timedelta(days=7) == LONGEST


@pytest.mark.parametrize(
    ("since", "until", "step"),
    [
        ("2026-11-21T06:00", "2026-11-21T14:00", 5 * MINUTE),
        ("2026-11-20T06:00", "2026-11-21T14:00", 15 * MINUTE),
        ("2026-11-16", "2026-11-21T14:00", HOUR),
        ("2025-01-01T06:00", "2025-01-01T12:00", HOUR),  # long past: only hours are kept
    ],
)
def test_the_steps_follow_the_span_and_what_is_kept(city: City, since: str, until: str, step: timedelta) -> None:
    context = asked(city, since, until)
    assert steps_of(incident_of(context), context).step == step


def test_alarms_are_counted_by_priority_with_how_long_they_waited(city: City) -> None:
    raised = NOW - HOUR
    waits = [None, 60, 120, 600]
    found = [
        alarm(n, "siaga-1", GAUGE, city, NOW)
        | {"raised_at": raised, "known_at": raised, "acknowledged_at": wait and raised + timedelta(seconds=wait)}
        for n, wait in enumerate(waits)
    ]
    before = {**found[0], "id": 99, "raised_at": NOW - timedelta(days=3)}
    rows, context = {"incident_alarms": [before, *found]}, asked(city)
    high, medium, low = priorities_of(rows, context)
    assert (high.priority, high.raised, high.seen, high.middle, high.worst) == ("high", 4, 3, 120, 600)
    assert (medium.raised, medium.middle, low.raised) == (0, None, 0)
    assert standing_before(rows, context) == 1


def test_cases_that_do_not_count_are_in_no_figure(city: City) -> None:
    service, category = next(
        (service, each) for service in city.services.values() for each in service.categories.values() if not each.counts
    )
    row = {"service": service.key, "category": category.key, "bucket": NOW - HOUR, "opened": 5, "ended": 1}
    context = asked(city)
    assert categories_of({"incident_cases": [row]}, context) == []
    assert hours_of({"incident_cases": [row]}, context) == {}
    (found,) = categories_of({"incident_cases": [{**row, "category": ""}]}, context)
    assert (found.opened, found.ended, found.category) == (5, 1, None)


def test_what_happened_stands_in_the_order_of_time_each_once(city: City) -> None:
    events = events_of(full(city), asked(city))
    assert [each.at for each in events] == sorted(each.at for each in events)
    assert len({each.key for each in events}) == len(events)
    kinds = {each.key.partition("-")[0] for each in events}
    assert {"raised", "ended", "step", "issued", "over", "level", "peak", "work"} <= kinds
    span = incident_of(asked(city))
    assert all(span.since <= each.at < span.until for each in events)


def test_many_light_alarms_of_one_rule_within_an_hour_are_one_line(city: City) -> None:
    began = NOW.replace(minute=0) - HOUR
    rows = {
        "incident_alarms": [
            alarm(n, "perangkat-diam", key, city, NOW) | {"raised_at": began + n * MINUTE}
            for n, key in enumerate(list(city.devices)[:7])
        ]
    }
    (event,) = events_of(rows, asked(city))
    assert event.what == "7 alarm muncul dalam satu jam: Perangkat diam"
    assert event.where.endswith(" +4 lainnya")


def test_a_gauge_that_climbs_is_told_by_its_steps_and_its_highest(city: City) -> None:
    levels = [
        {"device": GAUGE, "kind": "water_level", "bucket": NOW - HOUR * back, "n": 60, "total": 60.0 * value,
         "low": value, "high": value + 5, "high_at": NOW - HOUR * back + MINUTE}
        for back, value in ((5, 100.0), (4, 100.0), (3, 5_000.0), (2, 100.0))
    ]  # fmt: skip
    rows = {"incident_courses": levels}
    said = [each.what for each in events_of(rows, asked(city))]
    assert [any(word in what for word in ("naik ke Siaga 1", "turun ke Siaga 4")) for what in said] == [
        True,
        False,
        True,
    ]
    assert "tertinggi: 5.005 cm, Siaga 1" in said[1]
    (gauge,) = [each for each in measured(rows, KINDS["water_level"], asked(city)) if each.row]
    assert (gauge.high, gauge.high_at) == (5005.0, NOW - 3 * HOUR + MINUTE)


def test_a_report_of_one_kecamatan_tells_of_its_gauges_only(city: City) -> None:
    district = city.devices[GAUGE].district or ""
    found = measured(full(city), KINDS["water_level"], asked(city, district=district))
    assert found
    assert {each.device.district for each in found} == {district}


def test_every_figure_leads_to_what_is_behind_it(city: City) -> None:
    root = PANELS["incident"].render(full(city), asked(city, "2026-11-20T20:00", "2026-11-21T08:00"))
    hrefs = [str(prop(each, "href")) for each in elements(root) if prop(each, "href")]
    assert any("from=2026-11-20T20%3A00&to=2026-11-21T08%3A00" in href for href in hrefs if href.startswith("/aduan?"))
    assert any(href.startswith("/api/v1/readings?") and "device=" in href for href in hrefs)
    assert any(href.startswith("/api/v1/alarms?from=2026-11-20T20%3A00") for href in hrefs)


def test_a_calm_span_says_that_it_was_calm(city: City) -> None:
    root = PANELS["incident_events"].render({}, asked(city))
    assert "○ Tidak ada alarm" in words(root)
    assert marked(root, "data-panel", "incident_events")


def test_the_course_of_a_gauge_has_room_for_a_peak_that_its_means_hide(city: City) -> None:
    levels = [
        {"device": GAUGE, "kind": "water_level", "bucket": NOW - n * 15 * MINUTE, "n": 15, "total": 15 * 240.0,
         "low": 238.0, "high": 333.0 if n == 20 else 242.0, "high_at": NOW - n * 15 * MINUTE}
        for n in range(96, 0, -1)
    ]  # fmt: skip
    root = PANELS["incident_courses"].render(full(city) | {"incident_courses": levels}, asked(city))
    (course,) = marked(root, "id", f"incident_courses-{GAUGE}")
    rules = [float(words(each)) for each in elements(course) if prop(each, "className") == "chart-y"]
    assert max(rules) >= 333

"""The course of a reading: its points, what they rest on, what is usual, and how it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from layouts import courses
from layouts.findings.history import SPANS, course_of, usual_by_hour
from layouts.panel import Context
from sensors.city import City
from sensors.kinds import KINDS
from tests.unit.layouts.rows import chosen
from tests.unit.layouts.walking import elements, prop

NOW = datetime(2026, 11, 21, 7, 0, 42, tzinfo=UTC)
WIB = ZoneInfo("Asia/Jakarta")
DAY = SPANS["24h"]


def row(minutes: float, total: float, n: int = 1, kind: str = "water_level") -> dict[str, object]:
    each = total / n
    return {"kind": kind, "bucket": NOW - timedelta(minutes=minutes), "n": n, "total": total, "low": each,
            "high": each, "observed_at": NOW}  # fmt: skip


def test_a_point_is_the_mean_or_the_sum_as_its_kind_wants() -> None:
    level = course_of([row(5, 600, 3)], KINDS["water_level"], DAY, NOW)
    rain = course_of([row(5, 6, 3, "rain")], KINDS["rain"], DAY, NOW)
    assert [point.value for point in level.points] == [200]
    assert [point.value for point in rain.points] == [6]


def test_a_course_says_of_how_many_readings_it_is() -> None:
    course = course_of([row(minute, 100) for minute in range(720)], KINDS["water_level"], DAY, NOW)
    assert (course.heard, course.expected, course.share) == (720, 1440, 0.5)
    assert courses.completeness(course) == "50 % dari 1.440 data"
    assert course_of([], KINDS["water_level"], DAY, NOW).share == 0
    assert course_of([row(1, 9e9, 9000)], KINDS["water_level"], DAY, NOW).share == 1


def test_unknown_figures_and_other_kinds_are_no_points() -> None:
    odd = [row(1, float("nan")), row(2, 100, kind="rain"), {**row(3, 100), "total": None}, {**row(4, 1), "n": 0}]
    assert course_of(odd, KINDS["water_level"], DAY, NOW).points == ()


def test_the_table_has_local_hours_with_their_own_ends() -> None:
    course = course_of([row(1, 100), row(2, 300), row(61, 50)], KINDS["water_level"], DAY, NOW)
    hours = course.rested(WIB)
    assert [(point.at.astimezone(WIB).hour, point.value, point.low, point.high) for point in hours] == [
        (12, 50, 50, 50), (13, 200, 100, 300),
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "kind", "found"), [(14, "water_level", 1), (3, "water_level", 0), (14, "rain", 0)])
def test_only_what_was_heard_on_enough_days_is_usual(days: int, kind: str, found: int) -> None:
    rows = {"series_usual": [{"kind": kind, "hour": 7, "days": days, "low": 1.0, "middle": 2.0, "high": 3.0}]}
    assert len(usual_by_hour(rows, KINDS[kind])) == found


def test_every_span_has_marks_of_time_inside_it_and_none_where_the_present_is_written() -> None:
    for span in SPANS.values():
        ticks = courses.ticks_of(span, NOW - span.length, NOW, WIB)
        assert 2 <= len(ticks) <= 8
        assert all(NOW - span.length < tick.at < NOW - 0.1 * span.length for tick in ticks)


def test_a_course_is_told_in_a_sentence_with_its_ends_and_its_completeness(city: City) -> None:
    course = course_of([row(120, 80), row(60, 140), row(1, 100)], KINDS["water_level"], DAY, NOW)
    said = courses.sentence(course, city)
    for words in ("24 jam terakhir", "terakhir 100 cm pada 21 Nov 13.59", "terendah 80 pada 21 Nov 12.00", "140"):
        assert words in said
    assert said.endswith("dari 1.440 data")


def test_without_data_nothing_is_drawn_and_the_link_to_the_values_stays(city: City) -> None:
    context = Context(city, NOW, chosen(city))
    part = courses.course_figure("device_course", "air-tanah-tinggi", KINDS["pm25"], {}, context)
    assert not [each for each in elements(part) if prop(each, "src")]
    (link,) = [str(prop(each, "href")) for each in elements(part) if prop(each, "href")]
    assert link.startswith("/api/v1/readings?device=air-tanah-tinggi&kind=pm25&bucket=minute&from=2026-11-20T07%3A00")

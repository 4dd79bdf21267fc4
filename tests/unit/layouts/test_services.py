"""What the walls say of the six services and of emergencies follows from the rows and the pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from layouts.findings.response import Response, arrival_of, emergency_service, response_of
from layouts.findings.services import MOST, Overdue, ServiceFigures, figures_of
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, marked, prop, words

SIAGA = "siaga-112"


def count(status: str, category: str | None, service: str = SIAGA, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    row = {"service": service, "status": status, "category": category, "open": 0, "opened_today": 0, "ended_today": 0}
    return {**row, "oldest_opened_at": None, "status_at": NOW, **more}


def figures(rows: Rows, city: City, service: str = SIAGA) -> ServiceFigures:
    return next(each for each in figures_of(rows, city, NOW) if each.service.key == service)


def steps(case_id: str, category: str, *minutes: tuple[str, float], opened: datetime) -> list[dict[str, Any]]:
    head = {"service": SIAGA, "case_id": case_id, "category": category, "opened_at": opened}
    return [{**head, "status": status, "at": opened + timedelta(minutes=after)} for status, after in minutes]


def judged(city: City, *rows: list[dict[str, Any]], now: datetime = NOW) -> Response:
    return response_of({"service_steps": [step for each in rows for step in each]}, city.services[SIAGA], city, now)


def test_every_service_of_the_pack_has_a_row_in_its_order(city: City) -> None:
    page = PANELS["services"].render(full(city), Context(city, NOW, {}))
    ids = [str(prop(each, "id")) for each in elements(page)]
    rows = [name.removeprefix("services-row-") for name in ids if name.startswith("services-row-")]
    assert rows == list(city.services)
    assert len(rows) == 6


def test_prank_and_silent_calls_are_named_but_never_counted(city: City) -> None:
    rows = {
        "service_counts": [
            count("diterima", "banjir", open=2, opened_today=2, oldest_opened_at=NOW - timedelta(hours=1)),
            count("diterima", "prank", open=5, opened_today=5, oldest_opened_at=NOW - timedelta(days=9)),
            count("ditutup", "ghost", opened_today=40, ended_today=40),
            count("selesai", "medis", opened_today=1, ended_today=3),
            count("ditutup", None, ended_today=1),
        ],
        "service_days": [
            {"service": SIAGA, "category": "prank", "day": NOW.date(), "opened": 45},
            {"service": SIAGA, "category": "banjir", "day": NOW.date(), "opened": 3},
        ],
    }
    found = figures(rows, city)
    assert (found.open, found.opened_today, found.ended("done"), found.ended("dismissed")) == (2, 3, 3, 1)
    assert found.oldest == NOW - timedelta(hours=1)
    assert found.apart == {"prank": 5, "ghost": 40, "informasi": 0}
    assert found.days == (*([0] * 13), 3)
    page = PANELS["services"].render(rows, Context(city, NOW, {}))
    (apart,) = marked(page, "id", f"services-apart-{SIAGA}")
    assert "5 panggilan iseng · 40 panggilan tanpa suara" in words(apart)


def test_a_service_nobody_heard_of_shows_no_figure_rather_than_zero(city: City) -> None:
    page = PANELS["services"].render({"service_counts": [count("diterima", "banjir", open=1)]}, Context(city, NOW, {}))
    said = {key: words(marked(page, "id", f"services-open-{key}")[0]) for key in (SIAGA, "polres")}
    assert said == {SIAGA: "1", "polres": "–"}


@pytest.mark.parametrize(("minutes", "late"), [(14.9, 0), (15.0, 1), (90.0, 1)])
def test_an_incident_is_late_from_the_fifteenth_minute_on(city: City, minutes: float, late: int) -> None:
    opened = NOW - timedelta(minutes=minutes)
    waits = {"service": SIAGA, "status": "dikirim", "opened_at": opened, "status_at": opened}
    rows = {"service_open": [{**waits, "category": "kebakaran"}, {**waits, "category": "prank"}]}
    assert figures(rows, city).overdue == Overdue(late, sample=False, cut=False)


def test_without_stages_a_service_says_so_and_a_full_answer_says_at_least(city: City) -> None:
    opened = NOW - timedelta(days=60)
    row = {"service": "laksa", "status": "menunggu", "category": "pju", "opened_at": opened, "status_at": opened}
    rows = {"service_open": [row] * MOST, "service_counts": [count("menunggu", "pju", "laksa", open=MOST)]}
    assert figures(rows, city, "polres").overdue is None
    page = PANELS["services"].render(rows, Context(city, NOW, {}))
    assert words(marked(page, "id", "services-late-polres")[0]) == "tanpa tenggat"
    assert words(marked(page, "id", "services-late-laksa")[0]) == "■ ≥ 2.000 lewat"


def test_the_emergency_service_is_the_one_with_a_limit_in_minutes(city: City) -> None:
    service = emergency_service(city)
    assert service is city.services[SIAGA]
    assert arrival_of(service) == "tiba"
    others = {key: each for key, each in city.services.items() if key != SIAGA}
    page = PANELS["emergency"].render(full(city), Context(replace(city, services=others), NOW, {}))
    assert prop(page, "data-state") == "empty"


def test_response_is_from_the_call_to_each_step_and_n_stands_beside_it(city: City) -> None:
    opened = NOW - timedelta(hours=2)
    found = judged(
        city,
        steps("a", "kebakaran", ("diterima", 0), ("dikirim", 2), ("tiba", 10), ("selesai", 60), opened=opened),
        steps("b", "medis", ("diterima", 0), ("dikirim", 4), ("tiba", 14.98), opened=opened),
        steps("c", "banjir", ("diterima", 0), ("tiba", 15), opened=opened),
        steps("d", "medis", ("diterima", 0), ("selesai", 30), opened=opened),
        steps("e", "medis", ("diterima", 0), ("ditutup", 1), opened=opened),
        steps("f", "medis", ("diterima", 0), ("dikirim", 3), opened=opened),
        steps("g", "prank", ("diterima", 0), ("ditutup", 1), opened=opened),
    )
    assert (found.kept, found.arrived, found.waiting_late, found.norms) == (2, 4, 1, (15,))
    assert found.arrival.minutes == pytest.approx((14.98 + 15) / 2)
    assert [(step.status, step.minutes, step.n) for step in found.steps] == [("dikirim", 3, 3)]
    assert found.sample  # the norm is the fire brigade's; that it holds for all is the pack's assumption


def test_a_day_without_arrivals_has_no_median(city: City) -> None:
    found = judged(city, steps("a", "medis", ("diterima", 0), opened=NOW - timedelta(minutes=3)))
    assert (found.arrival.minutes, found.arrived, found.waiting_late) == (None, 0, 0)
    page = PANELS["emergency"].render({}, Context(city, NOW, {}))
    assert "belum ada yang tiba" in words(marked(page, "id", "emergency-kept")[0])


def test_the_wall_shows_minutes_kept_arrivals_and_shares_with_their_counts(city: City) -> None:
    opened = NOW - timedelta(hours=2)
    rows = {
        "service_steps": steps("a", "kebakaran", ("diterima", 0), ("tiba", 12.4), opened=opened),
        "service_counts": [
            count("tiba", "kebakaran", open=1, opened_today=1),
            count("ditutup", "prank", opened_today=3),
        ],
    }
    page = PANELS["emergency"].render(rows, Context(city, NOW, {}))
    names = "minutes kept norm calls class-incident share-incident class-prank share-prank"
    said = {name: words(marked(page, "id", f"emergency-{name}")[0]) for name in names.split()}
    assert said == {
        "minutes": "12,4", "kept": "menit (median) · 1 dari 1 dalam 15 menit",
        "norm": "Waktu tanggap hari ini · norma 15 menit", "calls": "4 panggilan hari ini",
        "class-incident": "1", "share-incident": "25 %", "class-prank": "3", "share-prank": "75 %",
    }  # fmt: skip


def test_the_newest_incidents_are_marked_and_calls_are_not_among_them(city: City) -> None:
    page = PANELS["emergency"].render(full(city), Context(city, NOW, {}))
    marks = [prop(each, "data-case") for each in elements(page) if prop(each, "data-case")]
    assert len(marks) == 6
    assert not any(str(mark).endswith(("prank", "ghost", "informasi")) for mark in marks)
    (first,) = marked(page, "data-case", f"{SIAGA}/{SIAGA}-medis")
    assert prop(first, "data-status") == "diterima"
    assert "Kec. Karawaci" in words(first)

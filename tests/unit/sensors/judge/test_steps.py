"""Steps a service allows and such as it does not, in whatever order the events come."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from sensors.city import City, load_city
from sensors.judge.steps import course_of, first_action, impossible_steps

AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.mark.parametrize(
    ("service", "statuses", "impossible"),
    [
        ("laksa", "menunggu proses selesai", []),
        ("laksa", "menunggu selesai", []),  # the pack allows it: closed at once
        ("laksa", "menunggu proses menunggu proses selesai", []),
        ("laksa", "menunggu", []),
        ("laksa", "", []),
        ("laksa", "proses selesai", [(None, "proses")]),
        ("laksa", "selesai", [(None, "selesai")]),
        ("laksa", "menunggu selesai proses", [("selesai", "proses")]),
        ("laksa", "selesai menunggu", [(None, "selesai"), ("selesai", "menunggu")]),
        ("siaga-112", "diterima dikirim tiba selesai", []),
        ("siaga-112", "diterima ditutup", []),
        ("siaga-112", "diterima tiba selesai", [("diterima", "tiba")]),
        ("siaga-112", "diterima selesai", [("diterima", "selesai")]),
        ("siaga-112", "diterima dikirim selesai", [("dikirim", "selesai")]),
        ("siaga-112", "tiba diterima selesai", [(None, "tiba"), ("tiba", "diterima"), ("diterima", "selesai")]),
        ("bebenah", "diusulkan ditolak diusulkan disurvei", []),
        ("bebenah", "diusulkan selesai", [("diusulkan", "selesai")]),
        ("laksa", "menunggu dihapus selesai", [("menunggu", "dihapus"), ("dihapus", "selesai")]),  # left the pack
    ],
)  # fmt: skip
def test_only_what_the_service_allows_is_possible(
    city: City, service: str, statuses: str, impossible: list[tuple[str | None, str]]
) -> None:
    assert list(impossible_steps(statuses.split(), city.services[service])) == impossible


def test_a_repeated_status_is_no_step_and_the_order_of_arrival_no_matter(city: City) -> None:
    service = city.services["siaga-112"]
    lived = ["diterima", "diterima", "dikirim", "tiba", "tiba", "selesai"]
    events = [(AT + timedelta(minutes=n), status) for n, status in enumerate(lived)]
    chance = random.Random(7)
    for _ in range(50):
        course = course_of(chance.choices(events, k=9) + chance.sample(events, len(events)), service)
        assert [status for _, status in course] == ["diterima", "dikirim", "tiba", "selesai"]
        assert first_action(course, service) == AT + timedelta(minutes=2)
        assert impossible_steps([status for _, status in course], service) == ()


def test_of_one_instant_the_life_cycle_decides(city: City) -> None:
    service = city.services["laksa"]
    course = course_of([(AT, "selesai"), (AT, "menunggu"), (AT, "proses")], service)
    assert [status for _, status in course] == ["menunggu", "proses", "selesai"]


@pytest.mark.parametrize(
    ("statuses", "minute"),
    [("menunggu", None), ("menunggu menunggu", None), ("", None), ("menunggu proses", 1), ("selesai", 0),
     ("menunggu menunggu selesai", 2), ("proses menunggu proses", 0)],
)  # fmt: skip
def test_the_first_action_is_the_first_that_is_no_waiting(city: City, statuses: str, minute: int | None) -> None:
    course = [(AT + timedelta(minutes=n), status) for n, status in enumerate(statuses.split())]
    expected = None if minute is None else AT + timedelta(minutes=minute)
    assert first_action(course, city.services["laksa"]) == expected

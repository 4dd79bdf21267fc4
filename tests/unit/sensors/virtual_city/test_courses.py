"""A service of another pack lives by its own words, however few steps it declares and whatever they are called."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from sensors.city import Category, City, Service, Status
from sensors.pack.offices import ROLES
from sensors.virtual_city.courses import Office, course, straight
from sensors.virtual_city.daytime import DAY, LocalTime
from sensors.virtual_city.tempo import in_minutes, tempo
from tests.unit.sensors.virtual_city.conftest import MONDAY

# Each line: a status, its role's first letter, and the statuses that may follow.
DECLARED = {
    "two words": "baru:w:tutup tutup:d:",
    "no working one": "baru:w:tutup,batal batal:x: tutup:d:",
    "done stands first": "baru:w:kerja tutup:d: kerja:k:tutup",
    "a way round": "baru:w:satu,dua satu:k:dua dua:k:tutup,baru batal:x:baru tutup:d:",
    "waits twice": "baru:w:antre antre:w:kerja kerja:k:tutup,baru tutup:d:",
    "turned away at once only": "baru:w:kerja,batal kerja:k:tutup tutup:d: batal:x:",
}
_ROLES = dict(zip("wkdx", ROLES, strict=True))


def _service(pack: City, declared: str) -> Service:
    statuses: dict[str, Status] = {}
    for word in declared.split():
        key, role, following = word.split(":")
        statuses[key] = Status(key, key, role in "wk", _ROLES[role], frozenset(filter(None, following.split(","))))
    return replace(pack.services["perizinan"], key="lain", statuses=statuses, stages=())


def _category(service: Service, *, counts: bool) -> Category:
    return replace(next(iter(service.categories.values())), counts=counts)


@pytest.mark.parametrize("declared", DECLARED.values(), ids=list(DECLARED))
@pytest.mark.parametrize("counts", [True, False], ids=["counts", "is no case"])
def test_any_declaration_is_lived_by_allowed_steps_only(pack: City, declared: str, *, counts: bool) -> None:
    service = _service(pack, declared)
    office = Office(service, LocalTime(pack.zone), pack.calendar)
    chance = Random(7)
    lives = [course(office, _category(service, counts=counts), MONDAY + 9 * 3600, chance) for _ in range(300)]
    for life in lives:
        words = [None, *(word for _, word in life)]
        assert all(service.allows(before, after) for before, after in pairwise(words) if after is not None), words
        assert all(before < after for (before, _), (after, _) in pairwise(life))
    if counts:
        assert sum(service.statuses[life[-1][1]].role == "done" for life in lives) > 0.8 * len(lives)


@pytest.mark.parametrize(
    ("declared", "passed"),
    [
        ("done stands first", ["kerja", "tutup"]),
        ("a way round", ["satu", "dua", "tutup"]),
        ("waits twice", ["antre", "kerja", "tutup"]),
    ],
)
def test_all_goes_well_by_way_of_those_who_work(pack: City, declared: str, passed: list[str]) -> None:
    assert straight(_service(pack, DECLARED[declared])) == passed


def test_a_service_that_counts_minutes_acts_day_and_night(pack: City) -> None:
    hasty = replace(pack.services["siaga-112"], key="gawat-darurat")
    assert in_minutes(hasty)
    assert tempo(hasty).desks is None
    assert tempo(_service(pack, DECLARED["two words"])).desks is not None


def test_desks_that_shut_on_friday_open_on_monday(pack: City) -> None:
    desks, local = tempo(pack.services["perizinan"]).desks, LocalTime(pack.zone)
    assert desks is not None
    friday = MONDAY + 4 * DAY + 15.99 * 3600
    assert desks.next_open(friday, local, pack.calendar) == friday
    opened = desks.next_open(friday + 3600, local, pack.calendar)
    assert MONDAY + 7 * DAY + 8 * 3600 <= opened < MONDAY + 7 * DAY + 9.5 * 3600

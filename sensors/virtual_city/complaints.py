"""The cases of every service, their follow-up, and what rain adds; how many a day, the pack says (`daily`)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from sensors.city import Category, Service, Subdistrict
from sensors.virtual_city.chance import count, dice
from sensors.virtual_city.daytime import DAY, HOUR, SATURDAY, LocalTime
from sensors.virtual_city.phrases import summary
from sensors.virtual_city.weather import Cell
from sensors.virtual_city.world import World

_MEMORY_DAYS = 45  # follow-up of anything older is no longer simulated
_A_DAYS_IDS = 200  # numbers kept for one day: ordinary complaints from 0, those that rain brings from _RAIN_IDS
_RAIN_IDS = 110
_MOST_RAIN = 89
# By full hour; people report after breakfast, and again in the evening.
_HOURS = (
    .3, .2, .1, .1, .2, .7, 1.8, 3, 4, 4.2, 4, 3.5,
    3, 3, 3, 3, 2.8, 2.6, 2.5, 2.6, 2.4, 1.8, 1.1, .6,
)  # fmt: skip
_OPENS, _CLOSES = 7.5, 20.0  # desks work between these local hours
_WAITS_ON, _STUCK = 0.028, 0.003  # shares never taken up, and never finished (2024: 95.9 % done, 4.1 % waiting)
# Median hours from taking up to done; elsewhere a day (street lights: one day, pusat-berita 2025-09-01).
_WORK = {
    "jalan-rusak": 54.0,
    "infrastruktur": 48.0,
    "banjir": 7.0,
    "pohon-tumbang": 4.0,
    "kebakaran": 2.0,
    "sampah": 14.0,
}
_WORK_ELSEWHERE = 22.0
# A service whose time is counted in minutes acts at once, day and night: median hours to each step after the call.
_DISPATCH, _ARRIVE, _CLOSE = 0.04, 0.19, 0.8
_HANG_UP = 60.0  # s: a call that is no incident ends about then
_URGENT = frozenset({"banjir", "kebakaran", "pohon-tumbang"})
_CHANNELS = ("app", "app", "app", "app", "media-sosial", "loket")
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint with the instants (epoch s, rising) at which it entered each of its statuses."""

    case_id: str
    service: str
    category: str
    agency: str
    subdistrict: str
    lat: float
    lon: float
    priority: str
    channel: str
    summary: str
    steps: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class _Report:
    """What a citizen says: the `number` of the day and the local hour (may pass 24) come with it."""

    service: Service
    category: Category
    where: Subdistrict
    day: int
    number: int
    hour: float


@dataclass(frozen=True, slots=True)
class Step:
    """One change of state of a complaint."""

    at: float
    complaint: Complaint
    status: str


def steps(world: World, since: float, until: float, opened_after: float) -> Iterator[Step]:
    """The changes of state in (since, until], in the order of time, of complaints opened after an instant."""
    local = world.sky.local
    oldest = max(local.day(since) - _MEMORY_DAYS, local.day(opened_after))
    due = [
        Step(at, complaint, status)
        for day in range(oldest, local.day(until) + 1)
        for complaint in complaints(world, day)
        if complaint.steps[0][0] > opened_after
        for at, status in complaint.steps
        if since < at <= until
    ]
    yield from sorted(due, key=lambda step: step.at)


@lru_cache(maxsize=64)
def complaints(world: World, day: int) -> tuple[Complaint, ...]:
    """All complaints opened on one local day, of every service of the pack."""
    return tuple(
        complaint
        for service in world.city.services.values()
        for complaint in (*_ordinary(world, service, day), *_rained(world, service, day))
    )


def _ordinary(world: World, service: Service, day: int) -> Iterator[Complaint]:
    chance = dice(world.seed, service.key, "ordinary", day)
    categories = list(service.categories.values())
    weights = [category.share for category in categories]
    usual = service.daily * (0.85 if date.fromordinal(day).weekday() >= SATURDAY else 1.06)
    for number in range(min(count(world.seed, usual, service.key, "opened", day), _RAIN_IDS)):
        hour = chance.choices(range(24), _HOURS)[0] + chance.random()
        category = chance.choices(categories, weights)[0]
        where = chance.choice(list(world.city.subdistricts.values()))
        yield _complaint(world, _Report(service, category, where, day, number, hour), chance)


def _rained(world: World, service: Service, day: int) -> Iterator[Complaint]:
    likely = [service.categories[key] for key in ("banjir", "banjir", "pohon-tumbang") if key in service.categories]
    number = _RAIN_IDS
    for cell in world.sky.day(day)[0] if likely else ():
        chance = dice(world.seed, service.key, "rained", int(cell.arrives))
        worst = cell.total_mm(cell.track_km)
        for _ in range(count(world.seed, max(0.0, worst - 25) * 0.35, service.key, "rained", int(cell.arrives))):
            where = chance.choices(list(world.city.subdistricts.values()), _soaked(world, cell))[0]
            at = cell.passes(world.sky.extent.east_km(where.point.lon)) + chance.uniform(0.1, 2.5) * HOUR
            hour = (at - world.sky.local.instant(day, 0)) / HOUR
            if number < _RAIN_IDS + _MOST_RAIN:
                yield _complaint(world, _Report(service, chance.choice(likely), where, day, number, hour), chance)
            number += 1


def _soaked(world: World, cell: Cell) -> list[float]:
    north = world.sky.extent.north_km
    return [cell.total_mm(north(place.point.lat)) + 0.01 for place in world.city.subdistricts.values()]


def _complaint(world: World, made: _Report, chance: Random) -> Complaint:
    service, category, where = made.service, made.category, made.where
    today = date.fromordinal(made.day)
    serial = today.timetuple().tm_yday * _A_DAYS_IDS + made.number
    opened = float(round(world.sky.local.instant(made.day, made.hour)))
    spread = 350 / _METRES_PER_DEGREE
    return Complaint(
        case_id=f"{service.key.upper()}-{today.year}-{serial:06d}",
        service=service.key,
        category=category.key,
        agency=category.agency,
        subdistrict=where.code,
        lat=round(where.point.lat + chance.uniform(-spread, spread), 5),
        lon=round(where.point.lon + chance.uniform(-spread, spread), 5),
        priority="tinggi" if category.key in _URGENT else "normal",
        channel=chance.choice(_CHANNELS),
        summary=summary(category, where.name, chance),
        steps=_follow_up(world.sky.local, made, opened, chance),
    )


def _follow_up(local: LocalTime, made: _Report, opened: float, chance: Random) -> tuple[tuple[float, str], ...]:
    waiting, working, done = _words(made.service)
    if not made.category.counts:
        life = [(opened, waiting), (opened + chance.uniform(0.3, 2) * _HANG_UP, _dismissed(made.service))]
    elif any(stage.unit == "minutes" for stage in made.service.stages):
        life = [(opened, waiting), *_at_once(opened, working, done, chance)]
    else:
        life = [(opened, waiting), *_by_desks(local, made.category, opened, (working, done), chance)]
    return tuple((float(round(at)), status) for at, status in life)


def _at_once(opened: float, working: tuple[str, ...], done: str, chance: Random) -> Iterator[tuple[float, str]]:
    at = opened
    medians = [_DISPATCH, *(_ARRIVE for _ in working[1:]), _CLOSE]
    for status, median in zip((*working, done), medians[-len(working) - 1 :], strict=True):
        at += max(2.0, chance.lognormvariate(math.log(median), 0.35) * HOUR)
        yield at, status


def _by_desks(
    local: LocalTime, category: Category, opened: float, ahead: tuple[tuple[str, ...], str], chance: Random
) -> Iterator[tuple[float, str]]:
    working, done = ahead
    fate = chance.random()
    taken_up = chance.lognormvariate(math.log(1.6), 0.8) * HOUR
    work = chance.lognormvariate(math.log(_WORK.get(category.key, _WORK_ELSEWHERE)), 0.7) * HOUR
    if fate < _WAITS_ON:
        return
    desk = opened + taken_up if category.key in _URGENT else _at_a_desk(local, opened + taken_up)
    first, *others = (*working, done)
    yield desk, first
    for status in others if fate >= _WAITS_ON + _STUCK else others[:-1]:
        desk = _after(desk, _at_a_desk(local, desk + work))
        yield desk, status


def _after(before: float, at: float) -> float:
    return max(at, before + 20 * 60)


def _at_a_desk(local: LocalTime, at: float) -> float:
    """The instant itself within desk hours, else some time after the next opening."""
    hour = local.hour(at)
    if _OPENS <= hour < _CLOSES:
        return at
    opening = local.instant(local.day(at), _OPENS) + (DAY if hour >= _CLOSES else 0.0)
    return opening + (at % (1.5 * HOUR))


def _words(service: Service) -> tuple[str, tuple[str, ...], str]:
    """The statuses a case lives through: opened with, worked on, done."""
    waiting, done = (_first(service, role) for role in ("waiting", "done"))
    return waiting, tuple(key for key, status in service.statuses.items() if status.role == "working"), done


def _dismissed(service: Service) -> str:
    dismissed = any(status.role == "dismissed" for status in service.statuses.values())
    return _first(service, "dismissed" if dismissed else "done")


def _first(service: Service, role: str) -> str:
    return next(key for key, status in service.statuses.items() if status.role == role)

"""The cases of every service, and what rain, rivers and fires add to them; how many a day, the pack says (`daily`).

When a river rises, those in danger call first: complaints of the flood follow the first call. An agency that has fallen
behind (scenario `backlog`) takes far longer over every step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from random import Random

from sensors.city import Category, Service, Subdistrict
from sensors.virtual_city.chance import count, dice
from sensors.virtual_city.courses import URGENT, Course, Office, course
from sensors.virtual_city.daytime import DAY, HOUR, SATURDAY
from sensors.virtual_city.fires import fires
from sensors.virtual_city.floods import Rise, rises
from sensors.virtual_city.phrases import summary
from sensors.virtual_city.standing import flooded
from sensors.virtual_city.tempo import in_minutes, tempo
from sensors.virtual_city.weather import Cell
from sensors.virtual_city.world import World

_MEMORY_DAYS = 90  # follow-up of anything older is no longer simulated
# Numbers kept for one day of a small service: ordinary cases from 0, those that water brings from _WATER_IDS.
_A_DAYS_IDS = 200
_WATER_IDS = 110
_MOST_WATER = 89
_WET = ("banjir", "banjir", "pohon-tumbang")
_CALLS_A_STEP = 0.7  # incidents that a gauge's rise to its first step brings; twice as many to the second, and so on
_IN_A_FLOOD = 1.4  # how much longer help takes when roads are under water
_CALLS_A_FIRE, _COMPLAINTS_A_FIRE = 11, 9
_FIRE_CALLS = (
    "Kebakaran pabrik, asap tebal di {place}",
    "Api membesar di bangunan pabrik di {place}",
    "Ledakan lalu api dari gudang pabrik di {place}",
)
_FIRE_COMPLAINTS = (
    "Asap kebakaran pabrik masuk rumah di {place}",
    "Abu kebakaran beterbangan di {place}",
    "Jalan ditutup karena kebakaran pabrik dekat {place}",
)
_BEHIND, _BEHIND_SINCE = 60.0, 10 * DAY  # so many times slower, and since so long before the scenario has begun
_PREFIXES = {"siaga-112": "112", "perizinan": "NIB"}
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """One case of a service with the instants (epoch s, rising) at which it entered each of its statuses."""

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
    steps: Course


@dataclass(frozen=True, slots=True)
class _Report:
    """What a citizen says: the `number` of the day and the local hour (may pass 24) come with it."""

    service: Service
    category: Category
    where: Subdistrict
    day: int
    number: int
    hour: float
    slower: float = 1.0
    words: str | None = None


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


@lru_cache(maxsize=128)
def complaints(world: World, day: int) -> tuple[Complaint, ...]:
    """All complaints opened on one local day, of every service of the pack."""
    return tuple(
        complaint
        for service in world.city.services.values()
        for complaint in (*_ordinary(world, service, day), *_extraordinary(world, service, day))
    )


def _ordinary(world: World, service: Service, day: int) -> Iterator[Complaint]:
    chance, pace = dice(world.seed, service.key, "ordinary", day), tempo(service)
    categories = list(service.categories.values())
    weights = [category.share for category in categories]
    usual = service.daily * pace.busy(weekend=date.fromordinal(day).weekday() >= SATURDAY)
    for number in range(min(count(world.seed, usual, service.key, "opened", day), _WATER_IDS * _scale(service))):
        hour = chance.choices(range(24), pace.comes)[0] + chance.random()
        category = chance.choices(categories, weights)[0]
        where = chance.choice(list(world.city.subdistricts.values()))
        yield _complaint(world, _Report(service, category, where, day, number, hour), chance)


def _extraordinary(world: World, service: Service, day: int) -> Iterator[Complaint]:
    """What water and fire bring: calls for help where rivers have risen, complaints where it has rained."""
    wet = [service.categories[key] for key in _WET if key in service.categories]
    found = _rescued(world, service, wet, day) if in_minutes(service) else _rained(world, service, wet, day)
    first, most = _WATER_IDS * _scale(service), _MOST_WATER * _scale(service)
    for number, (made, chance) in enumerate((*_burned(world, service, day), *(found if wet else ()))):
        if number < most:
            yield _complaint(world, replace(made, number=first + number), chance)


def _rained(world: World, service: Service, likely: list[Category], day: int) -> Iterator[tuple[_Report, Random]]:
    for cell in world.sky.day(day)[0]:
        chance = dice(world.seed, service.key, "rained", int(cell.arrives))
        worst, called = cell.total_mm(cell.track_km), _first_call(world, day, cell.arrives)
        for _ in range(count(world.seed, max(0.0, worst - 25) * 0.35, service.key, "rained", int(cell.arrives))):
            where = chance.choices(list(world.city.subdistricts.values()), _soaked(world, cell))[0]
            at = cell.passes(world.sky.extent.east_km(where.point.lon)) + chance.uniform(0.1, 2.5) * HOUR
            category, patience = chance.choice(likely), chance.triangular(0.2, 2.5, 0.5) * HOUR
            if category.key == "banjir" and called is not None:
                at = max(at, called + patience)
            hour = (at - world.sky.local.instant(day, 0)) / HOUR
            yield _Report(service, category, where, day, 0, hour), chance


def _first_call(world: World, day: int, since: float) -> float | None:
    """When somebody first called for help in the flood after an instant, of any service that counts minutes."""
    calls = [
        world.sky.local.instant(made.day, made.hour)
        for service in world.city.services.values()
        if in_minutes(service) and "banjir" in service.categories
        for of_day in (day, day + 1)
        for made, _ in _rescued(world, service, [service.categories["banjir"]], of_day)
    ]
    return min((at for at in calls if at >= since), default=None)


def _burned(world: World, service: Service, day: int) -> Iterator[tuple[_Report, Random]]:
    """Calls for help at once where a fire breaks out, and complaints of the smoke an hour later."""
    starts, burning = world.sky.local.instant(day, 0), service.categories.get("kebakaran")
    if burning is None:
        return
    for fire in fires(world.sky, starts, starts + DAY):
        chance, urgent = dice(world.seed, service.key, "fire", int(fire.at)), in_minutes(service)
        near = [fire.near(place.point, 1.5, world.sky.extent.km_per_lon) for place in world.city.subdistricts.values()]
        for _ in range(_CALLS_A_FIRE if urgent else _COMPLAINTS_A_FIRE):
            where = fire.where if urgent else chance.choices(list(world.city.subdistricts.values()), near)[0]
            after = chance.triangular(0.01, 0.4, 0.05) if urgent else chance.uniform(0.6, 3.0)
            words = chance.choice(_FIRE_CALLS if urgent else _FIRE_COMPLAINTS).format(place=where.name)
            hour = (fire.at - starts) / HOUR + after
            yield _Report(service, burning, where, day, 0, hour, words=words), chance


def _rescued(world: World, service: Service, likely: list[Category], day: int) -> Iterator[tuple[_Report, Random]]:
    for rise in rises(world, day):
        names = (service.key, "risen", rise.gauge.key, int(rise.at), rise.step)
        chance = dice(world.seed, *names)
        for _ in range(count(world.seed, _CALLS_A_STEP * rise.step, *names)):
            where = chance.choices(list(world.city.subdistricts.values()), _under_water(world, rise))[0]
            at = rise.at + chance.triangular(0.15, 1.8, 0.35) * HOUR
            hour = (at - world.sky.local.instant(day, 0)) / HOUR
            yield _Report(service, chance.choice(likely), where, day, 0, hour, _IN_A_FLOOD), chance


def _soaked(world: World, cell: Cell) -> list[float]:
    north = world.sky.extent.north_km
    return [cell.total_mm(north(place.point.lat)) + 0.01 for place in world.city.subdistricts.values()]


def _under_water(world: World, rise: Rise) -> list[float]:
    width = world.sky.extent.km_per_lon
    places = world.city.subdistricts.values()
    return [flooded(rise.gauge.point, place.point, width) + 1e-9 for place in places]


def _complaint(world: World, made: _Report, chance: Random) -> Complaint:
    service, category, where = made.service, made.category, made.where
    opened = float(round(world.sky.local.instant(made.day, made.hour)))
    slower = made.slower * (_BEHIND if _fallen_behind(world, category, opened) else 1.0)
    spread = 350 / _METRES_PER_DEGREE
    return Complaint(
        case_id=_case_id(made),
        service=service.key,
        category=category.key,
        agency=category.agency,
        subdistrict=where.code,
        lat=round(where.point.lat + chance.uniform(-spread, spread), 5),
        lon=round(where.point.lon + chance.uniform(-spread, spread), 5),
        priority="tinggi" if _presses(service, category) else "normal",
        channel=chance.choice(tempo(service).channels),
        summary=made.words or summary(service, category, where.name, chance),
        steps=course(Office(service, world.sky.local, world.city.calendar), category, opened, chance, slower),
    )


def _fallen_behind(world: World, category: Category, opened: float) -> bool:
    """Whether the case falls to the agency that the most complaints of the room's own service go to."""
    if not world.sky.scenario.backlog or opened < world.sky.begins - _BEHIND_SINCE:
        return False
    burden: defaultdict[str, float] = defaultdict(float)
    for each in next(iter(world.city.services.values())).categories.values():
        burden[each.agency] += each.share
    return category.agency == max(burden, key=lambda agency: burden[agency])


def _case_id(made: _Report) -> str:
    today, service = date.fromordinal(made.day), made.service
    serial = today.timetuple().tm_yday * _A_DAYS_IDS * _scale(service) + made.number
    return f"{_PREFIXES.get(service.key, service.key.upper())}-{today.year}-{serial:06d}"


def _scale(service: Service) -> int:
    """How many times the numbers of a small service this one needs for a day: twice its mean must fit."""
    scale = 1
    while _WATER_IDS * scale < 2 * service.daily:
        scale *= 10
    return scale


def _presses(service: Service, category: Category) -> bool:
    return category.counts if in_minutes(service) else category.key in URGENT

"""How a case is said on the desk: its status, what it is about, where, whose, and its deadline with the rule."""

from __future__ import annotations

from datetime import datetime, timedelta

from layouts.findings.cases import NO_AGENCY
from layouts.findings.services import RANKS, SIGNS
from layouts.formats import clock, day, moment, number
from layouts.panel import Row
from sensors.city import City, Service
from sensors.judge.deadline import Due
from sensors.pack.stages import DAYS_UNITS, Stage

MOMENT = timedelta(microseconds=1)
"""A deadline of days is over at midnight; its day is the one before."""
UNITS = {"working-days": "hari kerja", "days": "hari", "hours": "jam", "minutes": "menit"}


def status(service: Service | None, key: str) -> tuple[str, int]:
    """A status as shape and word, and how bad it is; one that the pack does not name by its key."""
    known = service.statuses.get(key) if service else None
    return (f"{SIGNS[known.role]} {known.name.lower()}", RANKS[known.role]) if known else (key, 0)


def category(row: Row, city: City) -> str:
    """What a case is about: its category, or only its service."""
    service = city.services.get(row["service"])
    known = service.categories.get(row["category"] or "") if service else None
    return known.name if known else (service.name if service else row["service"])


def service(row: Row, city: City) -> str:
    """Whose list it is on."""
    known = city.services.get(row["service"])
    return known.name if known else row["service"]


def agency(key: str | None, city: City) -> str:
    """An agency's short name."""
    known = city.agencies.get(key or "")
    return known.short if known else (key or NO_AGENCY)


def place(code: str | None, city: City) -> str:
    """A kelurahan with its kecamatan."""
    known = city.subdistricts.get(code or "")
    return f"{known.name}, {city.districts[known.district].name}" if known else "tanpa kelurahan"


def due_day(due: Due, city: City) -> str:
    """The last day on which it may end; the hour too where the limit is in hours or minutes."""
    if due.stage.unit in DAYS_UNITS:
        return day(due.at - MOMENT, city.zone)
    return f"{day(due.at, city.zone)} {clock(due.at, city.zone)}"


def limit(stage: Stage) -> str:
    """A stage and how long it may take."""
    sample = ", contoh" if stage.sample else ""
    return f"{stage.name}, {number(stage.length)} {UNITS[stage.unit]}{sample}"


def at(when: datetime | None, city: City) -> str:
    """A moment in the city's time."""
    return moment(when, city.zone, city.zone_word) if when else "–"

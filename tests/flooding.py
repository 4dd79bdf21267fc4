"""The night of a flood in a database of one's own, without a broker: what the virtual city says, taken in as it comes.

The same seed gives the same night: what is drawn from it can be compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import psycopg

from data.writer import Writer
from ingest.alarms.engine import Engine
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import City
from sensors.virtual_city import feeds
from sensors.virtual_city.announcing import announced
from sensors.virtual_city.history import blocks, price_reports
from sensors.virtual_city.messages import Message, case
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.scenario import SCENARIOS
from sensors.virtual_city.world import World

DAY = date(2026, 11, 28)
SEED = 7
_HOUR, _DAYS = 3600.0, 86_400.0
_PRICE_DAYS, _CASE_DAYS, _READING_HOURS = 60, 30, 36
_BATCH = 400
SILENT = "rain-cipondoh"
"""A device that says nothing the whole night."""
CUT = ("gauge-pintu-air-10", 4, 6)
"""A gauge whose line is cut between two hours of the day."""
# What operators did: most high ones soon, of the others some; nobody did anything after the day was over.
_TAKEN = """
UPDATE alarms SET known_at = raised_at + interval '20 seconds';
UPDATE alarms
SET acknowledged_at = raised_at + make_interval(secs => 90 + 37 * (id % 19)), acknowledged_by = 'operator-1'
WHERE priority = 'high' OR (priority = 'medium' AND id % 3 > 0);
"""


def ends(city: City, day: date = DAY) -> datetime:
    """The midnight at which the day is over."""
    return city.calendar.ends(day)


def fill(url: str, city: City, day: date = DAY, hours: float = _READING_HOURS) -> None:
    """Write the day of a flood that begins an hour after midnight, what led to it, and what called whom."""
    until = ends(city, day)
    end = until.timestamp()
    world = World.of(city, SEED, SCENARIOS["flood"], end - 23 * _HOUR)
    told = feeds.City(world, Pace(end, 1.0), beats(world, None), None, end - _CASE_DAYS * _DAYS)
    sorter = Sorter(city)
    with closing(Writer(url, "ingest-0", city.devices.keys(), city.zone.key, services=city.services)) as writer:
        for some in _batches(_heard(told, end, hours)):
            writer.write([sorter.take_apart(_delivered(each)) for each in some])
    _judge(url, city, until)


def _heard(told: feeds.City, end: float, hours: float) -> Iterator[Message]:
    yield from price_reports(told, end - _PRICE_DAYS * _DAYS, end)
    for step in feeds.recorded_steps(told, end - _CASE_DAYS * _DAYS, end):
        yield case(told.root, step, told.world.sky.local)
    yield from announced(told, end - 2 * _DAYS, end)
    for block in blocks(told, end - hours * _HOUR, end, end):
        yield from (each for each in block.messages if "/readings/" in each.topic and _spoke(each, end))


def _spoke(message: Message, end: float) -> bool:
    device = message.topic.rsplit("/", 1)[1]
    hour = 24 - (end - message.due) / _HOUR
    return device != SILENT and not (device == CUT[0] and CUT[1] <= hour < CUT[2])


def _delivered(message: Message) -> Delivery:
    at = datetime.fromtimestamp(message.due, UTC) + timedelta(seconds=1)
    return Delivery(message.topic, message.payload, len(message.payload), at, False, 0, 1, 1)


def _batches(messages: Iterator[Message]) -> Iterator[list[Message]]:
    while some := list(itertools.islice(messages, _BATCH)):
        yield some


def _judge(url: str, city: City, until: datetime) -> None:
    """Let the engine judge the day as it went on, and operators take what it raised."""
    now = until - timedelta(hours=24)
    engine = Engine(url, city, lambda: None, clock=lambda: now)
    with closing(engine):
        assert engine.lead()
        while now < until:
            now += timedelta(minutes=30)
            engine.turn(frozenset({"readings", "prices", "cases", "bulletins"}))
    with psycopg.connect(url) as connection:
        connection.execute(_TAKEN)

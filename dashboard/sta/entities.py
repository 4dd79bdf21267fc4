"""The entities of SensorThings: what each is asked by, what it says, and how one leads to another.

A Thing is a device, and so are its Sensor, its Location and its FeatureOfInterest: they share its number. A Datastream
is a series; its number is made of the device's and the kind's. Observations have no number of their own in the store:
theirs is that of the Datastream followed by 17 digits of microseconds since 1970, as text, for it is longer than what
JSON keeps exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from dashboard.sta import records
from dashboard.sta.records import Record
from data.selecting import Sort
from layouts.panel import Row

STREAM_BASE = 32_768
"""Numbers of kinds are below it (smallint)."""
MOMENT_BASE = 10**17
LARGEST = 2**63 - 1
TIME = "observed_at"
"""The column by which pages of a long set go on where the one before ended."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOLD = {"text": "a text in quotes", "number": "a number", "whole": "a number", "time": "a time with an offset"}
_NUMBER = re.compile(r"'?(\d{1,40})'?")


@dataclass(frozen=True, slots=True)
class Column:
    """What a property is compared and sorted by."""

    name: str
    sort: Sort

    @property
    def told(self) -> str:
        """What it is compared with, in words."""
        return _TOLD[self.sort]


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another entity set; `pairs` are the columns here and there that are equal."""

    target: str
    many: bool
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity set. `record` says a row by the specification's names, given the address of the service."""

    name: str
    question: str
    columns: Mapping[str, Column]
    usual: tuple[tuple[str, bool], ...]
    number: Callable[[Row], int | str]
    found_by: Callable[[int], Mapping[str, Any]]
    record: Callable[[Row, str], Record]
    links: Mapping[str, Link] = field(default_factory=dict)
    vast: bool = False
    """The whole set is too large to be sorted: it is looked through from the newest on."""

    def identify(self, text: str) -> Mapping[str, Any] | None:
        """Return the values of columns that the entity of this number has; None where it is no number of one."""
        found = _NUMBER.fullmatch(text)
        return self.found_by(int(found[1])) if found else None


def _by(column: str) -> Callable[[int], Mapping[str, Any]]:
    return lambda number: {column: min(number, LARGEST)}


def _by_stream(number: int) -> Mapping[str, Any]:
    thing, kind = divmod(min(number, LARGEST), STREAM_BASE)
    return {"thing_id": thing, "property_id": kind}


def _by_moment(number: int) -> Mapping[str, Any]:
    stream, moment = divmod(number, MOMENT_BASE)
    try:
        at = EPOCH + timedelta(microseconds=moment)
    except OverflowError:
        at = EPOCH
    return {**_by_stream(stream), "observed_at": at}


def _moment(row: Row) -> str:
    return f"{row['stream_id']}{(row['observed_at'] - EPOCH) // timedelta(microseconds=1):017d}"


THING = (("thing_id", "thing_id"),)
PROPERTY = (("property_id", "property_id"),)
STREAM = (*THING, *PROPERTY)
_NAMED = {
    "id": Column("thing_id", "whole"),
    "name": Column("name", "text"),
    "description": Column("description", "text"),
}
_TO_THING, _TO_THINGS = Link("Things", many=False, pairs=THING), Link("Things", many=True, pairs=THING)
_TO_STREAMS = Link("Datastreams", many=True, pairs=THING)
_TO_PLACES, _TO_HISTORY = Link("Locations", many=True, pairs=THING), Link("HistoricalLocations", many=True, pairs=THING)
_OBSERVED = Link("Observations", many=True, pairs=THING)


def _of_device(name: str, question: str, record: Callable[[Row, str], Record], **links: Link) -> Entity:
    """An entity set that has one member a device."""
    usual = (("thing_id", False),)
    return Entity(name, question, _NAMED, usual, lambda row: int(row["thing_id"]), _by("thing_id"), record, links)


ENTITIES: Mapping[str, Entity] = MappingProxyType(
    {
        entity.name: entity
        for entity in (
            _of_device(
                "Things",
                "sta_things",
                records.thing,
                Locations=_TO_PLACES,
                HistoricalLocations=_TO_HISTORY,
                Datastreams=_TO_STREAMS,
            ),
            _of_device("Locations", "sta_places", records.location, Things=_TO_THINGS, HistoricalLocations=_TO_HISTORY),
            _of_device("HistoricalLocations", "sta_places", records.history, Thing=_TO_THING, Locations=_TO_PLACES),
            Entity(
                name="Datastreams",
                question="sta_datastreams",
                columns={
                    "id": Column("stream_id", "whole"),
                    "name": Column("name", "text"),
                    "unitOfMeasurement/symbol": Column("unit", "text"),
                    "properties/kind": Column("kind", "text"),
                    "properties/device": Column("device", "text"),
                    "properties/newest": Column("newest_at", "time"),
                    "Thing/id": Column("thing_id", "whole"),
                    "Thing/name": Column("thing", "text"),
                    "ObservedProperty/id": Column("property_id", "whole"),
                    "ObservedProperty/name": Column("property", "text"),
                },
                usual=(("stream_id", False),),
                number=lambda row: int(row["stream_id"]),
                found_by=_by_stream,
                record=records.datastream,
                links={
                    "Thing": _TO_THING,
                    "Sensor": Link("Sensors", many=False, pairs=THING),
                    "ObservedProperty": Link("ObservedProperties", many=False, pairs=PROPERTY),
                    "Observations": Link("Observations", many=True, pairs=STREAM),
                },
            ),
            _of_device("Sensors", "sta_things", records.sensor, Datastreams=_TO_STREAMS),
            Entity(
                name="ObservedProperties",
                question="sta_properties",
                columns={
                    "id": Column("property_id", "whole"),
                    "name": Column("name", "text"),
                    "properties/kind": Column("key", "text"),
                },
                usual=(("property_id", False),),
                number=lambda row: int(row["property_id"]),
                found_by=_by("property_id"),
                record=records.observed_property,
                links={"Datastreams": Link("Datastreams", many=True, pairs=PROPERTY)},
            ),
            Entity(
                name="Observations",
                question="sta_observations",
                columns={
                    "phenomenonTime": Column("observed_at", "time"),
                    "resultTime": Column("observed_at", "time"),
                    "result": Column("value", "number"),
                },
                usual=(("observed_at", True), ("thing_id", False), ("property_id", False)),
                number=_moment,
                found_by=_by_moment,
                record=records.observation,
                links={
                    "Datastream": Link("Datastreams", many=False, pairs=STREAM),
                    "FeatureOfInterest": Link("FeaturesOfInterest", many=False, pairs=THING),
                },
                vast=True,
            ),
            _of_device("FeaturesOfInterest", "sta_places", records.feature, Observations=_OBSERVED),
        )
    }
)
"""By the name of the set."""

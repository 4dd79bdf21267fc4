"""What may be asked about a stream, as an address says it, and the question it makes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.errors import FilterError
from dashboard.api.filters import Empty
from data.analysis.asked import Asked, Step
from data.analysis.streams import STREAMS, Stream
from layouts.findings.explored import USUAL_DAYS
from sensors.alarm import PRIORITIES
from sensors.city import City
from sensors.kinds import KINDS
from sensors.pack.entry import ID

FILTERS = tuple(dict.fromkeys(name for stream in STREAMS.values() for name in stream.filters))
"""Every filter that some stream takes."""
NEEDED = {"readings": "kind", "prices": "commodity"}
"""What a sum must be about: a mean over temperatures and rain means nothing."""
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)

Keys = Annotated[Annotated[str, Field(max_length=4096)] | None, Empty]
Day = Annotated[Annotated[date, Field(ge=EARLIEST, lt=LATEST)] | None, Empty]


class Question(BaseModel):
    """The filters of every question; which of them a stream takes is its own. Several keys have commas between them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Day = Field(None, alias="from", description="The first day of the city; 30 days before `to` unless said.")
    until: Day = Field(None, alias="to", description="The last day of the city, included; today unless said.")
    kind: Keys = Field(None, description="Readings, alarms: of this kind.")
    device: Keys = Field(None, description="Readings, alarms: of these devices.")
    market: Keys = Field(None, description="Prices: of these markets.")
    commodity: Keys = Field(None, description="Prices: of these commodities.")
    service: Keys = Field(None, description="Cases: of these services.")
    category: Keys = Field(None, description="Cases: of these categories.")
    district: Keys = Field(None, description="In these kecamatan, by their codes.")
    agency: Keys = Field(None, description="Of these agencies (OPD).")
    priority: Keys = Field(None, description="Alarms: of these priorities.")

    def said(self) -> dict[str, str]:
        """The filters by key that say something."""
        return {name: words for name in FILTERS if (words := getattr(self, name))}


class SummaryQuestion(Question):
    """A question whose answer is summed up by steps of time."""

    step: Annotated[Step, Empty] = Field("day", description="The length of a step.")


class ExportQuestion(Question):
    """A question whose answer is a file: its rows, or with `step` its sums."""

    step: Annotated[Step | None, Empty] = Field(None, description="Sums of steps of time instead of single rows.")
    bom: Annotated[Literal["0", "1"], Empty] = Field(
        "0", description="CSV: `1` begins with the mark of UTF-8, for Excel."
    )
    id: Annotated[Annotated[str, Field(pattern="^[0-9a-f]{32}$")] | None, Empty] = Field(
        None, description="A number of your own (32 hex digits) under which `/api/v1/export/jobs/<id>` tells of it."
    )


def stream_of(key: str) -> Stream:
    """The stream of a path. Raises `FilterError`."""
    if key not in STREAMS:
        raise FilterError("stream", key, f"one of {', '.join(STREAMS)}")
    return STREAMS[key]


def asked_of(
    city: City,
    stream: Stream,
    said: Mapping[str, str],
    days: tuple[date | None, date | None],
    step: Step | None,
    now: datetime,
) -> Asked:
    """The question of an address; a sum that does not say of what is about the first kind or commodity.

    Raises `FilterError` for a filter that means nothing here, and for more time or more keys than the pack allows.
    """
    zone, limits = city.zone, city.analysis
    last = days[1] or now.astimezone(zone).date()
    first = days[0] or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        raise FilterError("from", first.isoformat(), f"a day not after `to`, {last.isoformat()}")
    if (last - first).days > 366 * limits.range_years:
        raise FilterError(
            "from", first.isoformat(), f"at most {limits.range_years} years before `to`, {last.isoformat()}"
        )
    filters = {}
    for name, words in said.items():
        if name not in stream.filters:
            raise FilterError(name, words, f"for {stream.key} some of {', '.join(stream.filters)}")
        filters[name] = _keys(city, name, words)
    if step and (needed := NEEDED.get(stream.key)):
        filters.setdefault(needed, (usual(city, needed),))
        if len(filters[needed]) > 1:
            raise FilterError(needed, said[needed], "one only, where steps are summed up")
    begin, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return Asked(stream, begin, end, zone.key, tuple(sorted(filters.items())), step)


def usual(city: City, name: str) -> str:
    """The kind or commodity that a sum is about unless an address says it: the first of the pack."""
    if name == "commodity":
        return next(iter(city.commodities), "")
    return next((kind for device in city.devices.values() for kind in device.kinds), next(iter(KINDS)))


def _keys(city: City, name: str, words: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(words.split(",")))
    if len(keys) > city.analysis.filter_keys:
        raise FilterError(name, f"{len(keys)} keys", f"at most {city.analysis.filter_keys} keys")
    known = _known(city, name)
    for key in keys:
        if known is None and not re.fullmatch(ID, key):
            raise FilterError(name, key[:80], "keys like air-tanah-tinggi, with commas between them")
        if known is not None and key not in known:
            raise FilterError(name, key[:80], f"some of {', '.join(known)}")
    return keys


def _known(city: City, name: str) -> Collection[str] | None:
    """What a filter may say; None where any key may be known to the database."""
    found: Mapping[str, Collection[str]] = {
        "kind": KINDS,
        "commodity": city.commodities,
        "service": city.services,
        "category": dict.fromkeys(each for service in city.services.values() for each in service.categories),
        "district": city.districts,
        "agency": city.agencies,
        "priority": PRIORITIES,
    }
    return found.get(name)

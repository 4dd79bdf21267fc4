"""Earthquakes as BMKG publishes them: autogempa.json, gempaterkini.json and gempadirasakan.json.

`{Infogempa: {gempa: {…} or [{…}, …]}}` with `DateTime` in UTC (ISO with offset), `Coordinates` "lat,lon", `Magnitude`
as text, `Kedalaman` "10 km", `Wilayah`, and `Potensi` and `Dirasakan` where the feed has them. The feeds repeat each
other: a quake is known by its time and place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sensors.item import Item
from sensors.parse import not_ahead, parse_number, told
from sensors.reading import CodecError, Refusal

_COORDINATES = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d{1,6})?)\s*,\s*([+-]?\d{1,3}(?:\.\d{1,6})?)\s*")
_DEPTH = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*km", re.IGNORECASE)
_LOWEST, _HIGHEST, _DEEPEST = -1.0, 10.0, 800.0
_FARTHEST_NORTH, _FARTHEST_EAST = 90.0, 180.0


@dataclass(frozen=True, slots=True)
class Quake:
    """One earthquake: degrees, magnitude, km below ground, and BMKG's own words on place, shaking and tsunami."""

    channel: str
    id: str
    at: datetime
    lat: float
    lon: float
    magnitude: float
    depth_km: float | None
    place: str | None
    felt: str | None
    potential: str | None


@dataclass(frozen=True, slots=True)
class Quakes:
    """What a document holds; `skipped` counts its nulls, `refused` says what of it is not taken and why."""

    found: tuple[Quake, ...]
    skipped: int
    refused: tuple[Refusal, ...]


def is_quakes(found: object) -> bool:
    """Whether a JSON document has the form of a list of earthquakes, or of one."""
    return isinstance(found, dict) and "Infogempa" in found


def parse_quakes(found: object, channel: str, received_at: datetime, keep: timedelta) -> Quakes:
    """The earthquakes of a document, each taken or refused on its own, none older than `keep`.

    Raises `CodecError` when the document holds none.
    """
    info = found.get("Infogempa") if isinstance(found, dict) else None
    gempa = info.get("gempa") if isinstance(info, dict) else None
    listed = gempa if isinstance(gempa, list) else [gempa]
    if not listed or gempa is None:
        raise CodecError("bad-message", f"Infogempa.gempa: found {told(gempa)}, expected an object or an array")
    taken: list[Quake] = []
    refused: list[Refusal] = []
    skipped = 0
    for number, raw in enumerate(listed):
        try:
            item = Item(raw, f"gempa[{number}]")
            skipped += item.skipped
            taken.append(_quake(item, channel, received_at, keep))
        except CodecError as error:
            refused.append(Refusal(error.reason, error.detail))
    return Quakes(tuple(taken), skipped, tuple(refused))


def _quake(item: Item, channel: str, received_at: datetime, keep: timedelta) -> Quake:
    at, (lat, lon) = _at(item, received_at, keep), _coordinates(item)
    magnitude = item.number("Magnitude", _LOWEST, _HIGHEST)
    if magnitude is None:
        raise item.wrong("bad-value", "Magnitude", f"a number from {_LOWEST:g} to {_HIGHEST:g}")
    return Quake(
        channel=channel,
        id=f"{at:%Y%m%dT%H%M%SZ}{lat:+.2f}{lon:+.2f}",
        at=at,
        lat=lat,
        lon=lon,
        magnitude=magnitude,
        depth_km=_depth(item),
        place=item.text("Wilayah", 300),
        felt=item.text("Dirasakan", 1000),
        potential=item.text("Potensi", 300),
    )


def _at(item: Item, received_at: datetime, keep: timedelta) -> datetime:
    at = item.time("DateTime")
    if at is None or at.tzinfo is None:
        raise item.wrong("bad-time", "DateTime", "ISO 8601 with an offset")
    instant = item.utc("DateTime") or at
    if instant < received_at - keep:
        raise item.wrong("too-old", "DateTime", f"at most {keep.days} days before now")
    return not_ahead(f"{item.where}.DateTime", instant, received_at)


def _coordinates(item: Item) -> tuple[float, float]:
    written = item.text("Coordinates", 40)
    found = _COORDINATES.fullmatch(written) if written else None
    lat, lon = (float(found[1]), float(found[2])) if found else (_FARTHEST_NORTH + 1, 0.0)
    if abs(lat) > _FARTHEST_NORTH or abs(lon) > _FARTHEST_EAST:
        raise item.wrong("bad-value", "Coordinates", 'latitude and longitude as text, like "-8.34,121.30"')
    return lat, lon


def _depth(item: Item) -> float | None:
    written = item.text("Kedalaman", 40)
    if written is None:
        return None
    found = _DEPTH.fullmatch(written)
    depth = parse_number(f"{item.where}.Kedalaman", found[1]) if found else _DEEPEST + 1
    if depth > _DEEPEST:
        raise item.wrong("bad-value", "Kedalaman", f'a depth like "10 km", at most {_DEEPEST:g} km')
    return depth

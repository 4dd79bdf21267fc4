"""Items as GeoJSON (RFC 7946): points in longitude and latitude, the rest of an item as properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.api.items import AlarmItem, CaseItem, ReadingItem
from sensors.city import Device

GEOJSON = "application/geo+json"
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["type", "features", "next"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}},
        "next": {"type": ["string", "null"]},
    },
}


def collection(features: Sequence[Mapping[str, Any]], following: str | None) -> dict[str, Any]:
    """Return a feature collection, with the cursor of the one after it as a member of its own."""
    return {"type": "FeatureCollection", "features": list(features), "next": following}


def reading_feature(item: ReadingItem, device: Device) -> dict[str, Any]:
    """Return a reading at its device's place; `approximate` says whether that is only near the true one."""
    told = {"name": device.name, "approximate": device.point.approximate}
    return _feature(device.point.lon, device.point.lat, item.model_dump(mode="json") | told)


def case_feature(item: CaseItem) -> dict[str, Any]:
    """Return a case, which must have a position, where it was reported."""
    return _feature(item.lon, item.lat, item.model_dump(mode="json", exclude={"lat", "lon"}))


def alarm_feature(item: AlarmItem) -> dict[str, Any]:
    """Return an alarm, which must have a position, where its source stands."""
    return _feature(item.lon, item.lat, item.model_dump(mode="json", exclude={"lat", "lon"}))


def _feature(lon: float | None, lat: float | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": dict(properties),
    }

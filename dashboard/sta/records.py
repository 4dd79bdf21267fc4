"""What each entity of SensorThings says of a row, by the specification's names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from layouts.panel import Row

MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
GEOJSON = "application/geo+json"
Record = dict[str, Any]


def told_at(at: datetime) -> str:
    """Return a time as SensorThings writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _properties(row: Row, *names: str) -> Record:
    return {name: row[name] for name in names if row.get(name) is not None}


def thing(row: Row, _: str) -> Record:
    """A device."""
    told = _properties(row, "key", "district", "subdistrict", "agency")
    return {"name": row["name"], "description": row["description"], "properties": told}


def sensor(row: Row, root: str) -> Record:
    """The same device as what measures; its page says more of it."""
    page = f"{root.removesuffix('/sta/v1.1')}/perangkat/{row['key']}"
    return {
        "name": row["name"],
        "description": row["description"],
        "encodingType": "text/html",
        "metadata": page,
        "properties": _properties(row, "key"),
    }


def _point(row: Row) -> Record:
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def location(row: Row, _: str) -> Record:
    """Where a placed device stands."""
    told = _properties(row, "district", "subdistrict", "approximate")
    return {
        "name": row["name"],
        "description": row["description"],
        "encodingType": GEOJSON,
        "properties": told,
        "location": _point(row),
    }


def feature(row: Row, root: str) -> Record:
    """The same place as what is observed."""
    found = location(row, root)
    found["feature"] = found.pop("location")
    return found


def history(row: Row, _: str) -> Record:
    """Since when it is known there."""
    return {"time": told_at(row["first_seen_at"])}


def datastream(row: Row, root: str) -> Record:
    """A series."""
    return {
        "name": row["name"],
        "description": f"{row['property']} di {row['thing']}",
        "observationType": MEASUREMENT,
        "unitOfMeasurement": {
            "name": row["unit"],
            "symbol": row["unit"],
            "definition": f"{root}/ObservedProperties({row['property_id']})",
        },
        "properties": {"device": row["device"], "kind": row["kind"], "newest": told_at(row["newest_at"])},
    }


def observed_property(row: Row, root: str) -> Record:
    """A kind of reading."""
    return {
        "name": row["name"],
        "definition": f"{root}/ObservedProperties({row['property_id']})",
        "description": f"{row['name']}, {row['unit']}",
        "properties": {"kind": row["key"], "unit": row["unit"]},
    }


def observation(row: Row, _: str) -> Record:
    """A reading."""
    at = told_at(row["observed_at"])
    return {"phenomenonTime": at, "resultTime": at, "result": row["value"]}

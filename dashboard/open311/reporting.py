"""A report from outside as a case message: what happened and where. Who says so is dropped before anything is kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dashboard.api.errors import FilterError
from dashboard.forms import Fields, one
from dashboard.open311.records import Complaints
from sensors.city import City
from sensors.pack.places import box_around
from sensors.privacy import mask

PERSONAL = ("email", "device_id", "account_id", "first_name", "last_name", "phone")
NOT_KEPT = (*PERSONAL, "media_url", "address_string")
"""Beside the person: a picture may show one, and an address in words may be somebody's own."""
LONGEST = 2000
_ATTRIBUTE = re.compile(r"attribute\[.{0,64}\]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAKEN = ("service_code", "description", "lat", "long", "address_id", "jurisdiction_id", "api_key")


def case_of(fields: Fields, complaints: Complaints, now: datetime) -> dict[str, Any]:
    """Return the message of a new case. Raises `FilterError` naming the field."""
    for name in fields:
        if name not in (*_TAKEN, *NOT_KEPT) and not _ATTRIBUTE.fullmatch(name):
            raise FilterError(name, "a field", f"some of {', '.join((*_TAKEN, *NOT_KEPT))}")
    city, service = complaints.city, complaints.service
    code = one(fields, "service_code")
    if code not in service.categories:
        raise FilterError("service_code", code, f"one of {', '.join(service.categories)}")
    lat, lon, place = _where(fields, city)
    return {
        "case_id": f"O311-{now.astimezone(city.zone):%Y%m%d}-{secrets.token_hex(4)}",
        "status": next(iter(service.statuses)),
        "at": now.isoformat(),
        "category": code,
        "subdistrict": place,
        "lat": lat,
        "lon": lon,
        "agency": service.categories[code].agency,
        "priority": "normal",
        "channel": "open311",
        "summary": _description(fields),
    }


def dropped(fields: Fields) -> Sequence[str]:
    """Return the names of the fields that were sent and not kept."""
    return [name for name in NOT_KEPT if one(fields, name)]


def notice(names: Sequence[str]) -> str:
    """Return what the answer says of them, to whoever reported."""
    if not names:
        return "Laporan diterima. Identitas pelapor tidak diminta dan tidak disimpan."
    return f"Laporan diterima. Demi privasi, isian berikut tidak disimpan: {', '.join(names)}."


def _where(fields: Fields, city: City) -> tuple[float | None, float | None, str | None]:
    """A position near the city, or the code of a kelurahan, or both."""
    place = one(fields, "address_id") or None
    if place is not None and place not in city.subdistricts:
        raise FilterError("address_id", place, "the Kemendagri code of a kelurahan of the city")
    told = one(fields, "lat"), one(fields, "long")
    if not any(told):
        if place is None:
            raise FilterError("lat", "", "lat and long, or address_id: an address in words is not kept")
        return None, None, place
    box = box_around(city.outline)
    return _degrees("lat", told[0], box.south, box.north), _degrees("long", told[1], box.west, box.east), place


def _degrees(name: str, told: str, low: float, high: float) -> float:
    try:
        found = float(told)
    except ValueError:
        found = float("nan")
    if not low <= found <= high:
        raise FilterError(name, told[:40], f"degrees within the city, {low:g} to {high:g}")
    return found


def _description(fields: Fields) -> str | None:
    text = one(fields, "description")
    if len(text) > LONGEST or _UNPRINTABLE.search(text):
        raise FilterError("description", f"{len(text)} characters", f"text of at most {LONGEST} characters")
    return mask(text) or None

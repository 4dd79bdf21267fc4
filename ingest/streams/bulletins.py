"""Warnings and notices: `<root>/bulletins/<channel>`, as JSON or as CAP 1.2 in XML.

BMKG's forecasts and earthquakes come on the same topics as they are published, and are known by their form.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from data.records import Bulletin, Message, Rejection
from ingest.fields import Fields
from ingest.warnings import bulletins_of, credit
from sensors.areas import concerns
from sensors.cap import is_cap
from sensors.city import City
from sensors.forecast import Source, is_forecast, parse_forecast
from sensors.pack.warnings import LEVELS
from sensors.parse import parse_json
from sensors.privacy import mask_announcement
from sensors.quake import is_quakes, parse_quakes
from sensors.reading import CodecError, Refusal

NAME = "bulletins"
TOPIC = "bulletins/+"
_AREA = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
_URL = re.compile(r"https?://[^\s/]+\S*")
_LONGEST_VALIDITY = timedelta(days=366)


def parse(message: Message, sender: str, city: City) -> Message:
    """The one bulletin in a JSON object, those of a CAP alert, or the forecasts or earthquakes of a BMKG document."""
    if is_cap(message.payload):
        return replace(message, bulletins=bulletins_of(message.payload, sender, message.received_at, city))
    found = parse_json(message.payload)
    if is_forecast(found):
        return _forecasts(message, found, sender, city)
    if is_quakes(found):
        return _quakes(message, found, sender, city)
    return _bulletin(message, Fields(found), sender, city)


def _forecasts(message: Message, found: object, sender: str, city: City) -> Message:
    taken = parse_forecast(found, Source(sender, message.received_at, city.subdistricts, city.zone))
    return replace(message, forecasts=taken.found, skipped=taken.skipped, rejections=_rejections(taken.refused))


def _quakes(message: Message, found: object, sender: str, city: City) -> Message:
    taken = parse_quakes(found, sender, message.received_at, timedelta(days=city.retention_days))
    return replace(message, quakes=taken.found, skipped=taken.skipped, rejections=_rejections(taken.refused))


def _rejections(refused: tuple[Refusal, ...]) -> tuple[Rejection, ...]:
    return tuple(Rejection(refusal.reason, refusal.detail) for refusal in refused)


def _bulletin(message: Message, fields: Fields, sender: str, city: City) -> Message:
    issued_at = fields.time("issued_at", message.received_at)
    areas = _areas(fields)
    bulletin = Bulletin(
        channel=sender,
        id=fields.text("id", 200),
        title=mask_announcement(fields.text("title", 300)),
        body=mask_announcement(fields.text_or_none("body", 20_000)),
        severity=_severity(fields),
        areas=areas,
        url=_url(fields),
        issued_at=issued_at,
        expires_at=_expiry(fields, issued_at),
        elsewhere=bool(areas) and not concerns(areas, city.region),
        source=credit(sender, ()),
    )
    return replace(message, bulletins=(bulletin,), skipped=fields.skipped)


def _severity(fields: Fields) -> str:
    severity = fields.text("severity", 32)
    if severity not in LEVELS:
        raise fields.wrong("bad-value", "severity", f"one of {', '.join(LEVELS)}")
    return severity


def _areas(fields: Fields) -> tuple[str, ...]:
    areas = fields.list("areas")
    if not all(isinstance(area, str) and _AREA.fullmatch(area) for area in areas):
        raise fields.wrong("bad-value", "areas", "an array of area codes like 36.71.04")
    return tuple(map(str, areas))


def _url(fields: Fields) -> str | None:
    url = fields.text_or_none("url", 2000)
    if url is not None and not _URL.fullmatch(url):
        raise fields.wrong("bad-value", "url", "an http or https address")
    return url


def _expiry(fields: Fields, issued_at: datetime) -> datetime | None:
    """The end of a bulletin's validity: unlike its issue, it lies ahead."""
    if not fields.has("expires_at"):
        return None
    expires_at = fields.time("expires_at", datetime.max.replace(tzinfo=UTC) - timedelta(days=1))
    if not issued_at <= expires_at <= issued_at + _LONGEST_VALIDITY:
        raise CodecError("bad-time", f"expires_at: found {expires_at.isoformat()}, expected within a year of issued_at")
    return expires_at

"""Changes of state of cases: `<root>/cases/<service>`.

Only the fields listed here are ever stored. Telephone and identity numbers and mail addresses in a summary are masked,
and so they are in the payload of a rejected message, where the values of keys like `nama` or `phone` are blanked too.
"""

from __future__ import annotations

from msgspec.structs import replace

from data.records import CaseEvent, Message
from ingest.fields import Fields
from sensors.city import City, Service
from sensors.privacy import mask
from sensors.reading import CodecError

NAME = "cases"
TOPIC = "cases/+"
_LONGEST_SUMMARY = 2000


def parse(message: Message, sender: str, city: City) -> Message:
    """The one change of state in a message; a word the city pack does not know refuses it by name."""
    service = city.services.get(sender)
    if service is None:
        known = ", ".join(city.services)
        raise CodecError("unknown-service", f"topic: found service {sender!r}, expected one of {known}")
    fields = Fields.of(message.payload)
    return replace(message, case_events=(_event(fields, message, service, city),), skipped=fields.skipped)


def _event(fields: Fields, message: Message, service: Service, city: City) -> CaseEvent:
    status = service.statuses[fields.known("status", service.statuses)]
    lat, lon = fields.number_or_none("lat", -90, 90), fields.number_or_none("lon", -180, 180)
    if (lat is None) != (lon is None):
        raise fields.wrong("bad-value", "lat" if lat is None else "lon", "both lat and lon, or neither")
    summary = fields.text_or_none("summary", _LONGEST_SUMMARY)
    return CaseEvent(
        service=service.key,
        case_id=fields.text("case_id", 64),
        status=status.key,
        status_rank=list(service.statuses).index(status.key),
        is_open=status.open,
        at=fields.time("at", message.received_at),
        category=fields.known_or_none("category", service.categories),
        subdistrict=fields.known_or_none("subdistrict", city.subdistricts),
        lat=lat,
        lon=lon,
        agency=fields.known_or_none("agency", city.agencies),
        priority=fields.key_or_none("priority"),
        channel=fields.key_or_none("channel"),
        summary=None if summary is None else mask(summary),
    )

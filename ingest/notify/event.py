"""A step of an alarm as a CloudEvent 1.0 in structured JSON: what webhooks and MQTT carry.

`id` is the number of the step: one that is told twice, after a process died in between, is known by it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sensors.city import City
from sensors.kinds import KINDS

CONTENT_TYPE = "application/cloudevents+json"
_DATA = (
    "id", "rule", "priority", "source", "name", "agency", "assigned_to", "district", "subdistrict", "lat", "lon",
    "device", "kind", "value", "worst", "bound", "detail", "raised_at", "ended_at",
)  # fmt: skip


def cloud_event(row: Mapping[str, Any], city: City, public_url: str | None) -> bytes:
    """The event of a row of `data.deliveries.Deliveries.take`. Times are in the city's zone."""
    rule = city.alarm_rules.get(row["rule"])
    kind = KINDS.get(row["kind"] or "")
    data = {name: _plain(row[name], city) for name in _DATA} | {
        "title": rule.title if rule else row["rule"],
        "action": rule.action if rule else "",
        "sample": rule.sample if rule else False,
        "unit": kind.unit if kind else None,
        "step": row["step"],
        "actor": row["actor"],
        "note": row["note"],
        "until": _plain(row["until"], city),
        "href": f"{public_url.rstrip('/')}/alarm/{row['id']}" if public_url else None,
    }
    event = {
        "specversion": "1.0",
        "id": str(row["step_id"]),
        "source": f"{(public_url or 'urn:liveroom:' + city.key).rstrip('/')}/alarms",
        "type": f"liveroom.alarm.{row['step']}",
        "subject": f"{row['rule']}/{row['source']}",
        "time": _plain(row["at"], city),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False).encode()


def _plain(value: object, city: City) -> object:
    return value.astimezone(city.zone).isoformat() if isinstance(value, datetime) else value

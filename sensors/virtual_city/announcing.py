"""Announcements on their way out: bulletins as the contract gives them, warnings as CAP 1.2."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sensors.virtual_city.alerts import Alert, alerts, document
from sensors.virtual_city.bulletins import Announcement, announcements
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.feeds import City
from sensors.virtual_city.messages import Message

_encode = msgspec.json.Encoder().encode


def announcing(city: City, since: float) -> Iterator[Message]:
    """The news, the paper, notices and warnings due after an instant of the clock, endlessly."""
    while city.world.city.channels:
        until = since + HOUR
        yield from announced(city, city.pace.world_time(since), city.pace.world_time(until))
        since = until


def announced(city: City, since: float, until: float) -> Iterator[Message]:
    """What offices announce in a stretch (since, until] of the world's time, in its order."""
    told = [_bulletin(city, made) for made in announcements(city.world, since, until)]
    channels = city.world.city.channels.values()
    warning = next((channel.key for channel in channels if channel.kind == "warning"), None)
    if warning is not None:
        told += [_alert(city, warning, sent) for sent in alerts(city.world, since, until)]
    yield from sorted(told, key=lambda message: message.due)


def _bulletin(city: City, made: Announcement) -> Message:
    local, clock = city.world.sky.local, city.pace.clock_time
    at = clock(made.at)
    fields: dict[str, object] = {
        "id": made.ident,
        "title": made.title,
        "body": made.body,
        "issued_at": local.stamp(at),
        "severity": made.severity,
        "areas": made.areas,
    }
    if made.lasts is not None:
        fields["expires_at"] = local.stamp(clock(made.at + made.lasts))
    return Message(at, f"{city.root}/bulletins/{made.channel}", _encode(fields), 1)


def _alert(city: City, channel: str, sent: Alert) -> Message:
    local, clock = city.world.sky.local, city.pace.clock_time
    return Message(clock(sent.at), f"{city.root}/bulletins/{channel}", document(sent, local, clock), 1)

"""A batch's records turned into the columns that the statements of data/writes take."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from data import columns
from data.columns import Column
from data.records import Bulletin, Message, Sighting
from sensors.forecast import Forecast
from sensors.pack.offices import Service
from sensors.quake import Quake

Params = dict[str, Column]


def stage_readings(messages: Sequence[Message], devices: Mapping[str, int], kinds: Mapping[str, int]) -> Params | None:
    """The batch's readings; None when it has none."""
    readings = [reading for message in messages for reading in message.readings]
    if not readings:
        return None
    received = [message.received_at for message in messages for _ in message.readings]
    return {
        "observed_at": columns.times(reading.observed_at for reading in readings),
        "received_at": columns.times(received),
        "device_id": columns.int4s(devices[reading.device] for reading in readings),
        "kind_id": columns.int2s(kinds[reading.kind] for reading in readings),
        "value": columns.float8s(reading.value for reading in readings),
    }


def stage_doubts(messages: Sequence[Message], devices: Mapping[str, int], kinds: Mapping[str, int]) -> Params | None:
    """What is doubted of the batch's readings; None when it is nothing."""
    doubts = [doubt for message in messages for doubt in message.doubts]
    if not doubts:
        return None
    return {
        "observed_at": columns.times(each.observed_at for each in doubts),
        "device_id": columns.int4s(devices[each.device] for each in doubts),
        "kind_id": columns.int2s(kinds[each.kind] for each in doubts),
        "doubt": columns.texts(each.doubt for each in doubts),
    }


def stage_prices(messages: Sequence[Message]) -> Params | None:
    """The batch's prices; None when it has none."""
    staged = [(message.received_at, price) for message in messages for price in message.prices]
    if not staged:
        return None
    prices = [price for _, price in staged]
    return {
        "observed_at": columns.times(price.observed_at for price in prices),
        "received_at": columns.times(received_at for received_at, _ in staged),
        "market": columns.texts(price.market for price in prices),
        "commodity": columns.texts(price.commodity for price in prices),
        "price": columns.texts(str(price.price) for price in prices),
        "unit": columns.texts(price.unit for price in prices),
    }


_CASE_TEXTS = ("service", "case_id", "status", "category", "subdistrict", "agency", "priority", "channel", "summary")


def stage_case_events(messages: Sequence[Message]) -> Params | None:
    """The batch's changes of state; None when it has none."""
    staged = [(message.received_at, event) for message in messages for event in message.case_events]
    if not staged:
        return None
    events = [event for _, event in staged]
    return {name: columns.texts(map(attrgetter(name), events)) for name in _CASE_TEXTS} | {
        "at": columns.times(event.at for event in events),
        "received_at": columns.times(received_at for received_at, _ in staged),
        "status_rank": columns.int2s(event.status_rank for event in events),
        "is_open": columns.bools(event.is_open for event in events),
        "lat": columns.float8s_or_null(event.lat for event in events),
        "lon": columns.float8s_or_null(event.lon for event in events),
    }


def stage_keys(keys: Iterable[tuple[str, str]]) -> Params:
    """The cases whose state changed."""
    distinct = sorted(set(keys))
    return {"service": columns.texts(key[0] for key in distinct), "case_id": columns.texts(key[1] for key in distinct)}


def stage_steps(services: Mapping[str, Service]) -> Params:
    """Which statuses are of waiting, and which steps from one to another are allowed, of every service."""
    waiting = [
        (key, status.key)
        for key, service in services.items()
        for status in service.statuses.values()
        if status.role == "waiting"
    ]
    allowed = [
        (key, before.key, after)
        for key, service in services.items()
        for before in service.statuses.values()
        for after in sorted(before.next)
    ]
    return {
        "waiting_service": columns.texts(service for service, _ in waiting),
        "waiting_status": columns.texts(status for _, status in waiting),
        "step_service": columns.texts(service for service, _, _ in allowed),
        "step_before": columns.texts(before for _, before, _ in allowed),
        "step_after": columns.texts(after for _, _, after in allowed),
    }


def stage_bulletins(messages: Sequence[Message]) -> Params | None:
    """The batch's bulletins, of each the latest issue; None when it has none."""
    latest: dict[tuple[str, str], tuple[datetime, Bulletin]] = {}
    for message in messages:
        for bulletin in message.bulletins:
            known = latest.get((bulletin.channel, bulletin.id))
            if known is None or known[1].issued_at <= bulletin.issued_at:
                latest[bulletin.channel, bulletin.id] = (message.received_at, bulletin)
    if not latest:
        return None
    bulletins = [bulletin for _, bulletin in latest.values()]
    texts = ("channel", "id", "title", "body", "severity", "url", "kind", "alert_id", "area_words", "source")
    return {name: columns.texts(map(attrgetter(name), bulletins)) for name in texts} | {
        "areas": columns.texts(",".join(bulletin.areas) for bulletin in bulletins),
        "replaces": columns.texts(",".join(bulletin.replaces) for bulletin in bulletins),
        "elsewhere": columns.bools(bulletin.elsewhere for bulletin in bulletins),
        "issued_at": columns.times(bulletin.issued_at for bulletin in bulletins),
        "effective_at": columns.times_or_null(bulletin.effective_at for bulletin in bulletins),
        "onset_at": columns.times_or_null(bulletin.onset_at for bulletin in bulletins),
        "expires_at": columns.times_or_null(bulletin.expires_at for bulletin in bulletins),
        "received_at": columns.times(received_at for received_at, _ in latest.values()),
    }


def stage_forecasts(messages: Sequence[Message]) -> Params | None:
    """The batch's forecasts, of each kelurahan and time the newest analysis; None when it has none."""
    newest: dict[tuple[str, datetime], tuple[datetime, Forecast]] = {}
    for message in messages:
        for forecast in message.forecasts:
            known = newest.get((forecast.subdistrict, forecast.valid_at))
            if known is None or known[1].analysed_at <= forecast.analysed_at:
                newest[forecast.subdistrict, forecast.valid_at] = (message.received_at, forecast)
    if not newest:
        return None
    forecasts = [forecast for _, forecast in newest.values()]
    numbers = ("temperature", "humidity", "rain", "wind_speed", "cloud")
    return {name: columns.float8s_or_null(map(attrgetter(name), forecasts)) for name in numbers} | {
        "channel": columns.texts(forecast.channel for forecast in forecasts),
        "subdistrict": columns.texts(forecast.subdistrict for forecast in forecasts),
        "words": columns.texts(forecast.words for forecast in forecasts),
        "wind_from": columns.texts(forecast.wind_from for forecast in forecasts),
        "weather": columns.int2s_or_null(forecast.weather for forecast in forecasts),
        "valid_at": columns.times(forecast.valid_at for forecast in forecasts),
        "analysed_at": columns.times(forecast.analysed_at for forecast in forecasts),
        "received_at": columns.times(received_at for received_at, _ in newest.values()),
    }


def stage_quakes(messages: Sequence[Message]) -> Params | None:
    """The batch's earthquakes, each once: what a later document leaves out stays; None when it has none."""
    latest: dict[str, tuple[datetime, Quake]] = {}
    for message in messages:
        for quake in message.quakes:
            known = latest[quake.id][1] if quake.id in latest else None
            latest[quake.id] = (message.received_at, _joined(known, quake) if known else quake)
    if not latest:
        return None
    quakes = [quake for _, quake in latest.values()]
    texts = ("channel", "id", "place", "felt", "potential")
    return {name: columns.texts(map(attrgetter(name), quakes)) for name in texts} | {
        "at": columns.times(quake.at for quake in quakes),
        "received_at": columns.times(received_at for received_at, _ in latest.values()),
        "lat": columns.float8s(quake.lat for quake in quakes),
        "lon": columns.float8s(quake.lon for quake in quakes),
        "magnitude": columns.float8s(quake.magnitude for quake in quakes),
        "depth_km": columns.float8s_or_null(quake.depth_km for quake in quakes),
    }


def _joined(known: Quake, again: Quake) -> Quake:
    """A quake in the words of its later document, with the earlier one's where that says nothing."""
    names = ("depth_km", "place", "felt", "potential")
    return replace(again, **{name: getattr(known, name) for name in names if getattr(again, name) is None})


def stage_statuses(messages: Sequence[Message], devices: Mapping[str, int]) -> Params | None:
    """The last word of each device in the batch; None when there is none."""
    latest = {status.device: (message.received_at, status) for message in messages for status in message.statuses}
    if not latest:
        return None
    return {
        "device_id": columns.int4s(devices[device] for device in latest),
        "status": columns.texts(status.status for _, status in latest.values()),
        "at": columns.times(at for at, _ in latest.values()),
    }


NEAR = 100
"""Frames a counter may fall behind and still be a redelivery, not a device that began again."""


@dataclass(slots=True)
class _Seen:
    """What a batch says of one device of a network."""

    first_counter: int | None = None
    counter: int | None = None
    lost: int = 0
    profile: str | None = None
    label: str | None = None
    unmapped: str | None = None
    battery: float | None = None
    device: str = ""
    at: datetime | None = None

    def saw(self, sighting: Sighting, at: datetime) -> None:
        self.device, self.at = sighting.device, at
        self.profile = _clean(sighting.profile) or self.profile
        self.label = _clean(sighting.label) or self.label
        if sighting.unmapped is not None:
            self.unmapped = "\n".join(_clean(name).replace("\n", " ") for name in sighting.unmapped)
        self.battery = self.battery if sighting.battery is None else sighting.battery
        if sighting.counter is None:
            return
        if self.counter is None:
            self.first_counter = self.counter = sighting.counter
        elif sighting.counter > self.counter:
            self.lost += sighting.counter - self.counter - 1
            self.counter = sighting.counter
        elif sighting.counter < self.counter - NEAR:
            self.counter = sighting.counter


def stage_sightings(messages: Sequence[Message], devices: Mapping[str, int]) -> Params | None:
    """The devices of other networks that spoke in the batch, each once; None when there are none."""
    seen: dict[tuple[str, str], _Seen] = {}
    for message in messages:
        for sighting in message.sightings:
            place = (sighting.network, _clean(sighting.address))
            seen.setdefault(place, _Seen()).saw(sighting, message.received_at)
    if not seen:
        return None
    entries = list(seen.values())
    texts = ("profile", "label", "unmapped")
    numbers = ("first_counter", "counter")
    return {name: columns.texts(map(attrgetter(name), entries)) for name in texts} | {
        "network": columns.texts(network for network, _ in seen),
        "address": columns.texts(address for _, address in seen),
        "device_id": columns.int4s(devices[entry.device] for entry in entries),
        "lost": columns.int8s(entry.lost for entry in entries),
        "battery": columns.float8s_or_null(entry.battery for entry in entries),
        "at": columns.times_or_null(entry.at for entry in entries),
        **{name: columns.int8s_or_null(map(attrgetter(name), entries)) for name in numbers},
    }


@dataclass(slots=True)
class _Aside:
    message: Message
    details: list[str] = field(default_factory=list)
    times: int = 0
    received_at: datetime | None = None


def stage_rejected(messages: Sequence[Message]) -> Params | None:
    """The messages put aside, each once per reason; the same message again counts. None when there are none."""
    aside: dict[tuple[str, bytes, str], _Aside] = {}
    for message in messages:
        if message.rejections:
            topic, digest = _place(message)
            for reason, details in _by_reason(message).items():
                entry = aside.setdefault((topic, digest, reason), _Aside(message, details))
                entry.times += 1
                entry.received_at = message.received_at
    if not aside:
        return None
    entries = list(aside.values())
    return {
        "topic": columns.texts(topic for topic, _, _ in aside),
        "payload": columns.blobs(entry.message.payload for entry in entries),
        "payload_bytes": columns.int4s(entry.message.payload_bytes for entry in entries),
        "payload_digest": columns.blobs(digest for _, digest, _ in aside),
        "reason": columns.texts(reason for _, _, reason in aside),
        "detail": columns.texts(_clean("; ".join(entry.details)) for entry in entries),
        "times": columns.int8s(entry.times for entry in entries),
        "first_received_at": columns.times(entry.message.received_at for entry in entries),
        "received_at": columns.times(entry.received_at or entry.message.received_at for entry in entries),
    }


def _place(message: Message) -> tuple[str, bytes]:
    """The topic as it can be indexed, and what tells this message from others under it: of a topic that is cut, all."""
    kept = _clean(message.topic)
    while len(kept.encode()) > _MOST_TOPIC:
        kept = kept[: len(kept) // 2]
    whole = b"" if kept == message.topic else message.topic.encode(errors="surrogatepass")
    return kept, hashlib.sha256(message.payload + message.payload_bytes.to_bytes(8) + whole).digest()


def _by_reason(message: Message) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for rejection in message.rejections:
        reasons.setdefault(rejection.reason, []).append(rejection.detail)
    return reasons


_MOST_DETAIL = 2000
_MOST_TOPIC = 1024  # bytes: an index of PostgreSQL holds entries of 2 704


def _clean(text: str) -> str:
    """Text the database can hold whatever a sender put in it: no NUL, no lone surrogate, no novel."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()[:_MOST_DETAIL]

"""Gateways that fail one after the other: what stands behind them is offline, and comes back with what it kept."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.weather import Weather

GATEWAYS = 5
_FIRST, _APART, _LASTS, _EVERY = 120.0, 300.0, 2700.0, 4 * HOUR  # s


@dataclass(frozen=True, slots=True)
class Change:
    """A device goes `offline` or comes back `online` at an instant (epoch s)."""

    at: float
    device: str
    word: str


def gateway_of(device: str) -> int:
    """The gateway a device stands behind, from 0."""
    return int(draw(0, "gateway", device) * GATEWAYS)


def silence(sky: Weather, device: str, at: float) -> tuple[float, float] | None:
    """The newest silence (from, until, epoch s) that began before an instant; None where there was none."""
    first = sky.begins + _FIRST + gateway_of(device) * _APART
    if not sky.scenario.outage or at <= first:
        return None
    starts = first + math.floor((at - first) / _EVERY) * _EVERY
    return starts, starts + _LASTS


def changes(sky: Weather, since: float, until: float) -> Iterator[Change]:
    """Who went silent and who came back in (since, until], in the order of time."""
    if not sky.scenario.outage:
        return
    found: list[Change] = []
    for device in sky.city.devices:
        number = math.floor((since - sky.begins) / _EVERY) - 1
        while (starts := sky.begins + _FIRST + gateway_of(device) * _APART + number * _EVERY) <= until:
            both = (Change(starts, device, "offline"), Change(starts + _LASTS, device, "online"))
            found += [change for change in both if number >= 0 and since < change.at <= until]
            number += 1
    yield from sorted(found, key=lambda change: change.at)

"""The noise levels of zones and what stands in them; `sensors.judge.noise` applies them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.pack.devices import Device
from sensors.pack.entry import once
from sensors.pack.files import entries

QUIET, LOUD = 20, 120  # dB(A): no zone's level lies beyond
COLUMNS = ("zone", "name", "limit", "tolerance", "tolerance_sample", "regulation", "valid_from", "source")
ZONE_COLUMNS = ("device", "zone", "valid_from", "source", "sample")


@dataclass(frozen=True, slots=True)
class NoiseLimit:
    """The level Lsm in dB(A) wanted in a zone; up to `tolerance` dB more may be put down to the measurement."""

    zone: str
    name: str
    limit: float
    tolerance: float
    tolerance_sample: bool
    regulation: str
    valid_from: date
    source: str


def read_noise_limits(path: Path) -> dict[str, NoiseLimit]:
    """Levels by zone."""
    found: dict[str, NoiseLimit] = {}
    for line in entries(path, COLUMNS):
        once(line, "zone", found)
        key = line.key("zone")
        found[key] = NoiseLimit(
            key,
            line.text("name"),
            line.number("limit", QUIET, LOUD),
            line.number("tolerance", 0, 10),
            line.truth("tolerance_sample"),
            line.text("regulation"),
            line.day("valid_from"),
            line.text("source"),
        )
    return found


@dataclass(frozen=True, slots=True)
class NoiseZone:
    """The zone in which a sound level meter stands. `sample`: no source confirms it, shown as "contoh"."""

    device: str
    zone: str
    valid_from: date
    source: str
    sample: bool


def read_noise_zones(
    path: Path, devices: Mapping[str, Device], limits: Mapping[str, NoiseLimit]
) -> dict[str, NoiseZone]:
    """Zones by device; a pack without sound level meters has no line."""
    meters = [key for key, device in devices.items() if "noise" in device.kinds]
    found: dict[str, NoiseZone] = {}
    for line in entries(path, ZONE_COLUMNS, at_least=0):
        key = line.known("device", meters)
        once(line, "device", found)
        found[key] = NoiseZone(
            key, line.known("zone", limits), line.day("valid_from"), line.text("source"), line.truth("sample")
        )
    return found

"""What stands where: placed devices and the siaga ladders of gauges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.kinds import KINDS
from sensors.pack.entry import Entry, once
from sensors.pack.files import entries
from sensors.pack.offices import Agency
from sensors.pack.places import Box, District, Point, Subdistrict

PLACES = (
    "station", "gauge", "rain", "junction", "noise", "street-light", "weighbridge",
    "waterworks", "bus-line", "hospital", "attraction", "office",
)  # fmt: skip
UPSTREAM_PLACE = "gauge"
"""What may stand outside the city: it then has no district."""
COLUMNS = (
    "key", "name", "place", "kinds", "lat", "lon", "approximate",
    "district", "subdistrict", "agency", "river", "source",
)  # fmt: skip
CAMERA = "camera"
"""A column that a pack may have: where the place is seen."""
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[^\s\"'<>\\]*)?")
LADDER_COLUMNS = ("device", "level", "word", "threshold", "datum", "unit", "valid_from", "source", "sample")


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a gauge's ladder: from `threshold` upwards the river is at siaga `level` (4 normal … 1 worst)."""

    level: int
    word: str
    threshold: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """A gauge's own thresholds in the unit of its readings. `sample` = not confirmed: shown as "contoh"."""

    datum: str
    unit: str
    steps: tuple[Step, ...]
    valid_from: date
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Device:
    """A placed device. `place` is what it stands at, one of `PLACES`.

    `district` is None for a gauge upstream, outside the city: it warns of what comes, and belongs to no kecamatan.
    `camera` is an address that shows the place, for the people at desks; None where the pack names none.
    """

    key: str
    name: str
    place: str
    kinds: tuple[str, ...]
    point: Point
    district: str | None
    subdistrict: str | None
    agency: str | None
    river: str | None
    source: str
    ladder: Ladder | None
    camera: str | None = None

    @property
    def upstream(self) -> bool:
        """Whether it stands outside the city, up its river."""
        return self.district is None


def read_devices(
    pack: Path,
    districts: Mapping[str, District],
    subdistricts: Mapping[str, Subdistrict],
    agencies: Mapping[str, Agency],
    box: Box,
    upstream_km: float,
) -> dict[str, Device]:
    """Devices by key from devices.csv, each gauge with its ladder from ladders.csv (a pack may have none).

    A gauge without a district stands upstream, at most so many kilometres outside the city's box.
    """
    rungs = entries(pack / "ladders.csv", LADDER_COLUMNS) if (pack / "ladders.csv").exists() else []
    ladders = _ladders(rungs)
    devices: dict[str, Device] = {}
    for line in entries(pack / "devices.csv", COLUMNS, optional=(CAMERA,)):
        once(line, "key", devices)
        key, upstream = line.key("key"), _upstream(line)
        around = box.widened(upstream_km) if upstream else box
        devices[key] = Device(
            key=key,
            name=line.text("name"),
            place=line.known("place", PLACES),
            kinds=line.known_all("kinds", KINDS),
            point=around.point(line, approximate=line.truth("approximate")),
            district=None if upstream else line.known("district", districts),
            subdistrict=_subdistrict(line, subdistricts),
            agency=line.known("agency", agencies) if line.cells["agency"] else None,
            river=line.optional("river"),
            source=line.text("source"),
            ladder=ladders.get(key),
            camera=_camera(line),
        )
    gauges = [device.key for device in devices.values() if "water_level" in device.kinds]
    for rung in rungs:
        rung.known("device", gauges)
    return devices


def _upstream(line: Entry) -> bool:
    return line.cells["place"] == UPSTREAM_PLACE and not line.cells["district"]


def _camera(line: Entry) -> str | None:
    found = line.optional(CAMERA)
    return found and line.matching(CAMERA, ADDRESS, "an http or https address, or nothing")


def _subdistrict(line: Entry, subdistricts: Mapping[str, Subdistrict]) -> str | None:
    if not line.cells["subdistrict"]:
        return None
    code = line.known("subdistrict", subdistricts)
    if subdistricts[code].district != line.cells["district"]:
        raise line.wrong("subdistrict", f"a subdistrict of district {line.cells['district']}")
    return code


def _ladders(rungs: Sequence[Entry]) -> dict[str, Ladder]:
    by_device: dict[str, list[Entry]] = {}
    for line in rungs:
        line.known("unit", [KINDS["water_level"].unit])
        by_device.setdefault(line.key("device"), []).append(line)
    return {device: _ladder(lines) for device, lines in by_device.items()}


def _ladder(lines: Sequence[Entry]) -> Ladder:
    first = lines[0]
    steps: list[Step] = []
    for line in lines:
        for name in ("datum", "unit", "valid_from", "source", "sample"):
            if line.cells[name] != first.cells[name]:
                raise line.wrong(name, f"{first.cells[name]!r}, as in this device's first step")
        step = Step(line.whole("level", 1, 4), line.text("word"), line.number("threshold", -10_000, 10_000))
        if steps and step.level >= steps[-1].level:
            raise line.wrong("level", f"a worse level than {steps[-1].level}: steps go from 4 (normal) to 1 (worst)")
        if steps and step.threshold <= steps[-1].threshold:
            raise line.wrong("threshold", f"more than {steps[-1].threshold:g}, the step before")
        steps.append(step)
    return Ladder(
        datum=first.text("datum"),
        unit=first.text("unit"),
        steps=tuple(steps),
        valid_from=first.day("valid_from"),
        source=first.text("source"),
        sample=first.truth("sample"),
    )

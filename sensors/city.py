"""The city pack as frozen objects; `load_city()` fails at the start naming file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees. `approximate` means: not surveyed, and the screen says so."""

    lat: float
    lon: float
    approximate: bool


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """A kelurahan, by its Kemendagri code (`36.71.07.1004`). Names repeat; codes do not."""

    code: str
    name: str
    district: str
    area_km2: float
    point: Point


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan, by its Kemendagri code (`36.71.07`)."""

    code: str
    bps: str
    name: str
    area_km2: float
    point: Point


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
    """A placed device. `place` is what it stands at: station, gauge, rain, junction, street-light, weighbridge, …"""

    key: str
    name: str
    place: str
    kinds: tuple[str, ...]
    point: Point
    district: str
    subdistrict: str | None
    agency: str | None
    river: str | None
    source: str
    ladder: Ladder | None


@dataclass(frozen=True, slots=True)
class Market:
    """A market that reports prices."""

    key: str
    name: str
    short: str
    point: Point
    source: str


@dataclass(frozen=True, slots=True)
class Commodity:
    """A commodity of the TPID list with the unit it is sold in. `on_wall` puts it on the overview."""

    key: str
    name: str
    unit: str
    group: str
    on_wall: bool


@dataclass(frozen=True, slots=True)
class ReferencePrice:
    """A dated, zoned official price (HET or HAP); a range has `low`, news and we compare with `high`."""

    commodity: str
    instrument: str
    low: float | None
    high: float
    unit: str
    zone: str
    valid_from: date
    valid_to: date | None
    regulation: str
    source: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An OPD. `sample` = from memory, not confirmed by the city."""

    key: str
    name: str
    short: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A state of a case; `open` while somebody still has to act."""

    key: str
    name: str
    open: bool


@dataclass(frozen=True, slots=True)
class Category:
    """What a case is about and whose it usually is. `share` is the virtual city's weight."""

    key: str
    name: str
    agency: str
    share: float


@dataclass(frozen=True, slots=True)
class Service:
    """An office whose cases have a life cycle."""

    key: str
    name: str
    statuses: Mapping[str, Status]
    categories: Mapping[str, Category]


@dataclass(frozen=True, slots=True)
class IspuRow:
    """One breakpoint: at ISPU `index` the 24-hour mean of `pollutant` is `concentration` (ug/m3)."""

    pollutant: str
    index: int
    concentration: float


@dataclass(frozen=True, slots=True)
class City:
    """Everything a pack says. Mappings are by key or code and keep the pack's order."""

    key: str
    name: str
    region: str
    topic_root: str
    zone: ZoneInfo
    zone_word: str
    districts: Mapping[str, District]
    subdistricts: Mapping[str, Subdistrict]
    outline: tuple[tuple[float, float], ...]
    boundaries: Mapping[str, object] | None
    devices: Mapping[str, Device]
    markets: Mapping[str, Market]
    commodities: Mapping[str, Commodity]
    reference_prices: tuple[ReferencePrice, ...]
    agencies: Mapping[str, Agency]
    services: Mapping[str, Service]
    ispu: tuple[IspuRow, ...]
    retention_days: int


def load_city(name_or_path: str) -> City:
    """Load a pack by name (data/packs/<name>) or by path. Raises `CityError` naming file, line and expectation."""
    raise NotImplementedError

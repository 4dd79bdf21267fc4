"""The city pack as frozen objects; `load_city()` fails at the start naming file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sensors.alarm import AlarmRule
from sensors.pack.alarm_limits import AlarmLimits, read_alarm_limits
from sensors.pack.alarm_rules import read_alarm_rules
from sensors.pack.analysis import AnalysisLimits, Dataset, read_analysis_limits, read_dataset
from sensors.pack.calendar import COUNTRIES, Calendar, OwnDay, read_own_days
from sensors.pack.channels import Channel, Source, read_channels, read_sources
from sensors.pack.completeness import LeastShare, read_least_shares
from sensors.pack.devices import Device, Ladder, Step, read_devices
from sensors.pack.duty import Position, read_duty
from sensors.pack.entry import ID, CityError, Entry
from sensors.pack.files import shown, table, tables
from sensors.pack.goods import (
    Commodity,
    Market,
    PriceStep,
    ReferencePrice,
    read_commodities,
    read_markets,
    read_price_steps,
    read_reference_prices,
)
from sensors.pack.indicators import Indicator, Scorecard, ScoreGroup, Scoring, read_scorecard
from sensors.pack.networks import NetworkWords, read_networks
from sensors.pack.noise import NoiseLimit, NoiseZone, read_noise_limits, read_noise_zones
from sensors.pack.offices import Agency, Category, Outcome, Service, Status, read_agencies, read_services
from sensors.pack.place_levels import PlaceLevel, read_place_levels
from sensors.pack.places import (
    District,
    Point,
    Subdistrict,
    box_around,
    read_boundaries,
    read_districts,
    read_outline,
    read_subdistricts,
)
from sensors.pack.quakes import QuakeRule, read_quake_rules
from sensors.pack.quality import QualityRule, read_quality
from sensors.pack.reports import PlannedReport, read_planned_reports
from sensors.pack.rules import (
    IspuCategory,
    IspuRow,
    RainClass,
    read_ispu,
    read_ispu_categories,
    read_rain_classes,
)
from sensors.pack.scenes import (
    Curves,
    Night,
    Replay,
    SceneEntry,
    Takeover,
    read_curves,
    read_night,
    read_replay,
    read_scenes,
    read_takeover,
)
from sensors.pack.shifts import Shift, read_shifts
from sensors.pack.stages import Stage
from sensors.pack.targets import Target, read_targets
from sensors.pack.texts import Phrase, read_texts
from sensors.pack.tiles import Tiles, read_tiles
from sensors.pack.totals import ServiceTotals, read_service_totals
from sensors.pack.variation import PriceBand, read_price_bands
from sensors.pack.warnings import CapLevel, read_cap_levels

__all__ = [
    "Agency",
    "AlarmLimits",
    "AlarmRule",
    "AnalysisLimits",
    "Calendar",
    "CapLevel",
    "Category",
    "Channel",
    "City",
    "CityError",
    "Commodity",
    "Dataset",
    "Device",
    "District",
    "Indicator",
    "IspuCategory",
    "IspuRow",
    "Ladder",
    "LeastShare",
    "Market",
    "NetworkWords",
    "NoiseLimit",
    "NoiseZone",
    "Outcome",
    "OwnDay",
    "Phrase",
    "PlaceLevel",
    "PlannedReport",
    "Point",
    "Position",
    "PriceBand",
    "PriceStep",
    "QuakeRule",
    "QualityRule",
    "RainClass",
    "ReferencePrice",
    "SceneEntry",
    "ScoreGroup",
    "Scorecard",
    "Scoring",
    "Service",
    "ServiceTotals",
    "Shift",
    "Source",
    "Stage",
    "Status",
    "Step",
    "Subdistrict",
    "Target",
    "Tiles",
    "load_city",
]

PACKS = Path(__file__).resolve().parent.parent / "data" / "packs"
REGION = re.compile(r"[0-9]{2}\.[0-9]{2}")
HEAD = (
    "key", "name", "region", "country", "topic_root", "zone", "zone_word", "retention_days", "replay_days",
    "services", "price_zone", "price_zones", "units", "commodity_groups", "upstream_km",
)  # fmt: skip


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
    tiles: Tiles | None
    devices: Mapping[str, Device]
    markets: Mapping[str, Market]
    commodities: Mapping[str, Commodity]
    reference_prices: tuple[ReferencePrice, ...]
    agencies: Mapping[str, Agency]
    services: Mapping[str, Service]
    service_totals: Mapping[str, ServiceTotals]
    ispu: tuple[IspuRow, ...]
    retention_days: int
    replay_days: int
    price_zone: str
    price_steps: tuple[PriceStep, ...]
    price_bands: tuple[PriceBand, ...]
    ispu_categories: tuple[IspuCategory, ...]
    least_shares: Mapping[str, LeastShare]
    noise_zones: Mapping[str, NoiseZone]
    rain_classes: tuple[RainClass, ...]
    quake_rules: tuple[QuakeRule, ...]
    cap_levels: tuple[CapLevel, ...]
    channels: Mapping[str, Channel]
    sources: tuple[Source, ...]
    calendar: Calendar
    noise_limits: Mapping[str, NoiseLimit]
    scorecard: Scorecard
    targets: tuple[Target, ...]
    place_levels: tuple[PlaceLevel, ...]
    scenes: Mapping[str, SceneEntry]
    texts: Mapping[str, tuple[Phrase, ...]]
    night: Night
    curves: Curves
    takeover: Takeover
    replay: Replay
    networks: NetworkWords
    quality: Mapping[str, QualityRule]
    alarm_rules: Mapping[str, AlarmRule]
    alarm_limits: AlarmLimits
    duty: Mapping[str, Position]
    analysis: AnalysisLimits
    dataset: Dataset
    reports: Mapping[str, PlannedReport]
    shifts: tuple[Shift, ...]


def load_city(name_or_path: str) -> City:
    """Load a pack by name (data/packs/<name>) or by path. Raises `CityError` naming file, line and expectation."""
    pack = _folder(name_or_path)
    head = table(shown(pack / "city.toml"), tables(pack / "city.toml"), HEAD)
    region = head.matching("region", REGION, "a region code like 36.71")
    outline = read_outline(pack / "outline.csv")
    noise_limits = read_noise_limits(pack / "noise_limits.csv")
    box = box_around(outline)
    districts = read_districts(pack / "districts.csv", region, box)
    subdistricts = read_subdistricts(pack / "subdistricts.csv", districts, box)
    channels = read_channels(pack / "channels.csv")
    agencies = read_agencies(pack / "agencies.csv")
    devices = read_devices(pack, districts, subdistricts, agencies, box, head.number("upstream_km", 0, 1000))
    commodities = read_commodities(pack / "commodities.csv", head.texts("units"), head.texts("commodity_groups"))
    zones = head.texts("price_zones")
    references = read_reference_prices(pack / "reference_prices.csv", commodities, zones)
    services = read_services(pack / "services", _services(head), agencies)
    sensed = {kind for device in devices.values() for kind in device.kinds}
    zone = _zone(head)
    return City(
        key=head.key("key"),
        name=head.text("name"),
        region=region,
        topic_root=head.key("topic_root"),
        zone=zone,
        zone_word=head.text("zone_word"),
        districts=districts,
        subdistricts=subdistricts,
        outline=outline,
        boundaries=read_boundaries(pack / "boundaries.geojson", districts),
        tiles=read_tiles(pack / "tiles.toml"),
        devices=devices,
        markets=read_markets(pack / "markets.csv", box),
        commodities=commodities,
        reference_prices=references,
        agencies=agencies,
        services=services,
        service_totals=read_service_totals(pack / "service_totals.csv", services, devices),
        ispu=read_ispu(pack / "ispu.csv"),
        retention_days=head.whole("retention_days", 1, 36_500),
        replay_days=head.whole("replay_days", 1, 36_500),
        price_zone=head.known("price_zone", zones),
        price_steps=read_price_steps(pack / "price_steps.csv"),
        price_bands=read_price_bands(pack / "price_variation.csv"),
        ispu_categories=read_ispu_categories(pack / "ispu_categories.csv"),
        least_shares=read_least_shares(pack / "completeness.csv"),
        noise_zones=read_noise_zones(pack / "noise_zones.csv", devices, noise_limits),
        rain_classes=read_rain_classes(pack / "rain_classes.csv"),
        quake_rules=read_quake_rules(pack / "quake_rules.csv"),
        cap_levels=read_cap_levels(pack / "cap_levels.csv"),
        channels=channels,
        sources=read_sources(pack / "sources.csv", channels),
        calendar=Calendar(zone, head.known("country", COUNTRIES), read_own_days(pack / "holidays.csv")),
        noise_limits=noise_limits,
        scorecard=read_scorecard(pack / "indicators.toml", sensed, services),
        targets=read_targets(pack / "targets.csv", devices),
        place_levels=read_place_levels(pack / "place_levels.csv"),
        scenes=read_scenes(pack / "scenes.toml"),
        texts=read_texts(pack / "texts"),
        night=read_night(pack / "scenes.toml"),
        curves=read_curves(pack / "scenes.toml"),
        takeover=read_takeover(pack / "scenes.toml"),
        replay=read_replay(pack / "scenes.toml"),
        networks=read_networks(pack, devices),
        quality=read_quality(pack / "quality.csv"),
        alarm_rules=read_alarm_rules(pack / "alarms.toml", devices, agencies),
        alarm_limits=read_alarm_limits(pack / "alarm_limits.csv"),
        duty=read_duty(pack / "duty.csv", agencies),
        analysis=read_analysis_limits(pack / "analysis_limits.csv"),
        dataset=read_dataset(pack / "dataset.toml"),
        reports=read_planned_reports(pack / "reports.toml", agencies),
        shifts=read_shifts(pack / "shifts.csv"),
    )


def _folder(name_or_path: str) -> Path:
    for folder in (PACKS / name_or_path, Path(name_or_path)):
        if name_or_path and (folder / "city.toml").is_file():
            return folder
    packs = sorted(path.parent.name for path in PACKS.glob("*/city.toml"))
    raise CityError(
        f"city pack: found no {name_or_path!r}, expected one of {', '.join(packs)} or a folder with city.toml"
    )


def _services(head: Entry) -> tuple[str, ...]:
    """The keys of the services in the pack's order; the first one is the room's own."""
    order = tuple(head.text("services").split())
    if len(set(order)) != len(order) or not all(ID.fullmatch(key) for key in order):
        raise head.wrong("services", "keys of services like laksa, each once")
    return order


def _zone(head: Entry) -> ZoneInfo:
    try:
        return ZoneInfo(head.text("zone"))
    except (KeyError, ValueError, OSError):
        raise head.wrong("zone", "a time zone like Asia/Jakarta") from None

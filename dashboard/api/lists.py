"""The lists of the interface: what each asks the database, and what its rows are called outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import Request
from starlette.responses import Response

from dashboard.api.cursor import AlarmPlace, CasePlace, PricePlace, ReadingPlace, SeriesPlace
from dashboard.api.errors import known
from dashboard.api.filters import AlarmFilters, CaseFilters, LatestFilters, PriceFilters, ReadingFilters
from dashboard.api.geo import alarm_feature, case_feature, reading_feature
from dashboard.api.items import (
    AlarmItem,
    Alarms,
    BucketItem,
    Buckets,
    CaseItem,
    Cases,
    PriceItem,
    Prices,
    ReadingItem,
    Readings,
)
from dashboard.api.shelf import Ask, csv_page, fetch, geojson_page, json_page
from layouts.findings.alarms import alarm_of, unit_of
from layouts.panel import Row
from sensors.city import City
from sensors.kinds import KINDS

GEO = "geojson"
SHEET = "csv"
ALARM_TIMES = ("raised_at", "ended_at", "acknowledged_at")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one city. All raise `FilterError` for a filter that means nothing in it, and `DataError`."""

    city: City
    ask: Ask

    async def latest(self, request: Request, filters: LatestFilters) -> Response:
        """Return the newest reading of each series."""
        geo = filters.format == GEO
        params = {"kinds": _kinds(filters.kind), "devices": self._devices(filters.device, placed=geo)}
        rows, following = await fetch(self.ask, "api_readings_latest", filters, params, SeriesPlace)
        page = Readings(items=[reading_of(row, self.city) for row in rows], next=following)
        if geo:
            features = [reading_feature(item, self.city.devices[item.device]) for item in page.items]
            return geojson_page(request, features, following)
        return csv_page(request, ReadingItem, page) if filters.format == SHEET else json_page(request, page)

    async def readings(self, request: Request, filters: ReadingFilters) -> Response:
        """Return readings, or what they sum up to by time."""
        question = f"api_readings_{filters.bucket}" if filters.bucket else "api_readings"
        devices = self._devices(filters.device, placed=False)
        params = {"kinds": _kinds(filters.kind), "devices": devices, **filters.span()}
        rows, following = await fetch(self.ask, question, filters, params, ReadingPlace)
        if filters.bucket:
            buckets = Buckets(items=[BucketItem(**_reading(row, self.city)) for row in rows], next=following)
            return csv_page(request, BucketItem, buckets) if filters.format == SHEET else json_page(request, buckets)
        page = Readings(items=[reading_of(row, self.city) for row in rows], next=following)
        return csv_page(request, ReadingItem, page) if filters.format == SHEET else json_page(request, page)

    async def prices(self, request: Request, filters: PriceFilters) -> Response:
        """Return what markets reported."""
        known("commodity", filters.commodity, self.city.commodities)
        params = {"market": filters.market, "commodity": filters.commodity, **filters.span()}
        rows, following = await fetch(self.ask, "api_prices", filters, params, PricePlace)
        items = [PriceItem(**_local(row, self.city, "observed_at")) for row in rows]
        page = Prices(items=items, next=following)
        return csv_page(request, PriceItem, page) if filters.format == SHEET else json_page(request, page)

    async def cases(self, request: Request, filters: CaseFilters) -> Response:
        """Return cases as they stand."""
        known("service", filters.service, self.city.services)
        services = [filters.service] if filters.service else list(self.city.services)
        known("status", filters.status, {word: None for key in services for word in self.city.services[key].statuses})
        geo = filters.format == GEO
        params = {"services": services, "status": filters.status, "located": geo, **filters.span()}
        rows, following = await fetch(self.ask, "api_cases", filters, params, CasePlace)
        page = Cases(items=[CaseItem(**_local(row, self.city, "at", "opened_at")) for row in rows], next=following)
        if geo:
            return geojson_page(request, [case_feature(item) for item in page.items], following)
        return csv_page(request, CaseItem, page) if filters.format == SHEET else json_page(request, page)

    async def alarms(self, request: Request, filters: AlarmFilters) -> Response:
        """Return alarms, but for those that late readings have withdrawn."""
        known("rule", filters.rule, self.city.alarm_rules)
        geo = filters.format == GEO
        asked = {"rule": filters.rule, "state": filters.state or "all", "device": filters.device, "located": geo}
        params = {**asked, **filters.span(), "now": datetime.now(UTC)}
        rows, following = await fetch(self.ask, "api_alarms", filters, params, AlarmPlace)
        page = Alarms(items=[self._alarm(row) for row in rows], next=following)
        if geo:
            return geojson_page(request, [alarm_feature(item) for item in page.items], following)
        return csv_page(request, AlarmItem, page) if filters.format == SHEET else json_page(request, page)

    def _alarm(self, row: Row) -> AlarmItem:
        alarm = alarm_of(row, self.city)
        told = {name: row[name] for name in AlarmItem.model_fields.keys() & row.keys()}
        times = {name: row[name] and row[name].astimezone(self.city.zone) for name in ALARM_TIMES}
        agency = row["assigned_to"] or row["agency"]
        said = {"title": alarm.title, "unit": unit_of(alarm), "state": alarm.state, "agency": agency}
        return AlarmItem(**{**told, **times, **said})

    def _devices(self, device: str | None, *, placed: bool) -> list[str] | None:
        """The devices asked for; None where any will do."""
        if device is None:
            return list(self.city.devices) if placed else None
        return [device] if not placed or device in self.city.devices else []


def reading_of(row: Row, city: City) -> ReadingItem:
    """Return a row as a reading of the city, with its unit and the city's time."""
    return ReadingItem(**_reading(row, city))


def _reading(row: Row, city: City) -> Row:
    return {**_local(row, city, "observed_at"), "unit": KINDS[row["kind"]].unit}


def _local(row: Row, city: City, *times: str) -> Row:
    return {**row, **{name: row[name].astimezone(city.zone) for name in times}}


def _kinds(kind: str | None) -> list[str]:
    return [kind] if kind else list(KINDS)

"""What GeoReport calls what the room knows: categories as services, cases as service requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from layouts.panel import Row
from sensors.city import Category, City, Service
from sensors.judge.deadline import CaseTimes, judge_fulfilment


@dataclass(frozen=True, slots=True)
class Complaints:
    """The city's own service, the first of its pack, as GeoReport tells it."""

    city: City
    service: Service

    @classmethod
    def of(cls, city: City) -> Complaints:
        """Take the first service of the pack."""
        return cls(city, next(iter(city.services.values())))

    def services(self) -> Iterator[dict[str, Any]]:
        """Return what may be reported; every report has its number at once."""
        for category in self.service.categories.values():
            agency = self.city.agencies[category.agency]
            yield {
                "service_code": category.key,
                "service_name": category.name,
                "description": f"{category.name}: {agency.name}",
                "metadata": False,
                "type": "realtime",
                "keywords": f"{category.type},{agency.short}",
                "group": self.service.name,
            }

    def request(self, row: Row) -> dict[str, Any]:
        """Return a row of `open311_requests` as a service request."""
        category = self.service.categories.get(row["category"] or "")
        status = self.service.statuses.get(row["status"])
        return {
            "service_request_id": row["case_id"],
            "status": "open" if row["is_open"] else "closed",
            "status_notes": status.name if status else row["status"],
            "service_name": category.name if category else None,
            "service_code": row["category"],
            "description": row["summary"],
            "agency_responsible": self._agency(row["agency"], category),
            "service_notice": None,
            "requested_datetime": self._told(row["opened_at"]),
            "updated_datetime": self._told(row["status_at"]),
            "expected_datetime": self._told(self._expected(row)),
            "address": self._address(row["subdistrict"]),
            "address_id": row["subdistrict"],
            "zipcode": None,
            "lat": row["lat"],
            "long": row["lon"],
            "media_url": None,
        }

    def _agency(self, agency: str | None, category: Category | None) -> str | None:
        """Whose the case is: as it says, else whose its category usually is."""
        key = agency or (category.agency if category else "")
        found = self.city.agencies.get(key)
        return found.name if found else None

    def _expected(self, row: Row) -> datetime | None:
        if row["status"] not in self.service.statuses:
            return None
        times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
        due = judge_fulfilment(times, self.service, self.city.calendar)
        return due.at if due else None

    def _address(self, code: str | None) -> str | None:
        place = self.city.subdistricts.get(code or "")
        return f"Kelurahan {place.name}, Kecamatan {self.city.districts[place.district].name}" if place else None

    def _told(self, at: datetime | None) -> str | None:
        return at.astimezone(self.city.zone).isoformat() if at else None


def discovery(city: City, base: str, *, simulated: bool) -> Mapping[str, Any]:
    """Return where the interface is and what it speaks; `test` while the room shows simulated data."""
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{base}/open311/v2",
        "changeset": "2026-11-29T00:00:00+07:00",
        "type": "test" if simulated else "production",
        "formats": ["text/xml", "application/json"],
    }
    return {
        "changeset": endpoint["changeset"],
        "contact": f"Pengelola {city.name} LIVE Room",
        "key_service": f"{base}/api/docs",
        "endpoints": [endpoint],
    }

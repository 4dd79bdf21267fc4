"""SP4N-LAPOR!, the national complaints system: a report with its disposition as a case of the city's own service.

Its interface for local governments is given out by agreement and not published. The record here has the words of its
administrators' manual (LAPOR! v3: klasifikasi, kategori, disposisi, and the actions Verifikasi, Tunda, Bukan Wewenang,
Arsipkan), in one table (`FIELDS`), to be held against the document that comes with the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.adapt.adapted import Adapted, AdapterError
from sensors.city import City, Service
from sensors.pack.offices import Role
from sensors.parse import parse_json
from sensors.reading import CodecError

NAME = "sp4n-lapor"
RECORDS = "laporan"
FIELDS = {
    "case_id": "tracking_id", "at": "tanggal_status", "status": "status", "kind": "klasifikasi", "category": "kategori",
    "agency": "disposisi", "summary": "judul", "place": "kode_wilayah", "lat": "lintang", "lon": "bujur",
}  # fmt: skip
"""Our words, and what the records call them. Nothing else of a record is read: not who reported, not the full text."""
ROLES: Mapping[str, tuple[Role, ...]] = {
    "belum diverifikasi": ("waiting",),
    "tunda": ("waiting",),
    "terverifikasi": ("working",),
    "diproses": ("working",),
    "selesai": ("done",),
    "bukan wewenang": ("dismissed", "done"),
    "diarsipkan": ("dismissed", "done"),
}
"""What each of its statuses means, the best first: a service may know no status of that role."""
TYPES = {"pengaduan": "pengaduan", "permintaan informasi": "informasi", "pengaduan berkadar pengawasan": "pengawasan"}
PREFIX = "SP4N-"


def messages(body: bytes, city: City) -> Iterator[Adapted]:
    """Give each report of a document as a case of the city's own service. Raises `AdapterError`."""
    service = next(iter(city.services.values()))
    try:
        found = parse_json(body)
    except CodecError as error:
        raise AdapterError(f"{NAME}: {error.detail}") from None
    records = found.get(RECORDS) if isinstance(found, dict) else None
    if not isinstance(records, list):
        raise AdapterError(f"{NAME}: found no {RECORDS!r}, expected an array of reports")
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise AdapterError(f"{NAME}: report {number}: found {type(record).__name__}, expected an object")
        yield Adapted(f"cases/{service.key}", _case(_Report(number, record), service, city))


def _case(report: _Report, service: Service, city: City) -> dict[str, Any]:
    kind, category = report.text("kind").casefold(), report.text("category").casefold()
    known = {each.name.casefold(): key for key, each in service.categories.items()}
    usual = next(
        (key for key, each in service.categories.items() if each.type == TYPES.get(kind) and not each.share), None
    )
    offices = {name.casefold(): key for key, each in city.agencies.items() for name in (each.name, each.short)}
    told = {
        "case_id": PREFIX + report.needed("case_id"),
        "status": _status(report, service),
        "at": report.needed("at"),
        "category": known.get(category, usual),
        "subdistrict": report.text("place") or None,
        "lat": report.found("lat"),
        "lon": report.found("lon"),
        "agency": offices.get(report.text("agency").casefold()),
        "channel": NAME,
        "summary": report.text("summary") or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _status(report: _Report, service: Service) -> str:
    word = report.needed("status")
    for role in ROLES.get(word.casefold(), ()):
        for key, status in service.statuses.items():
            if status.role == role:
                return key
    raise report.wrong("status", f"one of {', '.join(ROLES)}")


class _Report:
    """The fields of one report by our words."""

    def __init__(self, number: int, record: Mapping[str, Any]) -> None:
        self._number, self._record = number, record

    def found(self, name: str) -> object:
        """What stands there; None where nothing does."""
        return self._record.get(FIELDS[name])

    def text(self, name: str) -> str:
        """A text, empty where there is none."""
        found = self.found(name)
        if found is not None and not isinstance(found, str):
            raise self.wrong(name, "a text")
        return (found or "").strip()

    def needed(self, name: str) -> str:
        """A text that must be there."""
        found = self.text(name)
        if not found:
            raise self.wrong(name, "a text")
        return found

    def wrong(self, name: str, expected: str) -> AdapterError:
        """The error for one field."""
        field = FIELDS[name]
        return AdapterError(
            f"{NAME}: report {self._number}: {field}: found {self._record.get(field)!r}, expected {expected}"
        )

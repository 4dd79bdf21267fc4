"""Where a number leads: the addresses of the desk's pages, written in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from sensors.city import Device

_PAGES = {"gauge": "sungai", "station": "udara"}
"""What has a page of its own by where it stands; everything else is a device among the others."""


def cases(**filters: str) -> str:
    """The list of cases with these filters of its address; empty ones are left out."""
    said = urlencode({name.rstrip("_"): value for name, value in filters.items() if value})
    return f"/aduan?{said}" if said else "/aduan"


def case(service: str, case_id: str) -> str:
    """One case."""
    return f"/aduan/{quote(service, safe='')}/{quote(case_id, safe='')}"


def district(code: str) -> str:
    """One kecamatan."""
    return f"/wilayah/{code}"


def districts() -> str:
    """All kecamatan compared."""
    return "/wilayah"


def subdistrict(code: str) -> str:
    """One kelurahan."""
    return f"/kelurahan/{code}"


def agency(key: str) -> str:
    """One agency."""
    return f"/opd/{key}"


def device(found: Device) -> str:
    """One gauge, station or other device."""
    return f"/{_PAGES.get(found.place, 'perangkat')}/{found.key}"

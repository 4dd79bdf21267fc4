"""How devices are judged: by their own rhythm, by the weakest of what they measure, and chosen as an address says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.findings.device_words import FILTERS, ORDERS, UNPLACED, chosen_devices
from layouts.findings.health import (
    LATE,
    LIVE,
    MAINTAINED,
    NEVER,
    SILENT,
    DeviceHealth,
    device_health,
    devices_health,
    tally,
)
from layouts.html import Element
from layouts.panel import Context
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, marked, prop, words

OPEN = dict.fromkeys(FILTERS, "") | {"order": "state"}


def told(kind: str, minutes: int | None, value: float | None = 1.0) -> dict[str, Any]:
    at = None if minutes is None else NOW - timedelta(minutes=minutes)
    return {"kind": kind, "value": value, "observed_at": at, "received_at": at, "minutes": minutes,
            "first_seen_at": NOW, "status": None, "status_at": None}  # fmt: skip


def health(city: City, *rows: dict[str, Any], hours: list[int] | None = None) -> DeviceHealth:
    return device_health("baru", rows, {"pm25": hours or []}, city)


@pytest.mark.parametrize(
    ("kind", "minutes", "state"),
    [("pm25", 2, LIVE), ("pm25", 4, LATE), ("pm25", 13, SILENT), ("beds_free", 60, LIVE), ("beds_free", 120, LATE),
     ("inflation", 60 * 24 * 2, LIVE), ("inflation", 60 * 24 * 13, SILENT)],
)  # fmt: skip
def test_a_device_is_late_by_its_own_rhythm(city: City, kind: str, minutes: int, state: str) -> None:
    assert health(city, told(kind, minutes)).state == state


def test_a_station_with_one_broken_sensor_lives_and_says_how_thin_its_day_is(city: City) -> None:
    found = health(city, told("pm25", 0), told("pm10", 600), hours=[60] * 12)
    assert (found.state, found.share) == (LIVE, 0.0)
    assert [(each.kind.key, each.share) for each in found.series] == [("pm25", 0.5), ("pm10", 0.0)]


def test_who_never_spoke_is_listed_and_who_only_said_hello_is_no_device_to_list(city: City) -> None:
    found = devices_health(
        {"device_list": [{**told("pm25", None, None), "device": "hanya-status", "kind": None}]}, city
    )
    assert [each.key for each in found] == list(city.devices)
    assert tally(found)[NEVER] == len(city.devices)


def test_who_is_worked_on_is_neither_silent_nor_one_to_look_after(city: City) -> None:
    key = next(iter(city.devices))
    silent = {"device_list": [told(kind, 99_999) | {"device": key} for kind in city.devices[key].kinds]}
    window = {"device": key, "starts_at": NOW, "ends_at": NOW + timedelta(hours=1), "reason": "ganti sensor"}
    worked_on = silent | {"maintenance_now": [window]}
    assert [devices_health(rows, city)[0].state for rows in (silent, worked_on)] == [SILENT, MAINTAINED]
    all_of_them = len(city.devices)
    for rows, ill in ((silent, all_of_them), (worked_on, all_of_them - 1)):
        assert f"{ill} dari {all_of_them} perangkat" in words(PANELS["silence"].render(rows, Context(city, NOW, {})))
    page = PANELS["device_now"].render(
        {"device_now": worked_on["device_list"], "maintenance_now": [window]}, Context(city, NOW, {"device": key})
    )
    assert "ganti sensor" in words(page)
    assert "diam" not in words(page)


def test_filters_let_through_what_the_address_says(city: City) -> None:
    found = devices_health(full(city), city)
    assert chosen_devices(found, OPEN) == list(found)
    assert {each.key for each in chosen_devices(found, OPEN | {"only": UNPLACED})} == {"baru-1", "baru-2"}
    levels = chosen_devices(found, OPEN | {"kind": "water_level", "district": "36.71.07"})
    assert levels
    assert all(
        each.place and each.place.district == "36.71.07" and "water_level" in each.place.kinds for each in levels
    )
    nobody = chosen_devices(found, OPEN | {"agency": NO_AGENCY_KEY})
    assert nobody
    assert all(each.place and each.place.agency is None for each in nobody)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_is_an_order_of_all_devices(city: City, order: str) -> None:
    found = devices_health(full(city), city)
    assert len(sorted(found, key=ORDERS[order])) == len(found)


def test_the_list_has_a_line_a_device_with_the_marks_of_its_newest_reading(city: City) -> None:
    page = PANELS["devices"].render(full(city), Context(city, NOW, OPEN))
    lines = [str(prop(each, "id")) for each in elements(page) if str(prop(each, "id")).startswith("devices-row-")]
    assert len(lines) == len(city.devices) + 2
    assert marked(page, "data-reading", "baru-1/pm25")


def test_a_device_that_nobody_knows_is_missing(city: City) -> None:
    page = PANELS["device_now"].render({}, Context(city, NOW, {"device": "entah"}))
    assert prop(page, "data-missing") == "true"
    known = PANELS["device_now"].render({}, Context(city, NOW, {"device": next(iter(city.devices))}))
    assert prop(known, "data-missing") is None


def test_while_all_are_well_those_quietest_by_their_own_rhythm_come_first(city: City) -> None:
    minutes = {"air-cikokol": 2, "air-pasir-jaya": 0, "rsud-benda": 30}
    rows = [
        told(kind, minutes.get(key, 1)) | {"device": key} for key, place in city.devices.items() for kind in place.kinds
    ]
    whole = [
        {"device": key, "kind": kind, "hours": [60] * 24} for key, place in city.devices.items() for kind in place.kinds
    ]
    page = PANELS["silence"].render({"device_list": rows, "device_hours": whole}, Context(city, NOW, {}))
    assert words(the(page, "silence-quiet")) == "Yang paling lama diam"
    named = [words(the(page, f"silence-link-{slot}")) for slot in range(9)]
    assert (
        named[0] == city.devices["air-cikokol"].name
    )  # twice its interval; the hospital, silent for longer, half of its own
    assert city.devices["rsud-benda"].name not in named


def the(page: Element, ident: str) -> Element:
    (element,) = marked(page, "id", ident)
    return element

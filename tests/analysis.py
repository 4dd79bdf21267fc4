"""A past for analysts' questions: three days of readings, prices, cases and alarms whose sums one can do by hand."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from decimal import Decimal

from data.city_names import sync_names
from data.maintenance_windows import MaintenanceWindow, set_window
from data.records import Message, Price
from tests.batches import NOW, WIB, case, message, reading, readings, writer
from tests.pack import CITY
from tests.raising import raise_alarm

STATION, OTHER, STRANGER, WORKED_ON = "air-tanah-tinggi", "air-pasir-jaya", "baru-1", "ragu-1"
GAUGE = next(device.key for device in CITY.devices.values() if device.ladder and device.district)
FROM, TO = "2026-11-19", "2026-11-21"
EVIL = ("=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\tx", "＝1")
PLACE = {"category": "pju", "agency": "dishub", "subdistrict": "36.71.07.1004"}


def _price(market: str, hours: float, rupiah: str, commodity: str = "beras-medium") -> Message:
    found = Price(market, commodity, Decimal(rupiah), "kg", NOW - timedelta(hours=hours))
    return message("prices", prices=(found,))


def write_past(url: str) -> None:
    """Write it, with the names of the pack."""
    sync_names(url, CITY)
    content = [
        readings(*(reading(STATION, -600 * step, 10 + step % 7) for step in range(300))),
        readings(*(reading(OTHER, -600 * step, 30 + step % 5) for step in range(0, 300, 2))),
        readings(*(reading(OTHER, -600 * step, 25.5, "temperature") for step in range(30))),
        readings(*(reading(GAUGE, -600 * step, 100 + step, "water_level") for step in range(100))),
        readings(*(reading(STATION, -3600 * step, 1.5, "rain") for step in range(40))),
        readings(reading(STRANGER, -10, 7), reading(STRANGER, -70, -8.5, "temperature")),
        readings(*(reading(WORKED_ON, -3600 * step, 50) for step in range(6))),
        *(_price(market, hours, str(13_000 + 100 * hours)) for market in ("pasar-anyar", "pasar-malabar")
          for hours in (0, 1, 24, 30)),
        _price("pasar-anyar", 2, "14900", "beras-premium"),
        *(case("menunggu", -60 * n, f"L-{n:03}", **PLACE) for n in range(20)),
        *(case("menunggu", -n, f"E-{n}", lat=-6.19, lon=106.61, summary=text, **PLACE)
          for n, text in enumerate(EVIL)),
        case("selesai", -10, "L-003"),
    ]  # fmt: skip
    with closing(writer(url)) as ingest:
        ingest.write(content)
    work = MaintenanceWindow(WORKED_ON, NOW - timedelta(hours=4), NOW - timedelta(hours=1, minutes=30), "ganti sensor")
    set_window(url, work, WIB)
    for hours in (1, 5, 30):
        raise_alarm(url, "siaga-1", GAUGE, NOW - timedelta(hours=hours), NOW)

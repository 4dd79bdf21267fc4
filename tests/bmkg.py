"""Documents as BMKG publishes them, for the tests of whoever reads or stores them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
ANALYSED = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
WIB = ZoneInfo("Asia/Jakarta")
CAPTURED_QUAKE = {
    "Tanggal": "07 Sep 2026", "Jam": "19:50:39 WIB", "DateTime": "2026-09-07T12:50:39+00:00",
    "Coordinates": "-8.34,121.30", "Lintang": "8.34 LS", "Bujur": "121.30 BT", "Magnitude": "4.0",
    "Kedalaman": "10 km", "Wilayah": "Pusat gempa berada di laut 38 km utara Nagekeo",
    "Potensi": "Gempa ini dirasakan untuk diteruskan pada masyarakat", "Dirasakan": "II-III Kabupaten Nagekeo",
}  # fmt: skip
"""Captured on 2026-09-07 from autogempa.json; `Wilayah`, `Lintang` and `Bujur` are filled in."""


def item(hours: float = 3.0, analysed: datetime = ANALYSED, **changed: Any) -> dict[str, Any]:  # noqa: ANN401
    """One three-hourly item some hours after the analysis; `None` as a value is sent as null."""
    at = ANALYSED + timedelta(hours=hours)
    return {
        "datetime": f"{at:%Y-%m-%dT%H:%M:%SZ}", "t": 27, "tcc": 100, "tp": 2.3, "weather": 60,
        "weather_desc": "Hujan Ringan", "weather_desc_en": "Light Rain", "wd_deg": 315, "wd": "NW", "wd_to": "SE",
        "ws": 6.4, "hu": 85, "vs": 8950, "vs_text": "< 9 km", "time_index": "6-7",
        "analysis_date": f"{analysed:%Y-%m-%dT%H:%M:%S}",
        "utc_datetime": f"{at:%Y-%m-%d %H:%M:%S}", "local_datetime": f"{at.astimezone(WIB):%Y-%m-%d %H:%M:%S}",
        **changed,
    }  # fmt: skip


def forecast(*items: object, code: str = "36.71.01.1001") -> dict[str, Any]:
    """A document of one kelurahan with these items as one day."""
    lokasi = {"adm1": "36", "adm2": "36.71", "adm3": code[:8], "adm4": code, "kotkab": "Kota Tangerang", "lon": 106.63}
    return {"lokasi": lokasi, "data": [{"lokasi": lokasi, "cuaca": [list(items)]}]}


def quakes(*gempa: object) -> dict[str, Any]:
    """A list of earthquakes; a single one as in autogempa.json."""
    return {"Infogempa": {"gempa": gempa[0] if len(gempa) == 1 else list(gempa)}}

"""Where on the map one can move an alarm is: its device picked among the signs, else its kelurahan or kecamatan."""

from __future__ import annotations

from layouts import links
from layouts.findings.alarms import Alarm
from layouts.layers import LAYERS
from layouts.panel import Context

_NEAR, _WHOLE = 14.0, 9.0
"""How near one looks: at streets, and for what lies outside the city as far as the city is still in sight."""


def on_map(alarm: Alarm, context: Context) -> str:
    """The map at its place; the map as it opens where it has none."""
    row, city = alarm.row, context.city
    device = city.devices.get(row["device"] or "")
    at = (row["lat"], row["lon"]) if row["lat"] is not None and row["lon"] is not None else None
    if device is not None and (layer := _sign_in(device.key, context)):
        return links.city_map(f"{layer}/{device.key}", at, _WHOLE if device.upstream else _NEAR)
    area = f"districts/{row['district']}" if row["district"] in city.districts else ""
    if device is not None or at is None:  # a device without a sign stands for more than the point it is at
        return links.city_map(area)
    if row["subdistrict"] in city.subdistricts:
        area = f"cases/{row['subdistrict']}"
    return links.city_map(area, at, _NEAR, [key for key, layer in LAYERS.items() if layer.form != "areas"])


def _sign_in(key: str, context: Context) -> str | None:
    """The layer on which a device has a sign, whatever is known of it now."""
    return next(
        (
            layer.key
            for layer in LAYERS.values()
            if layer.form == "signs" and any(each.key == key and each.at for each in layer.entries({}, context))
        ),
        None,
    )

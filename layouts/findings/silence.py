"""Which devices have fallen silent, each by its own expected interval."""

from __future__ import annotations

from datetime import datetime

from layouts.findings.series import latest_of
from layouts.panel import Rows
from sensors.city import City, Device
from sensors.kinds import KINDS

PATIENCE = 3
"""A device counts as silent after this many of its expected intervals; the project's own."""


def silent_devices(rows: Rows, city: City, now: datetime) -> tuple[Device, ...]:
    """From `latest_readings`: those of which no kind was heard in time, in the pack's order.

    Those that `maintenance_now` names are worked on, and may be silent.
    """
    latest = latest_of(rows.get("latest_readings", ()))
    worked_on = {row["device"] for row in rows.get("maintenance_now", ())}
    return tuple(
        device
        for device in city.devices.values()
        if device.key not in worked_on
        and not any(
            (device.key, kind) in latest
            and now - latest[device.key, kind]["observed_at"] <= KINDS[kind].expected_interval * PATIENCE
            for kind in device.kinds
        )
    )

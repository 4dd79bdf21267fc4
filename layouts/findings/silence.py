"""Which devices of the pack are silent, for whoever counts them: overview, mayor's page and handover count the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from layouts.findings.health import SILENCE, liveliest, state_of
from layouts.findings.series import latest_of
from layouts.panel import Rows
from sensors.city import City, Device
from sensors.kinds import KINDS

_MINUTE = timedelta(minutes=1)


def silent_devices(rows: Rows, city: City, now: datetime) -> tuple[Device, ...]:
    """From `latest_readings`: those that the list of devices calls silent or never heard, in the pack's order.

    Those that `maintenance_now` names are worked on, and may be silent.
    """
    states = defaultdict(list)
    for (device, kind), row in latest_of(rows.get("latest_readings", ())).items():
        if kind in KINDS:
            states[device].append(state_of(KINDS[kind], (now - row["observed_at"]) // _MINUTE))
    worked_on = {row["device"] for row in rows.get("maintenance_now", ())}
    return tuple(
        device
        for device in city.devices.values()
        if device.key not in worked_on and liveliest(states[device.key]) in SILENCE
    )

"""The other devices that stand somewhere, by whether they are heard: rain gauges, junctions, meters and so on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import links
from layouts.findings.air import stations
from layouts.findings.series import Latest, latest_of
from layouts.formats import NOTHING, number
from layouts.layer import Cell, Entry, Layer, Sign
from layouts.panel import Context, Question, Rows
from layouts.places import position_words
from sensors.city import City, Device
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_PATIENCE = 3
"""A device is late after so many of its own intervals, if that is longer."""
_NOWHERE = ("office", "street-light", "bus-line")
"""Their point says nothing: figures of an office, feeders of a whole kecamatan, lines whose buses tell no position."""


def _entries(rows: Rows, context: Context) -> Sequence[Entry]:
    city, latest = context.city, latest_of(rows.get("latest_readings", ()))
    return [_entry(device, latest, city) for device in _others(city)]


def _others(city: City) -> list[Device]:
    elsewhere = {each.key for each in stations(city)}
    return [
        each
        for each in city.devices.values()
        if each.key not in elsewhere and "water_level" not in each.kinds and each.place not in _NOWHERE
    ]


def _entry(device: Device, latest: Latest, city: City) -> Entry:
    heard = [latest[device.key, kind] for kind in device.kinds if (device.key, kind) in latest]
    kind = KINDS[device.kinds[0]]
    row = latest.get((device.key, kind.key))
    slack = kind.expected_interval * _PATIENCE
    return Entry(
        key=device.key,
        name=device.name,
        cells=(
            Cell(kind.name),
            Cell(NOTHING if row is None else f"{number(row['value'], kind.decimals)} {kind.unit}".rstrip()),
            Cell(position_words(device, city)),
        ),
        href=links.device(device),
        at=device.point,
        observed_at=max((each["observed_at"] for each in heard), default=None),
        late_after=max(LATE, slack),
        stale_after=max(STALE, slack * 2),
    )


LAYER = Layer(
    key="sensors",
    title="Sensor lain",
    place=40,
    form="signs",
    name_head="Sensor",
    heads=lambda _: ("Mengukur", "Nilai terbaru", "Letak"),
    questions=(Question("latest_readings"),),
    streams=frozenset({"readings"}),
    entries=_entries,
    legend=lambda _: (Sign("●", "sensor yang melapor"),),
    late_after=LATE,
    stale_after=STALE,
)

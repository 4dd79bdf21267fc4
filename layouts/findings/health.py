"""How every device is: heard when it should be, late or silent by its own rhythm, and how whole its last day was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Device
from sensors.judge.completeness import share_heard
from sensors.kind import Kind
from sensors.kinds import KINDS

LATE_AFTER, SILENT_AFTER = 3, 12
"""So many of its own intervals without a word make a device late, and silent; the project's own figures."""
WHOLE = 0.9
"""From this share of a day's readings on a device is called whole; the project's own figure."""
LIVE, MAINTAINED, LATE, SILENT, NEVER = "live", "maintained", "late", "silent", "never"
STATES: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        LIVE: (0, "hidup"),
        MAINTAINED: (0, "dirawat"),
        LATE: (1, "terlambat"),
        SILENT: (2, "diam"),
        NEVER: (2, "belum pernah"),
    }
)
"""By state: how bad it is, and its word."""
SILENCE = frozenset({SILENT, NEVER})
"""The states of a device that is counted as silent."""


@dataclass(frozen=True, slots=True)
class SeriesHealth:
    """One kind of a device: its newest row (None: never heard), its state, and the share (0..1) of 24 whole hours.

    `share` is None where nothing can be said of a day: a kind that is told once a day or less often.
    """

    kind: Kind
    row: Row | None
    state: str
    share: float | None


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """A device with all it measures. `place` is None where no pack places it.

    `window` is a row of `maintenance_now` while it is worked on: nothing that it sends counts, so its silence is none.
    """

    key: str
    place: Device | None
    series: tuple[SeriesHealth, ...]
    first_seen: datetime | None
    status: str | None
    window: Row | None = None

    @property
    def newest(self) -> SeriesHealth | None:
        """What was heard last."""
        heard = [each for each in self.series if each.row is not None]
        return max(heard, key=lambda each: each.row["observed_at"] if each.row else 0, default=None)

    @property
    def state(self) -> str:
        """The state of its liveliest kind: a station with one broken sensor is not silent."""
        if self.window is not None:
            return MAINTAINED
        return liveliest(each.state for each in self.series)

    @property
    def share(self) -> float | None:
        """The share of a day that its weakest kind gave."""
        return min((each.share for each in self.series if each.share is not None), default=None)

    @property
    def rank(self) -> int:
        """How bad its state is."""
        return STATES[self.state][0]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.place.name if self.place else self.key


def devices_health(rows: Rows, city: City) -> tuple[DeviceHealth, ...]:
    """All devices: the pack's in its order, then those nobody placed; from `device_list` and `device_hours`.

    Those that `maintenance_now` names are worked on.
    """
    told: dict[str, list[Row]] = {key: [] for key in city.devices}
    for row in rows.get("device_list", ()):
        told.setdefault(row["device"], []).append(row)
    hours = hours_by_series(rows.get("device_hours", ()))
    worked_on = {row["device"]: row for row in rows.get("maintenance_now", ())}
    return tuple(
        device_health(key, found, {kind: n for (of, kind), n in hours.items() if of == key}, city, worked_on.get(key))
        for key, found in told.items()
        if key in city.devices or any(row["kind"] for row in found)
    )


def device_health(
    key: str, found: Sequence[Row], hours: Mapping[str, Sequence[int]], city: City, window: Row | None = None
) -> DeviceHealth:
    """One device from its rows and its hours by kind."""
    place = city.devices.get(key)
    rows = {row["kind"]: row for row in found if row["kind"] in KINDS and known(row["value"]) is not None}
    kinds = dict.fromkeys([*(place.kinds if place else ()), *rows])
    first = next((row for row in found), None)
    return DeviceHealth(
        key=key,
        place=place,
        series=tuple(_series(KINDS[kind], rows.get(kind), hours.get(kind)) for kind in kinds),
        first_seen=first["first_seen_at"] if first else None,
        status=first["status"] if first else None,
        window=window,
    )


def hours_by_series(rows: Iterable[Row]) -> Mapping[tuple[str, str], Sequence[int]]:
    """The counts of the last 24 whole hours by device and kind."""
    return {(row["device"], row["kind"]): row["hours"] for row in rows}


def state_of(kind: Kind, minutes: int) -> str:
    """How one kind of a device is that was heard so many whole minutes ago."""
    quiet = timedelta(minutes=minutes) / kind.expected_interval
    return SILENT if quiet > SILENT_AFTER else LATE if quiet > LATE_AFTER else LIVE


def liveliest(states: Iterable[str]) -> str:
    """The state of a device by those of its kinds; a device of which none was heard never spoke."""
    return min(states, key=tuple(STATES).index, default=NEVER)


def tally(found: Iterable[DeviceHealth]) -> Mapping[str, int]:
    """How many devices are in each state."""
    counts = dict.fromkeys(STATES, 0)
    for each in found:
        counts[each.state] += 1
    return counts


def _series(kind: Kind, row: Row | None, hours: Sequence[int] | None) -> SeriesHealth:
    counted = kind.expected_interval <= timedelta(hours=1)
    share = share_heard(hours or (), kind.expected_interval) if counted else None
    if row is None:
        return SeriesHealth(kind, None, NEVER, share)
    return SeriesHealth(kind, row, state_of(kind, int(known(row["minutes"]) or 0)), share)

"""Rain of the last hour and day at each gauge: its class as BMKG names it, and how much of it was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Device, RainClass
from sensors.judge.rain import judge_rain
from sensors.kinds import KINDS
from sensors.pack.rules import Span

LENGTHS: dict[Span, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_RANKS = {"jingga": 1, "merah": 2, "ungu": 3}
"""How bad a class of rain is, by BMKG's map colour: from lebat on it is worth a colour of ours."""


def rank_of_rain(found: RainClass | None) -> int:
    """How bad a class of rain is, 0 (none to moderate) to 3 (extreme)."""
    return 0 if found is None else _RANKS.get(found.colour, 0)


@dataclass(frozen=True, slots=True)
class Fallen:
    """What fell in one span: mm (None: not heard), its class (None: below the first), `heard` of 1.0 of its reports."""

    mm: float | None
    found: RainClass | None
    heard: float

    @property
    def rank(self) -> int:
        """How bad, 0 to 3."""
        return rank_of_rain(self.found)


@dataclass(frozen=True, slots=True)
class RainFinding:
    """A rain gauge: what fell in the last hour and in the last day, and when it was last heard."""

    device: Device
    hour: Fallen
    day: Fallen
    newest: datetime | None

    @property
    def rank(self) -> int:
        """The worse of hour and day."""
        return max(self.hour.rank, self.day.rank)


def rain_findings(rows: Rows, city: City) -> list[RainFinding]:
    """One finding a rain gauge from `rain_sums`, the worst class first, then the pack's order."""
    sums = {row["device"]: row for row in rows.get("rain_sums", ())}
    found = [_finding(device, sums.get(device.key), city) for device in city.devices.values() if "rain" in device.kinds]
    return sorted(found, key=lambda each: (-each.hour.rank, -each.day.rank))


def _finding(device: Device, row: Row | None, city: City) -> RainFinding:
    if row is None:
        silent = Fallen(None, None, 0.0)
        return RainFinding(device, silent, silent, None)
    hour, day = _fallen(row, "mm_1h", "n_1h", "hour", city), _fallen(row, "mm_24h", "n_24h", "day", city)
    return RainFinding(device, hour, day, row.get("newest"))


def _fallen(row: Row, amount: str, count: str, span: Span, city: City) -> Fallen:
    mm = known(row[amount])
    found = None if mm is None else judge_rain(mm, span, city.rain_classes)
    expected = LENGTHS[span] / KINDS["rain"].expected_interval
    return Fallen(mm, found, min(1.0, (known(row.get(count)) or 0.0) / expected))

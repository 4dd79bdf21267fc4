"""Street-light feeders: lamps that burn and are broken, the power of a lamp, the energy of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from layouts.findings.series import Latest, latest_of
from layouts.findings.usual import Day, days_by_device, percent_of, standing_of
from layouts.panel import Row, Rows
from sensors.city import City, Device
from sensors.judge.street_light import RANKS, LightState, judge_light
from sensors.judge.target import Standing
from sensors.sun import height_at


@dataclass(frozen=True, slots=True)
class Feeder:
    """A feeder as it was last heard; energies are in kWh of local days.

    `lamps` is the most it is known to have: burning and broken now, or burning on one of the last two days. `broken`
    judges the share of them that is broken.
    """

    device: Device
    lit: Row | None
    faulty: Row | None
    lamps: float | None
    state: LightState | None
    broken: Standing | None
    watts: float | None
    energy: Mapping[date, float]

    @property
    def rank(self) -> int:
        """How bad, from 0 to 3 (dark at night)."""
        return max(0 if self.state is None else RANKS[self.state], 0 if self.broken is None else self.broken.rank)


def feeders_of(rows: Rows, city: City, now: datetime) -> tuple[Feeder, ...]:
    """Every feeder, the worst first, then the pack's order."""
    heard = _Heard(
        latest_of(rows.get("latest_readings", ())),
        days_by_device(rows, "lamps_lit"),
        days_by_device(rows, "light_energy"),
    )
    found = [_feeder(device, heard, city, now) for device in city.devices.values() if "lamps_lit" in device.kinds]
    return tuple(sorted(found, key=lambda each: -each.rank))


def energy_on(feeders: tuple[Feeder, ...], day: date) -> float | None:
    """Energy of all feeders on a local day in kWh; None where none was heard."""
    found = [each.energy[day] for each in feeders if day in each.energy]
    return sum(found) if found else None


@dataclass(frozen=True, slots=True)
class _Heard:
    latest: Latest
    lit: Mapping[str, Mapping[date, Day]]
    energy: Mapping[str, Mapping[date, Day]]


def _feeder(device: Device, heard: _Heard, city: City, now: datetime) -> Feeder:
    key = device.key
    lit, faulty, power = (heard.latest.get((key, kind)) for kind in ("lamps_lit", "lamps_faulty", "light_power"))
    burning, broken = (None if row is None else float(row["value"]) for row in (lit, faulty))
    lamps = max(_counts(burning, broken, heard.lit.get(key, {}), city.calendar.local_day(now)), default=None)
    sun = None if lit is None else height_at(lit["observed_at"], device.point.lat, device.point.lon)
    return Feeder(
        device=device,
        lit=lit,
        faulty=faulty,
        lamps=lamps,
        state=None if burning is None or sun is None else judge_light(burning, sun),
        broken=standing_of(city, percent_of(broken, lamps), "lamps_faulty", "share", now),
        watts=float(power["value"]) / burning if power is not None and burning else None,
        energy={day: found.total for day, found in heard.energy.get(key, {}).items()},
    )


def _counts(burning: float | None, broken: float | None, days: Mapping[date, Day], today: date) -> Iterator[float]:
    """What speaks of the number of lamps: those burning and broken now, those that burnt today and yesterday."""
    if burning is not None:
        yield burning + (broken or 0.0)
    yield from (days[day].high for day in (today, today - timedelta(days=1)) if day in days)

"""What a model may look at: one device at one instant under one sky."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sensors.city import Device
from sensors.virtual_city.chance import bell, drift
from sensors.virtual_city.daytime import profile
from sensors.virtual_city.fires import closed
from sensors.virtual_city.standing import flooding
from sensors.virtual_city.weather import Weather

# How busy the roads are by full hour, 1 = the usual peak: two peaks on working days, one broad hump at weekends.
_WORKDAY = (
    .14, .1, .08, .08, .13, .36, .72, 1, .95, .76, .68, .66,
    .68, .66, .68, .74, .86, .98, 1, .84, .64, .48, .34, .22,
)  # fmt: skip
_WEEKEND = (
    .2, .14, .1, .09, .12, .24, .4, .48, .56, .66, .74, .78,
    .78, .74, .74, .78, .84, .86, .84, .78, .66, .52, .4, .3,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One device at `at` (epoch s) with the length of its interval in seconds."""

    seed: int
    device: Device
    sky: Weather
    at: float
    seconds: float

    @property
    def hour(self) -> float:
        """Local hour of the day, 0 to 24."""
        return self.sky.local.hour(self.at)

    @property
    def bustle(self) -> float:
        """How busy the roads are, 0 to about 1."""
        hours = _WEEKEND if self.sky.local.weekend(self.at) else _WORKDAY
        return profile(hours, self.hour)

    def rain_mm(self, seconds: float) -> float:
        """Rain here in the last so many seconds."""
        return self.sky.rain_mm(self.device.point, self.at - seconds, self.at)

    @property
    def hindered(self) -> float:
        """How much standing water or a fire hinders traffic here, 0 (not at all) to 1 (nothing moves)."""
        point = self.device.point
        return max(flooding(self.seed, self.sky, point, self.at), closed(self.sky, point, self.at))

    def drift(self, name: str, period: float) -> float:
        """Smooth noise of this device in [-1, 1]."""
        return drift(self.seed, f"{self.device.key}:{name}", self.at, period)

    def bell(self, name: str) -> float:
        """Normal noise of this device at this instant."""
        return bell(self.seed, self.device.key, name, self.at)


Model = Callable[[Moment], float]
"""A model gives the true value, in the kind's unit, that the device would see at a moment."""

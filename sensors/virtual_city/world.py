"""The world as devices see it: one value for every device, kind and instant."""

from __future__ import annotations

from dataclasses import dataclass

from sensors.city import City, Device
from sensors.kinds import KINDS, Kind
from sensors.virtual_city.chance import drift
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.models import MODELS
from sensors.virtual_city.moment import Moment
from sensors.virtual_city.scenario import Scenario
from sensors.virtual_city.weather import Weather


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A city under a sky, for one seed. `value` is pure: asking twice gives the same answer."""

    seed: int
    city: City
    sky: Weather

    @classmethod
    def of(cls, city: City, seed: int, scenario: Scenario, begins: float) -> World:
        """The world of a pack; the scenario takes over from the season at `begins` (epoch s)."""
        return cls(seed, city, Weather(seed, city, scenario, begins))

    def value(self, device: Device, kind: str, at: float, seconds: float) -> float:
        """What the device reads at `at` (epoch s) for an interval of so many seconds, within the kind's range."""
        known = KINDS[kind]
        model = MODELS.get(kind)
        true = (
            model(Moment(self.seed, device, self.sky, at, seconds)) if model else self._near_example(device, known, at)
        )
        return round(min(max(true, known.low), known.high), known.decimals)

    def _near_example(self, device: Device, kind: Kind, at: float) -> float:
        return kind.example * (1 + 0.1 * drift(self.seed, f"{device.key}:{kind.key}", at, HOUR))

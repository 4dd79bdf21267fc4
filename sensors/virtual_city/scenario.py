"""What may be played in the virtual city: the season as it is, or something staged from one instant on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staged:
    """Rain cells sent through the city again and again, with the rain upstream that goes with them."""

    every_hours: float
    peak_mm_h: float
    radius_km: float
    speed_kmh: float
    upstream_mm: float
    upstream_lead_hours: float = 4.75  # the hills have their rain so long before the scenario begins


@dataclass(frozen=True, slots=True)
class Scenario:
    """How the world differs from its season once the scenario has begun; `summary` is shown by --help.

    `feast`: prices climb as before Idul Fitri. `fire`: a factory burns. `outage`: gateways fail one after the other.
    `backlog`: one agency falls behind with its cases.
    """

    name: str
    summary: str
    seasonal_rain: bool = True
    staged: Staged | None = None
    warmer: float = 0.0
    drier: float = 0.0
    haze: float = 1.0
    feast: bool = False
    fire: bool = False
    outage: bool = False
    backlog: bool = False


_ALL = (
    Scenario("season", "the weather of the month, as chance has it"),
    Scenario("calm", "no rain, rivers low, few complaints", seasonal_rain=False),
    Scenario("rain", "moderate rain every four hours", staged=Staged(4.0, 16.0, 4.5, 11.0, 8.0)),
    Scenario(
        "storm",
        "a violent storm crosses the city at once and every eight hours",
        staged=Staged(8.0, 75.0, 3.0, 20.0, 20.0),
    ),
    Scenario(
        "flood",
        "heavy rain here and upstream: the gauge upstream, then the city's climb; calls, complaints, slow roads follow",
        staged=Staged(12.0, 66.0, 5.5, 9.0, 130.0, upstream_lead_hours=1.75),
    ),
    Scenario(
        "heat", "dry and hot, 3.5 degrees above the season", seasonal_rain=False, warmer=3.5, drier=14.0, haze=1.2
    ),
    Scenario(
        "smog",
        "still, dry air that traps what traffic and chimneys give off",
        seasonal_rain=False,
        warmer=1.0,
        drier=6.0,
        haze=2.6,
    ),
    Scenario(
        "lebaran", "before Idul Fitri: chili, beef, chicken, eggs and oil climb day by day above HET/HAP", feast=True
    ),
    Scenario(
        "fire", "a factory burns: calls at once, smoke at the nearest stations, slow roads, complaints", fire=True
    ),
    Scenario("outage", "gateways fail one after the other and come back with what their devices kept", outage=True),
    Scenario("backlog", "the agency with the most complaints falls behind: they wait, deadlines pass", backlog=True),
)

SCENARIOS: Mapping[str, Scenario] = {scenario.name: scenario for scenario in _ALL}

"""Earthquakes seen from the city: how far and where, whether they concern it, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, QuakeRule
from sensors.judge.quake import felt_in, judge_quake
from sensors.pack.quakes import LEVELS
from sensors.sphere import Place, bearing, kilometres

DIRECTIONS = ("utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut")


@dataclass(frozen=True, slots=True)
class QuakeFinding:
    """One quake: km and direction from the city's middle, the step of MMI felt here, and the rule it fell under."""

    row: Row
    magnitude: float
    km: float
    direction: str
    felt: int | None
    rule: QuakeRule | None

    @property
    def rank(self) -> int:
        """0 where it does not concern the city, else 1 (waspada) to 3 (awas)."""
        return 0 if self.rule is None else LEVELS.index(self.rule.level) + 1

    def stands(self, now: datetime) -> bool:
        """Whether it is still to be kept in the foreground."""
        return self.rule is not None and now - self.row["at"] <= timedelta(hours=self.rule.hours)


def quake_findings(rows: Rows, city: City) -> tuple[QuakeFinding, ...]:
    """One finding a quake of `quakes_recent` in the order of the answer; what has no finite place is left out."""
    here = middle(city)
    return tuple(_finding(row, city, here) for row in rows.get("quakes_recent", ()) if _placed(row))


def gravest(found: Sequence[QuakeFinding], now: datetime) -> QuakeFinding | None:
    """The gravest quake that still stands, the newest of equals; None while none concerns the city."""
    standing = [each for each in found if each.stands(now)]
    return max(standing, key=lambda each: (each.rank, each.row["at"]), default=None)


def middle(city: City) -> Place:
    """The middle of the city: its kecamatan's points weighed by their areas."""
    areas = [(district.area_km2, district.point) for district in city.districts.values()]
    whole = sum(area for area, _ in areas)
    return sum(a * p.lat for a, p in areas) / whole, sum(a * p.lon for a, p in areas) / whole


def _placed(row: Row) -> bool:
    return None not in (known(row["magnitude"]), known(row["lat"]), known(row["lon"]))


def _finding(row: Row, city: City, here: Place) -> QuakeFinding:
    there = (row["lat"], row["lon"])
    km, felt = kilometres(here, there), felt_in(row["felt"], city.name)
    direction = DIRECTIONS[round(bearing(here, there) / 45) % len(DIRECTIONS)]
    rule = judge_quake(row["magnitude"], km, felt, city.quake_rules)
    return QuakeFinding(row, row["magnitude"], km, direction, felt, rule)

"""How many alarms there were and what they cost people, held against what people can bear (alarm_limits.csv)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.alarms import RANKS
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import AlarmLimits, City

DAYS = 30
_TEN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class RuleLoad:
    """One rule. `advice` says what is to be mended, in the order of what weighs most; nothing where it is well."""

    row: Row
    title: str
    rank: int
    share: float
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Of 30 days: alarms, those of the last day, floods with their share (0..1) of the time, rules, the busiest first.

    `shares` are percent of all by priority.
    """

    alarms: int
    alarms_24h: int
    floods: int
    flood_time: float
    shares: dict[str, float]
    rules: tuple[RuleLoad, ...]

    @property
    def hourly(self) -> float:
        """Alarms an hour over the last day."""
        return self.alarms_24h / 24


def load_of(rows: Rows, city: City) -> Load:
    """From `alarm_rule_figures` and `alarm_tens`."""
    found = rows.get("alarm_rule_figures", ())
    total = sum(row["n"] for row in found)
    floods, flooded = _floods(rows.get("alarm_tens", ()), city.alarm_limits)
    by_priority = {priority: sum(row["n"] for row in found if row["priority"] == priority) for priority in RANKS}
    return Load(
        alarms=total,
        alarms_24h=sum(row["n_24h"] for row in found),
        floods=floods,
        flood_time=flooded * _TEN / timedelta(days=DAYS),
        shares={priority: 100 * n / total if total else 0.0 for priority, n in by_priority.items()},
        rules=tuple(_rule(row, total, city) for row in sorted(found, key=lambda row: (-row["n"], row["rule"]))),
    )


def _floods(tens: Sequence[Row], limits: AlarmLimits) -> tuple[int, int]:
    """How many floods, and how many spans of ten minutes they took together."""
    counts = {row["bucket"]: row["n"] for row in tens}
    floods = spans = 0
    flooded, last = False, None
    for bucket in sorted(counts):
        if last is None or bucket - last > _TEN or counts[bucket] < limits.flood_below:
            flooded = False
        if counts[bucket] > limits.flood_above and not flooded:
            flooded, floods = True, floods + 1
        spans += flooded
        last = bucket
    return floods, spans


def _rule(row: Row, total: int, city: City) -> RuleLoad:
    rule = city.alarm_rules.get(row["rule"])
    share = 100 * row["n"] / total if total else 0.0
    return RuleLoad(
        row, rule.title if rule else str(row["rule"]), RANKS[row["priority"]], share, tuple(_advice(row, share, city))
    )


def _advice(row: Row, share: float, city: City) -> list[str]:
    limits, said = city.alarm_limits, []
    if row["most_a_minute"] >= limits.chatter:
        said.append("berulang dalam satu menit: beri jeda atau histeresis")
    if row["standing"]:
        said.append("berdiri terlalu lama: perbaiki penyebabnya atau tunda")
    if share >= limits.share_rule and row["n"] > limits.hourly_most:
        said.append("terlalu sering: tinjau batasnya")
    if row["unseen"] == row["n"] and row["n"] >= limits.chatter and known(row["acknowledged_after"]) is None:
        said.append("tidak pernah diterima orang: apakah perlu tindakan?")
    return said

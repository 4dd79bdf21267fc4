"""The alarms that want somebody, as people see them: grouped by what explains them, the gravest first.

In a flood of alarms (alarm_limits.csv: more than ten in ten minutes, until there are fewer than five) those of one
kecamatan stand together under the gravest of them, and there are as many lines as people can bear: the last one holds
what is low, and what is beyond. Nothing is dropped: a group knows all of its alarms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from layouts.findings.health import SILENT_AFTER
from layouts.formats import NOTHING, known, moment, number
from layouts.panel import Row, Rows
from sensors.alarm import PRIORITIES, AlarmRule
from sensors.city import AlarmLimits, City
from sensors.kinds import KINDS

SPAN = timedelta(minutes=10)
"""The span in which alarms are counted for a flood (EEMUA 191, ISA-18.2)."""
REST = "rest"
"""The key of the group that holds what has no line of its own in a flood."""
ENGINE = "alarms"
"""What the process that judges calls itself."""
RANKS: Mapping[str, int] = MappingProxyType({"high": 3, "medium": 2, "low": 1})
"""The rank in the room's scale of levels."""
PRIORITY_WORDS: Mapping[str, str] = MappingProxyType({"high": "tinggi", "medium": "sedang", "low": "rendah"})
NEW, ACKNOWLEDGED, ENDED, SHELVED, RESOLVED = "new", "acknowledged", "ended", "shelved", "resolved"
CLOSED, REVIEWED, WITHDRAWN, COMING = "closed", "reviewed", "withdrawn", "coming"
"""How an alarm stands, as `alarm_life` of the database says it: the one rule for every list, count and wall."""
STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        NEW: "belum diterima",
        ACKNOWLEDGED: "diterima",
        ENDED: "sudah berakhir, belum diterima",
        SHELVED: "ditunda",
        RESOLVED: "ditangani",
        CLOSED: "sudah berakhir",
        REVIEWED: "ditinjau",
        WITHDRAWN: "ditarik",
        COMING: "belum mulai",
    }
)
UNSEEN = frozenset({NEW, ENDED})
"""States of what nobody has acknowledged."""
_LIFE = (NEW, ENDED, ACKNOWLEDGED, SHELVED, RESOLVED, CLOSED, REVIEWED, WITHDRAWN, COMING)
_COUNTED = frozenset({"burst", "deadline"})
_PACED = frozenset({"rate"})
"""Kinds of rules whose figures are cases, and those whose figures are a change an hour."""
HELD = frozenset({"siaga", "threshold"})
"""Kinds of rules that hold the reading itself against the bound; others hold something made of it."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. `rule` is None where the pack no longer has it."""

    row: Row
    rule: AlarmRule | None

    @property
    def state(self) -> str:
        """How it stands."""
        life: str = self.row["life"]
        return life

    @property
    def title(self) -> str:
        """What is wrong."""
        return self.rule.title if self.rule else str(self.row["rule"])

    @property
    def rank(self) -> int:
        """How grave it is, in the room's scale."""
        return RANKS[self.row["priority"]]


@dataclass(frozen=True, slots=True)
class Group:
    """Alarms that one thing explains, the gravest first; `key` tells it from other groups."""

    key: str
    alarms: tuple[Alarm, ...]

    @property
    def head(self) -> Alarm:
        """The one it is told by."""
        return self.alarms[0]

    @property
    def since(self) -> datetime:
        """When the first of them began."""
        began: datetime = min(alarm.row["raised_at"] for alarm in self.alarms)
        return began


@dataclass(frozen=True, slots=True)
class Standing:
    """All groups, the gravest first; `flood`: since when alarms come as one, None while they do not."""

    groups: tuple[Group, ...]
    flood: datetime | None
    alarms: int
    lately: int


def alarms_of(rows: Rows, city: City, now: datetime) -> Standing:
    """From `alarms_now` and `alarm_minutes`. What is shelved is left out until its time is over."""
    found = [alarm_of(row, city) for row in rows.get("alarms_now", ()) if row["life"] != SHELVED]
    minutes = rows.get("alarm_minutes", ())
    flood = flood_since(minutes, city.alarm_limits, now)
    groups = grouped(found, city.alarm_limits if flood else None)
    lately = sum(row["n"] for row in minutes if row["minute"] > now - SPAN)
    return Standing(groups, flood, len(found), lately)


def urgent(groups: Sequence[Group], city: City) -> list[Alarm]:
    """What calls the whole room: of each group the most urgent of high priority that holds and nobody has acknowledged.

    The most urgent first: that whose rule stands first in the pack, of one rule the oldest.
    """
    order = {key: number for number, key in enumerate(city.alarm_rules)}

    def urgency(alarm: Alarm) -> tuple[int, datetime, int]:
        return order.get(alarm.row["rule"], len(order)), alarm.row["raised_at"], alarm.row["id"]

    fresh = [
        [alarm for alarm in group.alarms if alarm.row["priority"] == PRIORITIES[0] and alarm.state == NEW]
        for group in groups
    ]
    return sorted((min(alarms, key=urgency) for alarms in fresh if alarms), key=urgency)


def judged_at(rows: Rows) -> datetime | None:
    """From `components`: when the engine was last alive; without it no alarm is no good news."""
    return max((row["beat_at"] for row in rows.get("components", ()) if row["name"] == ENGINE), default=None)


def flood_since(minutes: Sequence[Row], limits: AlarmLimits, now: datetime) -> datetime | None:
    """Since when alarms come as a flood, from how many came in each minute; None when they do not."""
    since: datetime | None = None
    counts = {row["minute"]: row["n"] for row in minutes}
    if not counts:
        return None
    minute = min(counts)
    while minute <= now:
        lately = sum(n for at, n in counts.items() if minute - SPAN < at <= minute)
        if lately > limits.flood_above:
            since = since or minute
        elif lately < limits.flood_below:
            since = None
        minute += timedelta(minutes=1)
    return since


def value_words(alarm: Alarm) -> str:
    """What was measured and what it was held against: `512 cm, batas 500 cm`; else the words of its source."""
    worst = worst_words(alarm)
    if worst == NOTHING:
        return str(alarm.row["detail"] or NOTHING)
    bound = bound_words(alarm)
    return worst if bound == NOTHING else f"{worst}, batas {bound}"


def reached_words(alarm: Alarm) -> str:
    """The same where there is room to say that it is the worst: `tertinggi 512 cm, batas 500 cm`."""
    said = value_words(alarm)
    return said if worst_words(alarm) == NOTHING else f"{_worst_word(alarm.rule)} {said}"


def _worst_word(rule: AlarmRule | None) -> str:
    """In which direction it is the worst."""
    if rule is not None and rule.kind in _COUNTED:
        return "terbanyak"
    if rule is not None and rule.kind in HELD | _PACED:
        below = rule.kind != "siaga" and not rule.bounds.bounds.above  # a siaga step is always reached from below
        return "terendah" if below else "tertinggi"
    return "terburuk"


def begun_words(alarm: Alarm) -> str:
    """What was measured when it began and what that was held against; else the words of its source."""
    value, bound = _figure(alarm, alarm.row["value"]), bound_words(alarm)
    if value == NOTHING:
        return str(alarm.row["detail"] or NOTHING)
    return value if bound == NOTHING else f"{value}, batas {bound}"


def worst_words(alarm: Alarm) -> str:
    """The worst that was measured, with its unit."""
    row = alarm.row
    return _figure(alarm, row["worst"] if row["worst"] is not None else row["value"])


def bound_words(alarm: Alarm) -> str:
    """What it was held against, with its unit."""
    return _figure(alarm, alarm.row["bound"])


def unit_of(alarm: Alarm) -> str:
    """The unit of its figures: that of what is measured, of its change, or cases."""
    kind, rule = KINDS.get(alarm.row["kind"] or ""), alarm.rule.kind if alarm.rule else ""
    if rule in _COUNTED:
        return "kasus"
    unit = kind.unit if kind else ""
    return f"{unit}/jam" if unit and rule in _PACED else unit


def _figure(alarm: Alarm, value: float | None) -> str:
    kind = KINDS.get(alarm.row["kind"] or "")
    if known(value) is None:
        return NOTHING
    unit = unit_of(alarm)
    return f"{number(value, kind.decimals if kind else 0)}{f' {unit}' if unit else ''}"


def now_words(alarm: Alarm, found: Row | None, now: datetime, city: City) -> str:
    """What its device measures now, from `alarm_reading`: `kini 470 cm`; nothing where it is not about a reading."""
    kind = KINDS.get(alarm.row["kind"] or "")
    if kind is None or alarm.row["device"] is None:
        return ""
    if found is None or known(found["value"]) is None:
        return "tidak ada data"
    if now - found["observed_at"] > kind.expected_interval * SILENT_AFTER:
        return f"tidak ada data sejak {moment(found['observed_at'], city.zone, city.zone_word)}"
    what = "" if alarm.rule and alarm.rule.kind in HELD else f" ({kind.name})"
    return f"kini {number(found['value'], kind.decimals)} {kind.unit}".rstrip() + what


def figure_parts(alarm: Alarm) -> tuple[str, str, str]:
    """The worst figure, its unit, and what it is held against; without a figure the words of the source come last."""
    row, kind = alarm.row, KINDS.get(alarm.row["kind"] or "")
    worst, bound = known(row["worst"] if row["worst"] is not None else row["value"]), bound_words(alarm)
    if worst is None:
        return "", "", str(row["detail"])
    return number(worst, kind.decimals if kind else 0), unit_of(alarm), "" if bound == NOTHING else f"batas {bound}"


def state_words(alarm: Alarm, city: City) -> str:
    """How far it is in hand: `diteruskan ke DPUPR` where it was given to somebody."""
    owner = city.agencies.get(alarm.row["assigned_to"] or "")
    return f"diteruskan ke {owner.short}" if alarm.state == ACKNOWLEDGED and owner else STATE_WORDS[alarm.state]


def place_words(row: Row, city: City) -> str:
    """Where: the source by name, and its kecamatan; what lies outside the city lies upstream of it."""
    device = city.devices.get(row["device"] or "")
    if device is not None and device.upstream:
        return f"{device.name} · hulu"
    district = city.districts.get(row["district"] or "")
    named = str(row["name"])
    return f"{named} · {district.name}" if district and district.name not in named else named


def owner_words(row: Row, city: City) -> str:
    """Whose it is: whom it was given to, else the agency of its rule."""
    owner = city.agencies.get(row["assigned_to"] or row["agency"] or "")
    return owner.short if owner else "belum ada"


def alarm_of(row: Row, city: City) -> Alarm:
    """An alarm with its rule."""
    return Alarm(row, city.alarm_rules.get(row["rule"]))


def grouped(found: Sequence[Alarm], limits: AlarmLimits | None = None) -> tuple[Group, ...]:
    """By what explains them, the gravest first and of those the newest; with `limits` as in a flood.

    Then a line keeps its place: of equals the oldest is first, so that what comes later pushes nothing away.
    """
    if limits is None:
        return tuple(sorted(_groups(found, lambda alarm: alarm.row["cause"]), key=lambda group: _order(group.head)))
    grave = [alarm for alarm in found if alarm.row["priority"] != PRIORITIES[-1]]
    low = [alarm for alarm in found if alarm.row["priority"] == PRIORITIES[-1]]
    made = _groups(grave, _area) if grave else _groups(low, lambda alarm: alarm.row["cause"])
    made.sort(key=lambda group: (*_order(group.head)[:2], group.since, group.key))
    lines, beyond = made[: int(limits.flood_above) - 1], made[int(limits.flood_above) - 1 :]
    rest = [*(low if grave else ()), *(alarm for group in beyond for alarm in group.alarms)]
    return (*lines, *_groups(rest, lambda _: REST))


def _groups(found: Sequence[Alarm], key: Callable[[Alarm], str]) -> list[Group]:
    groups: defaultdict[str, list[Alarm]] = defaultdict(list)
    for alarm in found:
        groups[key(alarm)].append(alarm)
    return [Group(name, tuple(sorted(alarms, key=_order))) for name, alarms in groups.items()]


def _area(alarm: Alarm) -> str:
    """Its kecamatan; what lies in none by what explains it."""
    area = alarm.row["district"]
    return f"area/{area}" if area else str(alarm.row["cause"])


def _order(alarm: Alarm) -> tuple[int, int, float, int]:
    """The gravest first, of those what nobody has seen yet, of those the newest."""
    row = alarm.row
    seen = _LIFE.index(alarm.state)
    return PRIORITIES.index(row["priority"]), seen, -row["raised_at"].timestamp(), row["id"]

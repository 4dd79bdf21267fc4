"""How an alarm is said on the desk: how it stands, who took which step, and why a step makes no sense."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from layouts.findings.alarms import ACKNOWLEDGED, SHELVED, STATE_WORDS, UNSEEN, Alarm
from layouts.formats import clock, number, weekday
from layouts.panel import Row
from sensors.alarm import PRIORITIES
from sensors.alarm_life import ENDED, HOLDS, RESOLVED, REVIEWED, WITHDRAWN
from sensors.city import City

ENGINE = "engine"
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "raised": "muncul",
        "ended": "berakhir",
        "reopened": "muncul lagi",
        "withdrawn": "ditarik",
        "acknowledged": "diterima",
        "assigned": "diteruskan",
        "noted": "catatan",
        "shelved": "ditunda",
        "unshelved": "penundaan diakhiri",
        "resolved": "ditangani",
        "reviewed": "ditinjau",
        "escalated": "dinaikkan",
    }
)
OBJECTIONS: Mapping[str, str] = MappingProxyType(
    {
        WITHDRAWN: "alarm ini ditarik, data yang terlambat datang menunjukkan keadaannya tidak pernah terjadi",
        HOLDS: "keadaannya masih berlangsung",
        ENDED: "keadaannya sudah berakhir",
        RESOLVED: "sudah ditangani",
        REVIEWED: "sudah ditinjau",
        "unknown": "tidak ada alarm dengan nomor ini",
    }
)
ESCALATED = "escalated"
"""The step whose note is the position that has the alarm from then on."""
LATE = "tidak diterima pada waktunya"
"""Why it is taken."""
_DAY = timedelta(days=1)


def position(key: str | None, city: City) -> str:
    """Who took a step: a position on duty, the room itself, or the key of a position that the pack has no more."""
    if key == ENGINE:
        return "mesin alarm"
    known = city.duty.get(key or "")
    return known.name if known else (key or "tidak tercatat")


def step(row: Row, city: City) -> str:
    """A step as it is told: `diteruskan ke BPBD`, `ditunda sampai 15.00`."""
    words = STEPS.get(row["step"], str(row["step"]))
    if row["step"] == ESCALATED and row["note"]:
        return f"{words} ke {position(row['note'], city)}"
    agency = city.agencies.get(row["agency"] or "")
    if agency is not None:
        return f"{words} ke {agency.short}"
    return f"{words} sampai {clock(row['until'], city.zone)}" if row["until"] is not None else words


def note(row: Row) -> str:
    """What is written beside a step; of one that the engine takes by itself, why."""
    return LATE if row["step"] == ESCALATED else str(row["note"] or "")


def escalated(row: Row, city: City) -> str:
    """`sekali: tidak diterima dalam 5 menit, kini giliran Operator 2`; nothing where nobody was passed over."""
    times, limits = row["escalated"], city.alarm_limits
    patience = {PRIORITIES[0]: limits.escalate_high, PRIORITIES[1]: limits.escalate_medium}.get(row["priority"])
    if not times or patience is None:
        return ""
    said = "sekali" if times == 1 else f"{number(times)} kali"
    turn = f", kini giliran {list(city.duty.values())[times].name}" if times < len(city.duty) else ""
    return f"{said}: tidak diterima dalam {number(times * patience)} menit{turn}"


def state(alarm: Alarm, city: City) -> str:
    """How it stands: `diteruskan ke BPBD`, `ditunda sampai 15.00`."""
    row = alarm.row
    if alarm.state == SHELVED:
        return f"ditunda sampai {clock(row['shelved_until'], city.zone)}"
    given = city.agencies.get(row["assigned_to"] or "")
    if alarm.state == ACKNOWLEDGED and given:
        return f"diteruskan ke {given.short}"
    return STATE_WORDS[alarm.state]


def state_class(alarm: Alarm) -> str:
    """How its state looks: what nobody has seen stands out."""
    return "alarm-state unseen-yet" if alarm.state in UNSEEN else "alarm-state"


def flaps(row: Row) -> str:
    """`berulang 3 kali`; nothing for one that came once."""
    return f"berulang {number(row['flaps'])} kali" if row["flaps"] else ""


def at(when: datetime, now: datetime, city: City) -> str:
    """`14.05` within the last day, else with its day."""
    hour = clock(when, city.zone)
    return hour if timedelta() <= now - when < _DAY else f"{weekday(when, city.zone)} {hour}"

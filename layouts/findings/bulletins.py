"""What bulletins say on a screen: whose they are, how grave, where, from when to when, and which of them are news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from layouts.formats import clock, day, number, short
from layouts.panel import Context, Row, Rows
from sensors.city import City

RANKS: Mapping[str, int] = {"info": 0, "waspada": 1, "siaga": 2, "awas": 3}
"""The rank of a level in the room's colours."""
DAYS = 14
WITHOUT_END = timedelta(hours=24)
"""What says no end holds for a day, as `bulletins_now` has it."""
_ALL_DAY = timedelta(hours=20)
"""What lasts longer is told with its day."""
_APART = frozenset({"news", "epaper", "police", "weather", "quake"})
"""Kinds of channel whose words have a place of their own."""
_SIMULATED = "-simulasi"
"""How the channels end on which the virtual city speaks in another's form."""
_SOURCE, _WORDS = 40, 60


@dataclass(frozen=True, slots=True)
class WarningDay:
    """The warnings that came on one local day: how many, and the rank of the gravest."""

    day: date
    n: int
    rank: int


def meant(channel: str) -> str:
    """The channel of the pack that a simulated one stands for; any other is itself."""
    return channel.removesuffix(_SIMULATED)


def kind_of(channel: str, city: City) -> str:
    """What a channel brings by the pack; an unknown one brings notices."""
    known = city.channels.get(meant(channel))
    return known.kind if known else "notice"


def name_of(channel: str, city: City) -> str:
    """A channel's name by the pack, or its key."""
    known = city.channels.get(channel)
    return known.name if known else channel


def rank_of(row: Row) -> int:
    """0 for a notice, 1 to 3 for a warning."""
    return RANKS.get(row["severity"], 0)


def concerns_warnings(row: Row, city: City) -> bool:
    """Whether a bulletin belongs among the warnings: a grave one always, a notice unless it has its own place."""
    return rank_of(row) > 0 or kind_of(row["channel"], city) not in _APART


def heard_of_warnings(rows: Rows, city: City) -> list[Row]:
    """The newest bulletins of the channels that warn, newest first: whether they are alive."""
    last = [row for row in rows.get("bulletin_last", ()) if kind_of(row["channel"], city) not in _APART]
    return sorted(last, key=lambda row: row["received_at"], reverse=True)


def news_of(rows: Rows, city: City, kind: str) -> list[Row]:
    """The items of all channels of one kind, newest first."""
    found = [row for row in rows.get("news", ()) if kind_of(row["channel"], city) == kind]
    return sorted(found, key=lambda row: row["issued_at"], reverse=True)


def where(row: Row, city: City, most: int) -> str:
    """The kecamatan, so many by name; the sender's own words where none is known."""
    areas = row["areas"]
    if not areas:
        return short(row["area_words"], _WORDS)
    if any(city.region == code or city.region.startswith(f"{code}.") for code in areas):
        return f"Seluruh {city.name}"
    codes = dict.fromkeys(code[:8] for code in areas if code[:8] in city.districts)
    names = [city.districts[code].name for code in codes]
    more = f" +{number(len(names) - most)} kec." if len(names) > most else ""
    return ", ".join(names[:most]) + more


def span(row: Row, city: City) -> str:
    """`15.00–18.00 WIB`, or with days where it reaches further."""
    zone, word = city.zone, city.zone_word
    begins: datetime = row["onset_at"] or row["issued_at"]
    ends: datetime = row["expires_at"] or row["issued_at"] + WITHOUT_END
    same = ends - begins < _ALL_DAY
    end = clock(ends, zone) if same else f"{day(ends, zone)} {clock(ends, zone)}"
    return f"{clock(begins, zone)}–{end} {word}" if same and ends > begins else f"s.d. {end} {word}"


def source(row: Row, city: City) -> str:
    """The credit that BMKG asks for, and every other source is owed."""
    known = city.channels.get(row["channel"])
    credit = row.get("source") or (known.credit if known else row["channel"])
    return f"Sumber: {short(credit, _SOURCE)}"


def warning_days(rows: Rows, context: Context) -> tuple[WarningDay, ...]:
    """The last 14 local days, today last."""
    counts: dict[date, int] = defaultdict(int)
    ranks: dict[date, int] = defaultdict(int)
    for row in rows.get("bulletin_days", ()):
        counts[row["day"]] += int(row["n"])
        ranks[row["day"]] = max(ranks[row["day"]], rank_of(row))
    today = context.city.calendar.local_day(context.now)
    days = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(WarningDay(each, counts[each], ranks[each]) for each in days)


def in_slots(rows: Sequence[Row], most: int) -> list[Row | None]:
    """The first rows, and None for every place that stays free."""
    return [rows[slot] if slot < len(rows) else None for slot in range(most)]

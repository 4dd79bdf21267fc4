"""An answer of the explorer with all that is told beside it, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.analysis.asked import Asked
from layouts import links
from layouts.findings.alarms import PRIORITY_WORDS
from layouts.findings.explored import Answer, change
from layouts.formats import day, number, percent, rupiah
from layouts.panel import Row
from sensors.city import City
from sensors.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, the one it is compared with, a page of its rows, and the addresses that lead on.

    `question` is what the address says; `sql` answers the same; `following` is the address of the next page of rows.
    Of a document nobody asks for rows.
    """

    answer: Answer
    other: Answer | None
    rows: Sequence[Row]
    question: Mapping[str, str]
    sql: str
    rows_sql: str
    following: str
    city: City


def what(told: Told) -> str:
    """What the question is about."""
    asked, city = told.answer.asked, told.city
    if asked.stream.key == "readings":
        return KINDS[asked.one("kind") or ""].name
    if asked.stream.key == "prices":
        key = asked.one("commodity") or ""
        return city.commodities[key].name if key in city.commodities else key
    return "Kasus baru" if asked.stream.key == "cases" else "Alarm yang mulai"


def where(told: Told) -> list[str]:
    """What else its filters chose, by name: devices and markets, kecamatan, agency, service and category, priority."""
    asked, known = told.answer.asked, names_of(told.city)
    subject = {"readings": "kind", "prices": "commodity"}.get(asked.stream.key)
    said = dict(asked.filters)
    return [
        _BEFORE.get(name, "") + known[name].get(key, key)
        for name in asked.stream.filters
        for key in said.get(name, ())
        if name != subject
    ]


def counted(told: Told) -> str:
    """What its rows are."""
    return {"readings": "bacaan", "prices": "laporan harga", "cases": "kasus", "alarms": "alarm"}[
        told.answer.asked.stream.key
    ]


def unit(told: Told) -> str:
    """The unit of its figure, and how it is made."""
    asked = told.answer.asked
    if asked.stream.key == "readings":
        kind = KINDS[asked.one("kind") or ""]
        return f"{kind.unit}, {'jumlah' if asked.adds_up else 'rata-rata'}"
    if asked.stream.key == "prices":
        goods = told.city.commodities.get(asked.one("commodity") or "")
        return f"per {goods.unit}, rata-rata" if goods else "rata-rata"
    return counted(told)


def value(told: Told, value: float | None) -> str:
    """A figure of the answer as written."""
    asked = told.answer.asked
    if asked.stream.key == "prices":
        return rupiah(value)
    kind = KINDS.get(asked.one("kind") or "") if asked.stream.key == "readings" else None
    return number(value, kind.decimals if kind else 0)


def written(told: Told, value_: float | None) -> str:
    """A figure of the answer with its unit, for a sentence: `12,9 µg/m³`, `Rp13.500`, `7 kasus`."""
    asked, found = told.answer.asked, value(told, value_)
    if asked.stream.key == "readings":
        return f"{found} {KINDS[asked.one('kind') or ''].unit}"
    return found if asked.stream.measured else f"{found} {counted(told)}"


def date(at: datetime, city: City) -> str:
    """`21 Nov 2026` in the city."""
    return f"{day(at, city.zone)} {at.astimezone(city.zone).year}"


def whom(told: Told, other: Answer) -> str:
    """The other district or the other time that an answer is compared with."""
    asked = other.asked
    place = asked.one("district")
    if place and place != told.answer.asked.one("district"):
        return told.city.districts[place].name
    return days(asked, told.city)


def compared(told: Told, other: Answer) -> str:
    """How the other answer stands, and by how much this one differs."""
    by = change(told.answer, other)
    less = "" if by is None else f": {percent(by, 1, sign=True)}"
    return f"dibanding {whom(told, other)}, {value(told, other.whole.value)}{less}"


def days(asked: Asked, city: City) -> str:
    """Its days: `19 Nov 2026 – 21 Nov 2026`, or the only one."""
    first, last = (date(at, city) for at in (asked.since, asked.until - timedelta(seconds=1)))
    return first if first == last else f"{first} – {last}"


def address(told: Told, path: str, **more: str) -> str:
    """An address below which the same is asked: its days and filters, and what is said beside them."""
    taken = ("from", "to", *told.answer.asked.stream.filters)
    said = {name: value for name, value in told.question.items() if name in taken}
    return links.with_choices(path, **said, **more)


def export(told: Told, form: str, step: str = "") -> str:
    """The address of a file of its rows, or of the sums of its steps."""
    return address(told, f"{links.EXPORT}/{told.answer.asked.stream.key}.{form}", step=step)


def summary(told: Told) -> str:
    """The address under which the interface tells the same."""
    asked = told.answer.asked
    return address(told, f"{links.SUMMARY}/{asked.stream.key}", step=asked.step or "day")


def asking(told: Told, path: str = links.EXPLORER) -> str:
    """The address of the whole question, on its page or as a document, with what it is compared with."""
    asked = told.answer.asked
    beside = {name: told.question.get(name, "") for name in ("versus", "other")}
    return address(told, path, stream=asked.stream.key, step=asked.step or "day", **beside)


def names_of(city: City) -> dict[str, Mapping[str, str]]:
    """By column, what the pack calls its keys. Keys of statuses and categories mean the same in every service."""
    services = city.services.values()
    return {
        "device": {key: each.name for key, each in city.devices.items()},
        "kind": {key: each.name for key, each in KINDS.items()},
        "market": {key: each.name for key, each in city.markets.items()},
        "commodity": {key: each.name for key, each in city.commodities.items()},
        "district": {key: each.name for key, each in city.districts.items()},
        "subdistrict": {key: each.name for key, each in city.subdistricts.items()},
        "agency": {key: each.short for key, each in city.agencies.items()},
        "service": {key: each.name for key, each in city.services.items()},
        "status": {key: each.name for service in services for key, each in service.statuses.items()},
        "category": {key: each.name for service in services for key, each in service.categories.items()},
        "priority": PRIORITY_WORDS,
    }


_BEFORE = {"district": "Kecamatan ", "priority": "prioritas "}
"""What stands before the name of a filter's word where the name alone says too little."""

"""What a deed came to, in one line: done, done before and by whom, or refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from layouts import alarm_words
from layouts.formats import clock, number
from sensors.alarm_life import ALREADY, Deed
from sensors.city import City

_CANNOT = {
    "acknowledged": "diterima", "assigned": "diteruskan", "noted": "dicatati", "shelved": "ditunda",
    "unshelved": "diakhiri penundaannya", "resolved": "dinyatakan ditangani", "reviewed": "dinyatakan ditinjau",
}  # fmt: skip


class Taken(Protocol):
    """What became of a deed at one alarm (`data.alarm_steps`)."""

    @property
    def id(self) -> int:
        """The alarm."""

    @property
    def objection(self) -> str | None:
        """None where it was done."""

    @property
    def actor(self) -> str | None:
        """Who had done it before."""

    @property
    def at(self) -> datetime | None:
        """When."""


def outcome(deed: Deed, taken: Sequence[Taken], city: City) -> str:
    """One line for one alarm or for many."""
    if len(taken) == 1:
        return _one(deed, taken[0], city)
    done = sum(each.objection is None for each in taken)
    before = sum(each.objection == ALREADY for each in taken)
    words = _done(deed, city)
    said = [f"{words[0].upper()}{words[1:]}: {number(done)} alarm"]
    said += [f"sudah sebelumnya: {number(before)}"] * bool(before)
    refused = len(taken) - done - before
    said += [f"tidak dapat: {number(refused)}"] * bool(refused)
    return "; ".join(said)


def _one(deed: Deed, taken: Taken, city: City) -> str:
    if taken.objection is None:
        return f"Alarm {taken.id}: {_done(deed, city)}"
    if taken.objection != ALREADY:
        return f"Alarm {taken.id} tidak dapat {_CANNOT[deed.step]}: {alarm_words.OBJECTIONS[taken.objection]}"
    who = f" oleh {alarm_words.position(taken.actor, city)}" if taken.actor else ""
    when = f" pukul {clock(taken.at, city.zone)}" if taken.at else ""
    return f"Alarm {taken.id} sudah {alarm_words.STEPS[deed.step]}{who}{when}: tidak ada yang berubah"


def _done(deed: Deed, city: City) -> str:
    words = "catatan disimpan" if deed.step == "noted" else alarm_words.STEPS[deed.step]
    if deed.agency is not None:
        return f"{words} ke {city.agencies[deed.agency].short}"
    return f"{words} sampai {clock(deed.until, city.zone)}" if deed.until is not None else words

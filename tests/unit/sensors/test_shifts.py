"""Whose turn it is at any moment: over midnight, over a change of plan, and where a pack names no shifts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sensors.city import CityError
from sensors.handover import ALREADY, OWN, objection
from sensors.pack.shifts import Shift, read_shifts
from sensors.shifts import WHOLE_DAY, turn_at
from tests.pack import CITY

WIB = ZoneInfo("Asia/Jakarta")
HEAD = "key,name,begins,valid_from,source,sample\n"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


def shift(key: str, hour: int, since: date = date(2026, 11, 1)) -> Shift:
    return Shift(key, key, time(hour), since, "contoh", sample=True)


@pytest.mark.parametrize(
    ("moment", "key", "begins", "ends"),
    [
        (at(29, 7), "pagi", at(29, 7), at(29, 15)),
        (at(29, 14, 59), "pagi", at(29, 7), at(29, 15)),
        (at(29, 15), "siang", at(29, 15), at(29, 23)),
        (at(29, 23), "malam", at(29, 23), at(30, 7)),
        (at(30, 0, 30), "malam", at(29, 23), at(30, 7)),
    ],
)
def test_a_shift_lasts_until_the_next_one_begins(moment: datetime, key: str, begins: datetime, ends: datetime) -> None:
    turn = turn_at(CITY.shifts, WIB, moment)
    assert (turn.shift.key, turn.begins_at, turn.ends_at) == (key, begins, ends)
    assert turn_at(CITY.shifts, WIB, turn.ends_at).begins_at == turn.ends_at


def test_every_minute_of_two_days_belongs_to_one_turn() -> None:
    moment = at(28, 0)
    while moment < at(30, 0):
        turn = turn_at(CITY.shifts, WIB, moment)
        assert turn.begins_at <= moment < turn.ends_at
        moment += timedelta(minutes=7)


def test_a_new_plan_holds_from_its_day_on_and_the_last_turn_of_the_old_one_ends_there() -> None:
    plans = [shift("pagi", 7), shift("malam", 19), shift("satu", 0, date(2026, 11, 30))]
    assert turn_at(plans, WIB, at(29, 20)).ends_at == at(30, 0)
    assert turn_at(plans, WIB, at(30, 8)).shift.key == "satu"
    assert turn_at(plans, WIB, datetime(2026, 10, 1, 8, tzinfo=WIB)).shift.key == "pagi"


def test_without_shifts_a_turn_is_a_day() -> None:
    turn = turn_at((), WIB, at(29, 12))
    assert (turn.shift, turn.begins_at, turn.ends_at) == (WHOLE_DAY, at(29, 0), at(30, 0))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("pagi,Pagi,7:00,2026-11-01,x,true\n", "a time of day like 07:00"),
        ("pagi,Pagi,07:00,2026-11-01,x,true\npagi,Pagi,15:00,2026-11-01,x,true\n", "no other shift of its plan"),
        ("siang,Siang,15:00,2026-11-01,x,true\npagi,Pagi,07:00,2026-11-01,x,true\n", "a time after 15:00"),
    ],
)
def test_a_wrong_plan_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    (tmp_path / "shifts.csv").write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(CityError, match=expected):
        read_shifts(tmp_path / "shifts.csv")


def test_a_note_is_accepted_by_another_position_or_by_a_later_turn_of_the_same() -> None:
    note = {"written_by": "operator-1", "accepted_at": None, "shift_ends_at": at(29, 15)}
    assert objection(note, "operator-1", at(29, 14)) == OWN
    assert objection(note, "operator-2", at(29, 14)) is None
    assert objection(note, "operator-1", at(29, 15)) is None
    assert objection(note | {"accepted_at": at(29, 15)}, "operator-2", at(29, 16)) == ALREADY

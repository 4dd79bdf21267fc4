"""What a deed came to is one line, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from data.alarm_steps import Taken
from layouts import html
from layouts.alarm_outcome import outcome
from layouts.alarm_words import OBJECTIONS
from sensors.alarm_life import ALREADY, STEPS, Deed
from sensors.city import City
from tests.english import ENGLISH, unsaid
from tests.unit.layouts.rows import NOW

SAYS: dict[str, dict[str, Any]] = {
    "assigned": {"agency": "dpupr"}, "noted": {"note": "x"}, "shelved": {"until": NOW + timedelta(hours=1)},
}  # fmt: skip


def deed(step: str) -> Deed:
    return Deed(step, (12,), "operator-1", NOW, **SAYS.get(step, {}))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("why", [None, ALREADY, *OBJECTIONS])
def test_every_outcome_is_one_line_that_english_says(city: City, step: str, why: str | None) -> None:
    one = Taken(12, why, "operator-2", NOW)
    for found in ((one,), (one, Taken(13, None), Taken(14, ALREADY), Taken(15, "unknown"))):
        said = outcome(deed(step), found, city)
        assert said
        assert "\n" not in said
        assert unsaid(html.P(said), {}) == []


def test_the_second_operator_reads_who_was_first(city: City) -> None:
    said = outcome(deed("acknowledged"), (Taken(12, ALREADY, "operator-2", NOW),), city)
    assert said == "Alarm 12 sudah diterima oleh Operator 2 pukul 14.00: tidak ada yang berubah"
    assert ENGLISH.say(said) == "Alarm 12: already acknowledged by Operator 2 at 14:00: nothing changed"


def test_many_are_counted(city: City) -> None:
    found = [*(Taken(n, None) for n in range(3)), Taken(4, ALREADY), Taken(5, "withdrawn")]
    said = outcome(deed("assigned"), found, city)
    assert said == "Diteruskan ke DPUPR: 3 alarm; sudah sebelumnya: 1; tidak dapat: 1"

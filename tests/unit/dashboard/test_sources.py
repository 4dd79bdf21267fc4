"""Every question of the store rests on a stream, and only on those whose tables it reads."""

from __future__ import annotations

import pytest

from dashboard.sources import streams_of
from data.listener import STREAMS
from data.queries import questions


def test_there_are_questions() -> None:
    assert questions()


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_rests_on_streams_that_exist(name: str) -> None:
    assert streams_of(name)
    assert streams_of(name) <= STREAMS


@pytest.mark.parametrize(
    ("name", "streams"),
    [
        ("latest_readings", {"readings"}),
        ("gauge_trend", {"readings"}),
        ("price_board", {"prices"}),
        ("recent_cases", {"cases"}),
        ("components", {"components"}),
        ("feeds", STREAMS),
        ("no such question", STREAMS),
    ],
)
def test_a_question_rests_on_the_tables_it_names(name: str, streams: frozenset[str]) -> None:
    assert streams_of(name) == streams

"""Hysteresis and delays against a definition that looks at every second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.alarm import Episode, Source
from sensors.latch import Bounds, Latch

T0 = datetime(2026, 11, 21, tzinfo=UTC)
SOURCE = Source("d/water_level", "Pos", "d")
END = 200


def at(second: float) -> datetime:
    return T0 + timedelta(seconds=second)


def bounds(on: int = 0, off: int = 0, *, above: bool = True, clear: float = 8.0) -> Bounds:
    return Bounds(10, clear if above else 12, above, timedelta(seconds=on), timedelta(seconds=off))


def found(told: Bounds, readings: Sequence[tuple[int, float]], end: int = END) -> list[tuple[float, float | None]]:
    latch = Latch(SOURCE, told)
    for second, value in readings:
        latch.take(at(second), value)
    latch.advance(at(end))
    return spans(latch.episodes())


def spans(episodes: Sequence[Episode]) -> list[tuple[float, float | None]]:
    return [
        ((each.began - T0).total_seconds(), None if each.ended is None else (each.ended - T0).total_seconds())
        for each in episodes
    ]


def by_seconds(  # noqa: C901, PLR0912 - a definition, not a design
    told: Bounds, readings: Sequence[tuple[int, float]]
) -> list[tuple[float, float | None]]:
    """The same by a walk over every second, as the docstring of the module defines it."""
    values = dict(readings)
    value: float | None = None
    since_reached = since_cleared = began = None
    result: list[tuple[float, float | None]] = []
    for second in range(END + 1):
        # What time brings comes before what a reading of the same instant says.
        if began is None and since_reached is not None and second - since_reached >= told.on_delay.total_seconds():
            began, since_reached, since_cleared = second, None, None
        elif (
            began is not None and since_cleared is not None and second - since_cleared >= told.off_delay.total_seconds()
        ):
            result.append((began, second))
            began = since_cleared = None
        value = values.get(second)
        if value is None:
            continue
        if began is None:
            if not told.reached(value):
                since_reached = None
            elif since_reached is None:
                since_reached = second
                if not told.on_delay:
                    began, since_reached, since_cleared = second, None, None
        elif told.cleared(value):
            if since_cleared is None:
                since_cleared = second
                if not told.off_delay:
                    result.append((began, second))
                    began = since_cleared = None
        elif told.reached(value):
            since_cleared = None
    if began is not None:
        result.append((began, None))
    return result


def test_it_begins_at_the_bound_and_ends_beyond_the_clearing_one() -> None:
    readings = [(0, 9), (10, 10), (20, 9), (30, 8), (40, 7.9), (50, 10)]
    assert found(bounds(), readings) == [(10, 40), (50, None)]


def test_it_begins_after_the_on_delay_by_time_alone() -> None:
    assert found(bounds(on=30), [(0, 12)]) == [(30, None)]
    assert found(bounds(on=30), [(0, 12), (29, 9)]) == []
    assert found(bounds(on=30), [(0, 12), (30, 7)]) == [(30, 30)]


def test_it_ends_after_the_off_delay_unless_the_bound_is_reached_again() -> None:
    assert found(bounds(off=30), [(0, 12), (10, 5)]) == [(0, 40)]
    assert found(bounds(off=30), [(0, 12), (10, 5), (39, 10), (50, 5)]) == [(0, 80)]


def test_what_falls_below_is_judged_the_other_way_round() -> None:
    assert found(bounds(above=False), [(0, 11), (10, 10), (20, 12), (30, 12.1)]) == [(10, 30)]


def test_the_worst_is_kept() -> None:
    latch = Latch(SOURCE, bounds())
    for second, value in enumerate((10, 14, 12)):
        latch.take(at(second), value)
    [episode] = latch.episodes()
    assert (episode.value, episode.worst, episode.bound) == (10, 14, 10)


def test_work_on_the_device_ends_what_held_and_what_was_about_to() -> None:
    for told, readings, ended in ((bounds(), [(0, 12)], [(0, 20)]), (bounds(on=30), [(0, 12)], [])):
        latch = Latch(SOURCE, told)
        for second, value in readings:
            latch.take(at(second), value)
        latch.stop(at(20))
        latch.advance(at(END))
        assert spans(latch.episodes()) == ended


@pytest.mark.parametrize("value", [None, 11.0])
def test_it_goes_on_from_an_open_alarm(value: float | None) -> None:
    latch = Latch(SOURCE, bounds(off=10))
    latch.resume(at(-100), value, value)
    latch.take(at(0), 5)
    latch.advance(at(END))
    assert spans(latch.episodes()) == [(-100, 10)]


histories = st.lists(
    st.tuples(st.integers(0, END - 1), st.sampled_from([5.0, 7.9, 8.0, 9.0, 9.9, 10.0, 11.0, 12.0, 12.1])),
    max_size=30,
    unique_by=lambda told: told[0],
).map(sorted)


@given(histories, st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_it_agrees_with_a_walk_over_every_second(
    readings: list[tuple[int, float]], on: int, off: int, above: bool
) -> None:
    told = bounds(on, off, above=above)
    assert found(told, readings) == by_seconds(told, readings)


@given(histories, st.integers(0, 40), st.integers(0, 40), st.lists(st.integers(0, END), max_size=5))
def test_looking_in_between_changes_nothing(
    readings: list[tuple[int, float]], on: int, off: int, looks: list[int]
) -> None:
    latch = Latch(SOURCE, bounds(on, off))
    for second, value in readings:
        for look in sorted(looks):
            if look <= second:
                latch.advance(at(look))
        latch.take(at(second), value)
    latch.advance(at(END))
    assert spans(latch.episodes()) == found(bounds(on, off), readings)

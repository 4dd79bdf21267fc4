"""What waits for a replica: in order, whole, bounded, and never passed on before its time."""

from __future__ import annotations

import pytest

from data import replay
from data.replay import PATIENCE_SECONDS, PROBE_SECONDS, Backlog


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(replay, "monotonic", made)
    return made


@pytest.fixture
def backlog(clock: Clock) -> Backlog:
    return Backlog(_fed=clock())


def test_a_notice_goes_when_the_replica_has_it_and_not_before(backlog: Backlog) -> None:
    backlog.hold(10, {"readings"})
    backlog.hold(20, {"cases", "readings"})
    backlog.hold(30, {"prices"})
    assert backlog.release(9) == frozenset()
    assert backlog.release(20) == {"readings", "cases"}
    assert backlog.release(29) == frozenset()
    assert backlog.release(30) == {"prices"}


def test_a_long_backlog_keeps_every_stream_and_none_goes_too_early(backlog: Backlog) -> None:
    names = [f"stream-{number}" for number in range(1000)]
    for number, name in enumerate(names):
        backlog.hold(number, {name})
    assert len(backlog._held) <= replay._MOST
    gone = backlog.release(998)
    assert gone == set(names[: len(gone)]), "what shares a place goes with the last that shares it"
    assert gone | backlog.release(999) == set(names)


def test_only_what_waits_for_long_is_behind(backlog: Backlog, clock: Clock) -> None:
    assert backlog.behind(3600) == 0, "nothing waits: a primary that is idle is not a replica that lags"
    backlog.hold(10, ())
    clock.now += PATIENCE_SECONDS / 2
    assert backlog.behind(3600) == 0
    clock.now += PATIENCE_SECONDS
    assert backlog.behind(3600.5) == 3600, "it was behind before anybody listened"
    clock.now += 8
    assert backlog.behind(0) == 9, "whatever its clock says"
    backlog.release(10)
    assert backlog.behind(3600) == 0


def test_the_replica_is_looked_at_ever_more_rarely_and_never_left_alone(backlog: Backlog, clock: Clock) -> None:
    backlog.hold(10, {"readings"})
    pauses = []
    for _ in range(200):
        pauses.append(backlog.pause())
        clock.now += pauses[-1]
    assert (pauses[0], pauses[-1]) == (0.002, 0.05)
    assert pauses == sorted(pauses)


def test_silence_is_compared_too(backlog: Backlog, clock: Clock) -> None:
    assert (backlog.pause(), backlog.is_silent()) == (PROBE_SECONDS, False)
    clock.now += PROBE_SECONDS
    assert backlog.is_silent()
    backlog.hold(10, ())
    assert not backlog.is_silent()

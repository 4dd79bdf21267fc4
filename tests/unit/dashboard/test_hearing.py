"""Whether the room hears, and how far behind it is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dashboard import hearing
from dashboard.hearing import BEHIND_AFTER, DEAF_AFTER, Hearing


@dataclass(frozen=True)
class Said:
    """What a listener says."""

    connected: bool = True
    behind: int = 0
    streams: frozenset[str] = frozenset()
    gap: bool = False


def test_it_is_deaf_only_after_a_while_without_a_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(hearing, "monotonic", lambda: now)
    found = Hearing()
    now += 60
    assert not found.deaf, "nobody has tried yet"
    found.begin()
    now += DEAF_AFTER + 0.1
    assert (found.listening, found.deaf) == (False, True)
    found.note(Said())
    assert (found.listening, found.deaf) == (True, False)
    now += 60
    for _ in range(4):  # each try that fails is said, and none of them begins the wait anew
        found.note(Said(connected=False))
        assert not found.deaf
        now += DEAF_AFTER / 4
    now += 0.1
    assert found.deaf


def test_a_lag_is_told_from_some_seconds_on_until_it_is_over() -> None:
    found = Hearing()
    for lag, told in ((1, 0), (BEHIND_AFTER, 0), (BEHIND_AFTER + 1, BEHIND_AFTER + 1), (0, 0)):
        found.note(Said(behind=lag))
        assert found.behind == told

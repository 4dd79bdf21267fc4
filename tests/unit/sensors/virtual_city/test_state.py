"""Progress is remembered between starts, and anything unusable means a fresh start."""

from __future__ import annotations

from pathlib import Path

import pytest

from sensors.virtual_city.state import FILE, Memory, recall, remember

MEMORY = Memory(seed=7, scenario="rain", begins=90.0, opened_after=10.0, since=50.0, until=100.0)


def test_what_is_remembered_is_recalled(tmp_path: Path) -> None:
    remember(tmp_path / "new", MEMORY)
    assert recall(tmp_path / "new", 7) == MEMORY
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]


def test_another_seed_has_no_past(tmp_path: Path) -> None:
    remember(tmp_path, MEMORY)
    assert recall(tmp_path, 8) is None


@pytest.mark.parametrize("left", [b"", b"{", b'{"seed": 7}', b'{"seed":"7"}', b"\x00\xff"])
def test_a_broken_file_has_no_past(tmp_path: Path, left: bytes) -> None:
    (tmp_path / FILE).write_bytes(left)
    assert recall(tmp_path, 7) is None


def test_memory_only_grows() -> None:
    assert (MEMORY.back_to(20).since, MEMORY.back_to(60).since) == (20, 50)
    assert (MEMORY.up_to(120).until, MEMORY.up_to(60).until) == (120, 100)


def test_prices_may_reach_further_back_than_readings(tmp_path: Path) -> None:
    assert MEMORY.oldest_prices == 50
    further = MEMORY.prices_back_to(-10)
    assert (further.oldest_prices, further.since, further.prices_back_to(20).oldest_prices) == (-10, 50, -10)
    assert MEMORY.prices_back_to(50).back_to(20).oldest_prices == 20
    remember(tmp_path, further)
    assert recall(tmp_path, 7) == further


def test_a_file_of_before_prices_had_their_own_span_is_recalled(tmp_path: Path) -> None:
    old = b'{"seed":7,"scenario":"rain","begins":90.0,"opened_after":10.0,"since":50.0,"until":100.0}'
    (tmp_path / FILE).write_bytes(old)
    assert recall(tmp_path, 7) == MEMORY

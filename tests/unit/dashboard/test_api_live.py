"""A client of the stream of readings: it gets what it asked for, and the newest of it however late it comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dashboard.api.filters import LiveFilters
from dashboard.api.items import ReadingItem
from dashboard.api.live import Client

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def item(device: str, kind: str, value: float) -> ReadingItem:
    at = NOW + timedelta(seconds=value)
    return ReadingItem(device=device, kind=kind, value=value, unit="", observed_at=at, doubts=[])


def client(**filters: str) -> Client:
    return Client(LiveFilters.model_validate(filters))


def test_a_slow_client_holds_one_reading_a_series() -> None:
    slow = client()
    for value in range(1000):
        slow.offer(item("air-1", "pm25", value))
        slow.offer(item("air-1", "noise", -value))
    assert [(found.kind, found.value) for found in slow.take()] == [("pm25", 999), ("noise", -999)]
    assert slow.take() == ()
    assert not slow.news.is_set()


def test_a_client_is_woken_only_by_what_it_wants() -> None:
    picky = client(kind="noise", device="air-1")
    picky.offer(item("air-1", "pm25", 1))
    picky.offer(item("air-2", "noise", 1))
    assert not picky.news.is_set()
    picky.offer(item("air-1", "noise", 1))
    assert picky.news.is_set()
    assert len(picky.take()) == 1

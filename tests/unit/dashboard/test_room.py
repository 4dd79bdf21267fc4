"""What the room says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.room import Room, room_state

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)


def state(**given: object) -> Room:
    usual: dict[str, Any] = {
        "database": True, "components": [worker()], "statuses": [], "feeds": [], "simulating": False, "now": NOW,
    }  # fmt: skip
    return room_state(**(usual | given))


def worker(seconds: float = 1, broker: str = "connected") -> dict[str, Any]:
    return {
        "name": "ingest",
        "instance": "ingest-0",
        "beat_at": NOW - timedelta(seconds=seconds),
        "state": {"broker": broker},
    }


def test_a_room_where_all_is_connected_has_no_reason_against_it() -> None:
    assert state().reasons == ()


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"database": False}, ("database",)),
        ({"components": []}, ("ingest",)),
        ({"components": [worker(seconds=60)]}, ("ingest",)),
        ({"components": [worker(broker="away")]}, ("broker",)),
        ({"components": [{**worker(), "name": "maintenance"}]}, ("ingest",)),
        ({"behind": 12}, ("replica",)),
        ({"deaf": True}, ("database",)),
        ({"database": False, "deaf": True, "behind": 12}, ("database",)),
    ],
)
def test_each_thing_that_is_away_is_named(given: dict[str, Any], reasons: tuple[str, ...]) -> None:
    assert state(**given).reasons == reasons


@pytest.mark.parametrize("given", [{"behind": 12}, {"deaf": True}, {"database": False}])
def test_rows_that_are_old_say_nothing_of_who_is_there_now(given: dict[str, Any]) -> None:
    for components in ([worker(seconds=60)], [worker(broker="away")]):
        found = state(components=components, **given)
        assert (found.ingest, found.broker) == ("unknown", "unknown")
        assert not {"ingest", "broker"} & set(found.reasons)


def test_the_lag_is_told_where_it_is_the_reason() -> None:
    assert state(behind=12).behind == 12
    assert state(behind=12, database=False).behind == 0


def test_one_worker_that_is_connected_is_enough() -> None:
    assert state(components=[worker(broker="away"), worker()]).reasons == ()


def test_the_virtual_city_is_named_as_long_as_pictures_rest_on_it() -> None:
    online = {"device": "virtual-city", "status": "online", "status_at": NOW}
    gone = {"device": "virtual-city", "status": "offline", "status_at": NOW - timedelta(hours=1)}
    long_gone = {**gone, "status_at": NOW - timedelta(hours=25)}
    assert state().simulated is False
    assert state(simulating=True).simulated is True
    assert state(statuses=[online]).simulated_until is None
    assert state(statuses=[gone]).simulated_until == gone["status_at"].isoformat()
    assert state(statuses=[long_gone]).simulated is False


def test_the_oldest_feed_is_named_with_its_time() -> None:
    feeds = [
        {"stream": "readings", "last_received_at": NOW},
        {"stream": "prices", "last_received_at": NOW - timedelta(hours=3)},
        {"stream": "cases", "last_received_at": None},
        {"stream": "rejected", "last_received_at": NOW - timedelta(days=3)},
    ]
    found = state(feeds=feeds)
    assert (found.oldest_feed, found.oldest_at) == ("prices", (NOW - timedelta(hours=3)).isoformat())

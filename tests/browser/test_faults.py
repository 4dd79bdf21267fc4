"""A part of the room goes away under an open wall: the wall says so, keeps its numbers, and heals by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.browser.conftest import AWAY_MS, BACK_WITHIN, TOLD_WITHIN, Wall

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
LEVEL = '[data-panel="rivers"] [data-reading="gauge-pintu-air-10/water_level"]'


def report(wall: Wall, level: float) -> None:
    body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"water_level": level}}
    wall.publish("readings/gauge-pintu-air-10", body)


def breaks(wall: Wall, why: str, stop: Callable[[], None], start: Callable[[], None], away_ms: float = 0) -> None:
    """Stop something, see the wall say why, start it a while later, see the wall come back."""
    stop()
    try:
        wall.shows(f'#room[data-room="stale"][data-why~="{why}"]', TOLD_WITHIN if why == "silent" else BACK_WITHIN)
        assert wall.text("#banner") != ""
        wall.page.wait_for_timeout(away_ms)
        wall.shows(f'#room[data-room="stale"][data-why~="{why}"]')
    finally:
        start()
    wall.shows('#room[data-room="live"]', BACK_WITHIN)
    assert wall.page.locator("#banner").is_hidden()


def test_the_web_server_is_killed_for_a_minute_and_comes_back_with_the_values_of_now(wall: Wall) -> None:
    report(wall, 100)
    wall.shows(f'{LEVEL}[data-value="100"]')

    def stop() -> None:
        wall.room.kill("dashboard")
        report(wall, 177)

    breaks(wall, "silent", stop, lambda: wall.room.begin("dashboard"), AWAY_MS)
    wall.shows(f'{LEVEL}[data-value="177"]')
    report(wall, 178)
    wall.shows(f'{LEVEL}[data-value="178"]')
    # Dash's own callbacks too work at once after a restart, in the page that was open.
    wall.page.get_by_role("link", name="Hujan 1 jam").click()
    wall.shows('#room[data-live*="measure=hujan"]')


def test_a_frozen_web_server_is_noticed_although_its_connection_stands(wall: Wall) -> None:
    pid = wall.room.pid("dashboard")
    breaks(wall, "silent", lambda: os.kill(pid, signal.SIGSTOP), lambda: os.kill(pid, signal.SIGCONT))


def test_the_database_goes_and_comes_back(wall: Wall) -> None:
    report(wall, 120)
    wall.shows(f'{LEVEL}[data-value="120"]')
    breaks(wall, "database", wall.room.postgres.kill, wall.room.postgres.start)
    report(wall, 121)
    wall.shows(f'{LEVEL}[data-value="121"]', BACK_WITHIN)


def test_the_broker_goes_and_comes_back(wall: Wall) -> None:
    breaks(wall, "broker", wall.room.broker.stop, wall.room.broker.start)
    report(wall, 131)
    wall.shows(f'{LEVEL}[data-value="131"]', BACK_WITHIN)


def test_a_worker_that_dies_is_named(wall: Wall) -> None:
    breaks(wall, "ingest", lambda: wall.room.kill("ingest"), lambda: wall.room.begin("ingest"))
    report(wall, 141)
    wall.shows(f'{LEVEL}[data-value="141"]', BACK_WITHIN)


def test_values_stay_in_sight_while_the_room_is_away(wall: Wall) -> None:
    report(wall, 151)
    wall.shows(f'{LEVEL}[data-value="151"]')

    def stop() -> None:
        wall.room.kill("dashboard")
        wall.shows('#room[data-room="stale"]')
        assert wall.page.locator(LEVEL).get_attribute("data-value") == "151"

    breaks(wall, "silent", stop, lambda: wall.room.begin("dashboard"))

"""What devices publish appears on an open wall, marked as the contract says."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from itertools import count

import pytest

from tests.browser.conftest import SHOWN_WITHIN, Wall

pytestmark = pytest.mark.browser
_numbers = count(1)
COUNT_STREAMS = """() => {
  window.streams = [];
  window.EventSource = class extends EventSource {
    constructor(address) { super(address); window.streams.push(address); }
  };
}"""


def now() -> str:
    return datetime.now(UTC).isoformat()


def test_a_reading_a_price_and_a_complaint_change_their_marks(wall: Wall) -> None:
    value, price, case = 30 + next(_numbers) / 10, 13000 + next(_numbers) * 100, f"LAKSA-2026-{next(_numbers):06}"
    wall.publish("readings/air-tanah-tinggi", {"observed_at": now(), "values": {"pm25": value, "pm10": 61}})
    wall.shows(f'[data-panel="air"] [data-reading="air-tanah-tinggi/pm25"][data-value="{value}"]')
    item = {"commodity": "beras-medium", "price": price, "unit": "kg"}
    wall.publish("prices/pasar-anyar", {"observed_at": now(), "prices": [item]})
    wall.shows(f'[data-panel="prices"] [data-price="pasar-anyar/beras-medium"][data-value="{price}"]')
    event = {
        "case_id": case, "status": "menunggu", "at": now(), "category": "pju", "subdistrict": "36.71.07.1004",
        "lat": -6.19, "lon": 106.61, "agency": "dishub", "priority": "normal", "channel": "app",
        "summary": "Lampu jalan padam",
    }  # fmt: skip
    wall.publish("cases/laksa", event)
    wall.shows(f'[data-case="laksa/{case}"][data-status="menunggu"]')
    wall.publish("cases/laksa", {**event, "status": "proses", "at": now()})
    wall.shows(f'[data-case="laksa/{case}"][data-status="proses"]')
    assert wall.complaints == []


def test_a_device_nobody_placed_is_shown_as_well(wall: Wall) -> None:
    wall.publish("readings/kiosk-baru", {"observed_at": now(), "values": {"temperature": 31.5}})
    wall.shows('[data-panel="feeds"] [data-reading="kiosk-baru/temperature"][data-value="31.5"]')


def test_panels_say_their_state_and_time(wall: Wall) -> None:
    wall.publish("readings/gauge-pintu-air-10", {"observed_at": now(), "values": {"water_level": 212}})
    wall.shows('[data-panel="rivers"][data-state="live"][data-observed-at]')
    wall.shows('[data-panel="rivers"] .age:not(:empty)')
    assert "lalu" in wall.text('[data-panel="rivers"] .age')
    assert wall.page.evaluate("[...document.querySelectorAll('[data-panel]')].every((e) => e.dataset.state)")


def test_a_measure_of_the_map_is_chosen_in_the_address_and_lives_on(wall: Wall) -> None:
    wall.page.get_by_role("link", name="PM2,5").click()
    wall.page.wait_for_url("**/?measure=pm25")
    wall.shows('#room[data-live*="measure=pm25"]')
    value = 60 + next(_numbers) / 10
    wall.publish("readings/air-tanah-tinggi", {"observed_at": now(), "values": {"pm25": value}})
    wall.shows(f'[data-reading="air-tanah-tinggi/pm25"][data-value="{value}"]')
    assert wall.complaints == []


def test_a_page_that_fell_behind_skips_what_it_missed(wall: Wall) -> None:
    wall.shows('[data-panel="rivers"]')
    wall.page.wait_for_timeout(7_000)  # a young stream is given time
    wall.page.evaluate(COUNT_STREAMS)

    def talk() -> None:
        for level in range(12):
            wall.publish("readings/gauge-kali-sabi", {"observed_at": now(), "values": {"water_level": 300 + level}})
            time.sleep(0.3)

    talking = threading.Thread(target=talk)
    talking.start()
    wall.page.evaluate("() => { const end = performance.now() + 4000; while (performance.now() < end); }")
    talking.join()
    wall.page.wait_for_function("() => window.streams.length > 0", timeout=SHOWN_WITHIN)
    assert not any("after=" in address for address in wall.page.evaluate("window.streams"))  # the whole picture
    wall.shows('[data-panel="rivers"] [data-reading="gauge-kali-sabi/water_level"][data-value="311"]')
    assert wall.page.locator("#room").get_attribute("data-room") == "live"

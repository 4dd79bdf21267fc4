"""How old a panel says it is: as old as what it is about, whatever else it shows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from layouts.panel import Context
from layouts.panels import PANELS
from layouts.parts import leading
from sensors.city import City
from tests.unit.layouts.rows import NOW, chosen, full
from tests.unit.layouts.walking import prop

SILENCE = timedelta(hours=1, minutes=5)
OF_READINGS = {"latest_readings", "rain_sums", "air_day_means", "station_ranges", "noise_hours"}
FEEDS = {"feeds", "streams", "shift_ahead"}
"""What is about the streams themselves: any word of one is news."""
MIXED = [
    key
    for key, panel in PANELS.items()
    if {"readings", "cases"} <= panel.streams and panel.late_after < SILENCE and key not in FEEDS
]


def test_there_are_panels_that_show_readings_beside_cases() -> None:
    assert {"map", "summary", "flood_links"} <= set(MIXED)


@pytest.mark.parametrize("key", MIXED)
def test_cases_of_this_minute_do_not_make_silent_stations_look_alive(key: str, city: City) -> None:
    now, before = full(city, NOW), full(city, NOW - SILENCE)
    rows = {name: before[name] if name in OF_READINGS else now[name] for name in now}
    rows["open_case_points"] = [{**row, "opened_at": NOW} for row in rows["open_case_points"]]
    root = PANELS[key].render(rows, Context(city, NOW, chosen(city)))
    shown = datetime.fromisoformat(str(prop(root, "data-observed-at")))
    assert NOW - shown > PANELS[key].late_after


def test_what_has_no_readings_is_as_old_as_its_events() -> None:
    assert leading([None], [NOW - SILENCE, NOW]) == NOW
    assert leading([NOW - SILENCE], [NOW]) == NOW - SILENCE
    assert leading([], []) is None

"""The line of warnings on a real page: it says what is in force within the line, and is calm again afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import watched
from tests.looking import faults
from tests.room import Room

pytestmark = pytest.mark.browser
LONG = "Hujan lebat disertai kilat, petir dan angin kencang berdurasi singkat di beberapa wilayah kota dan sekitarnya"


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_a_long_warning_fits_and_goes_when_it_is_over(
    browser: Browser, running_room: Room, width: int, height: int
) -> None:
    now = datetime.now(UTC) - timedelta(minutes=1)
    warning = {
        "id": f"contoh-{width}", "title": LONG, "severity": "awas", "issued_at": now.isoformat(),
        "expires_at": (now + timedelta(hours=3)).isoformat(),
        "areas": ["36.71.12", "36.71.10", "36.71.02", "36.71.03", "36.71.13"],
    }  # fmt: skip
    with watched(browser, running_room, "/wall/overview", width, height) as wall:
        wall.publish("bulletins/bmkg", warning)
        wall.shows(f'[data-panel="warnings"] [data-bulletin="bmkg/contoh-{width}"][data-severity="awas"]')
        said = wall.text('[data-panel="warnings"]')
        assert "■ Awas" in said
        assert "Sumber: BMKG" in said
        assert "+2 kec." in said
        assert [fault for fault in faults(wall.page) if "warnings" in fault] == []
        again = (now + timedelta(seconds=1)).isoformat()
        wall.publish("bulletins/bmkg", warning | {"issued_at": again, "expires_at": again})
        wall.shows('[data-panel="warnings"] .rank-0')
        assert "Tidak ada peringatan berlaku" in wall.text('[data-panel="warnings"]')

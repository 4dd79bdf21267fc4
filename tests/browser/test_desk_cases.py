"""The desk as a new official tries it: from the overview to why a kelurahan is red, through lists to one case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from dashboard.sights import DESK
from tests.browser.conftest import BACK_WITHIN, Wall, watched
from tests.pack import CITY, SIGHTS
from tests.room import Room

pytestmark = pytest.mark.browser
PLACE = "36.71.08.1003"
DISTRICT = PLACE[:8]
IDENT = DISTRICT.replace(".", "-")
LATE = 5
"""Cases that are past their deadline there: more than the pack calls red."""
PHONE = (390, 844)


def about(case_id: str, at: datetime, status: str = "menunggu") -> dict[str, object]:
    return {"case_id": case_id, "status": status, "at": at.isoformat(), "category": "jalan-rusak", "subdistrict": PLACE,
            "agency": "dpupr", "summary": "Jalan berlubang"}  # fmt: skip


@pytest.fixture(scope="module")
def red(browser: Browser, whole_city: Room) -> Room:
    """A city in which one kelurahan has cases long past their deadline."""
    with watched(browser, whole_city) as wall:
        for n in range(LATE):
            wall.publish("cases/laksa", about(f"MERAH-{n}", datetime.now(UTC) - timedelta(days=20 + n)))
        wall.shows(f"#map-level-{IDENT}", BACK_WITHIN)
    return whole_city


def reason(wall: Wall) -> None:
    """The page now says why the kelurahan is red."""
    wall.shows("#subdistrict_reason-level.rank-3")
    assert wall.text("#subdistrict_reason-level") == "■ merah"
    assert f"{LATE} kasus" in wall.text("#subdistrict_reason-why")
    assert "contoh" in wall.text("#subdistrict_reason-overdue-rule")
    assert wall.page.url.endswith(f"/kelurahan/{PLACE}")


def test_two_clicks_lead_from_the_overview_to_the_reason(browser: Browser, red: Room) -> None:
    with watched(browser, red) as wall:
        wall.page.click(f"#map-label-{IDENT} a")
        wall.shows(f'a[href="/kelurahan/{PLACE}"]')
        wall.page.click(f'a[href="/kelurahan/{PLACE}"]')
        reason(wall)
        wall.page.click("#subdistrict_reason-overdue-now")
        wall.shows('.ag-row a[href="/aduan/laksa/MERAH-0"]')
        assert wall.text("#case_states-all") == f"{LATE} kasus"
        assert wall.complaints == []


def press_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until the element has the keyboard."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never reached {selector}")


def test_a_keyboard_alone_leads_there_too_and_on_to_one_case(browser: Browser, red: Room) -> None:
    with watched(browser, red) as wall:
        wall.page.keyboard.press("Tab")
        wall.page.keyboard.press("Enter")  # past the links, to the picture
        for selector in (f'a[href="/wilayah/{DISTRICT}"]', f'a[href="/kelurahan/{PLACE}"]'):
            press_to(wall.page, selector)
            seen = wall.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            assert seen >= 2, "one sees what has the keyboard"
            wall.page.keyboard.press("Enter")
            wall.page.wait_for_url("**" + selector.split('"')[1])
        reason(wall)
        press_to(wall.page, "a:has(#subdistrict_reason-overdue-now)")
        wall.page.keyboard.press("Enter")
        wall.shows(".ag-row a")
        press_to(wall.page, ".ag-header-cell")
        wall.page.keyboard.press("ArrowDown")
        wall.shows('.ag-row[row-index="0"] .ag-cell-focus')
        wall.page.keyboard.press("ArrowDown")
        wall.shows('.ag-row[row-index="1"] .ag-cell-focus')
        wall.page.keyboard.press("Enter")
        wall.shows("#case_facts-status")
        assert "/aduan/laksa/MERAH-" in wall.page.url
        assert wall.text("#case_facts-due").startswith("■ lewat")


def test_filters_and_order_stand_in_the_address_and_survive_a_reload(browser: Browser, red: Room) -> None:
    with watched(browser, red, f"/aduan?subdistrict={PLACE}") as wall:
        wall.shows(".ag-row a")
        wall.page.select_option('select[name="overdue"]', "ya")
        wall.page.click("text=Terapkan")
        wall.page.wait_for_url("**overdue=ya**")
        wall.shows(".ag-row a")
        wall.page.click('.ag-header-cell[col-id="opened"]')
        wall.page.wait_for_url("**sort=opened**")
        wall.page.click('.ag-header-cell[col-id="opened"]')
        wall.page.wait_for_url("**sort=-opened**")
        for _ in range(2):
            wall.shows(f'.ag-row[row-index="0"] a[href="/aduan/laksa/MERAH-{LATE - 1}"]')
            assert wall.page.locator('.ag-header-cell[col-id="opened"]').get_attribute("aria-sort") == "ascending"
            wall.page.reload()
        assert wall.page.locator("#case_states-chips a", has_text="Tenggat: lewat").count() == 1


def test_a_chip_takes_its_filter_away(browser: Browser, red: Room) -> None:
    with watched(browser, red, f"/aduan?district={DISTRICT}&overdue=ya") as wall:
        wall.page.locator("#case_states-chips a", has_text="Tenggat").click()
        wall.page.wait_for_url(lambda url: "overdue" not in url and DISTRICT in url)


@pytest.mark.parametrize("name", SIGHTS.find(f"{DESK}aduan").options)
def test_a_wrong_filter_is_refused_by_its_name(browser: Browser, running_room: Room, name: str) -> None:
    page = browser.new_page()
    try:
        answer = page.goto(f"{running_room.url}/aduan?{name}=tidak-ada")
        assert answer is not None
        assert answer.status == 422
        assert f"Pilihan {name}: tidak-ada tidak ada." in page.inner_text("main")
    finally:
        page.close()


def test_the_list_follows_a_new_case(browser: Browser, red: Room) -> None:
    with watched(browser, red, f"/aduan?subdistrict={PLACE}&state=terbuka") as wall:
        wall.shows(".ag-row a")
        before = wall.text("#case_states-all")
        wall.publish("cases/laksa", about("BARU-1", datetime.now(UTC)))
        wall.shows('.ag-row[row-index="0"] a[href="/aduan/laksa/BARU-1"]')
        assert wall.text("#case_states-all") != before
        wall.publish("cases/laksa", about("BARU-1", datetime.now(UTC), "selesai"))
        wall.shows('.ag-center-cols-container:not(:has(a[href="/aduan/laksa/BARU-1"]))')


def test_a_page_further_on_is_in_the_address(browser: Browser, red: Room) -> None:
    with watched(browser, red, "/aduan") as wall:
        wall.shows(".ag-row a")
        wall.page.click('[aria-label="Halaman berikutnya"]')
        wall.page.wait_for_url("**page=2**")
        wall.page.reload()
        wall.shows('.ag-row[row-index="25"] a')
        assert "page=2" in wall.page.url


def test_the_grid_comes_from_our_own_server_and_speaks_indonesian(browser: Browser, red: Room) -> None:
    with watched(browser, red, "/aduan") as wall:
        wall.shows(".ag-row a")
        assert wall.hosts == {red.url.removeprefix("http://")}
        assert wall.complaints == []
        assert "Halaman" in wall.text(".ag-paging-panel")


ADDRESSES = {
    "aduan": "/aduan", "kasus": "/aduan/laksa/MERAH-0", "opd": "/opd", "dinas": "/opd/dpupr", "wilayah": "/wilayah",
    "kecamatan": f"/wilayah/{DISTRICT}", "kelurahan": f"/kelurahan/{PLACE}",
}  # fmt: skip


@pytest.mark.parametrize("key", ADDRESSES)
def test_a_phone_needs_no_scrolling_sideways(browser: Browser, red: Room, key: str) -> None:
    with watched(browser, red, ADDRESSES[key], *PHONE) as wall:
        wall.shows("#room:not(:has(.area:empty))")
        wide = wall.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE[0]
        assert wall.complaints == []


def test_a_case_nobody_knows_says_so(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/aduan/laksa/tidak-ada") as wall:
        assert "tidak ada di ruang ini" in wall.text("#panel-case_facts")
        assert CITY.name in wall.page.title()

"""The desk's alarms as an operator on her first day meets them: with a mouse, with keys alone, and while they come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from data.writes import statement
from tests.alarming import acknowledge
from tests.browser.conftest import SHOWN_WITHIN, raise_alarms
from tests.browser.test_access import violations
from tests.pack import CITY
from tests.raising import forget_alarms, raise_alarm, raise_many
from tests.room import Room

pytestmark = pytest.mark.browser
GAUGE = next(device for device in CITY.devices.values() if device.ladder and device.district)
LIVE = '#room[data-room="live"]'


@pytest.fixture(scope="module", autouse=True)
def _as_found(running_room: Room) -> Iterator[None]:
    """What is raised here stands on no wall of other tests."""
    yield
    raise_alarms(running_room.postgres.url)


@pytest.fixture
def alarm(running_room: Room) -> int:
    """The one alarm there is: a gauge at siaga 1, of which nobody knows yet."""
    forget_alarms(running_room.postgres.url)
    return raise_alarm(running_room.postgres.url, "siaga-1", GAUGE.key, datetime.now(UTC) - timedelta(minutes=3))


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers, as a desk's does."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    context.set_default_timeout(SHOWN_WITHIN)
    yield context
    context.close()


def opened(desk: BrowserContext, room: Room, path: str = "/alarm") -> Page:
    page = desk.new_page()
    page.goto(room.url + path)
    page.wait_for_selector(LIVE)
    return page


def on_duty(desk: BrowserContext, room: Room, position: str = "operator-1") -> Page:
    desk.add_cookies([{"name": "duty", "value": position, "url": room.url}])
    return opened(desk, room)


def steps(page: Page) -> list[str]:
    return page.locator("#panel-alarm_log [data-step]").evaluate_all(
        "rows => rows.map((row) => row.dataset.step + ' ' + row.dataset.actor)"
    )


def test_a_new_operator_takes_an_alarm_passes_it_on_and_reads_what_was_done(
    desk: BrowserContext, running_room: Room, alarm: int
) -> None:
    page = opened(desk, running_room, "/")
    page.get_by_role("link", name="Alarm", exact=True).first.click()
    page.wait_for_selector(LIVE)
    line = page.locator(f'#alarm-{alarm}[data-alarm="{alarm}"][data-priority="high"]')
    expect(line).to_have_attribute("data-status", "new")
    expect(line).to_contain_text("520 cm, batas 500 cm")
    expect(page.get_by_role("button", name="Terima yang dipilih")).to_be_hidden()
    page.locator("#alarm_list-duty").select_option("Operator 2")
    page.get_by_role("button", name="Mulai bertugas").click()
    expect(page.locator(".room-duty")).to_contain_text("Bertugas sebagai Operator 2")
    expect(page.locator("#alarm_list-duty")).to_be_hidden()
    line.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text(f"Alarm {alarm}")
    expect(page.get_by_text(CITY.alarm_rules["siaga-1"].action)).to_be_visible()
    page.get_by_role("button", name="Terima", exact=True).click()
    expect(page.locator("#said")).to_have_text(f"Alarm {alarm}: diterima")
    expect(page.get_by_role("button", name="Terima", exact=True)).to_be_hidden()
    page.get_by_label("Teruskan ke").select_option("DPUPR")
    page.get_by_role("button", name="Teruskan").click()
    expect(page.locator("#said")).to_have_text(f"Alarm {alarm}: diteruskan ke DPUPR")
    page.get_by_label("Catatan").fill("Pompa menyala, hubungi 081234567890")
    page.get_by_role("button", name="Catat").click()
    expect(page.locator("#panel-alarm_log")).to_contain_text("Pompa menyala, hubungi •••")
    assert steps(page) == ["raised engine", "acknowledged operator-2", "assigned operator-2", "noted operator-2"]
    expect(page.locator("#alarm_facts-state")).to_have_text("diteruskan ke DPUPR")
    page.get_by_role("button", name="Tunda", exact=True).click()
    expect(page.get_by_role("button", name="Akhiri penundaan")).to_be_visible()
    page.goto(running_room.url + "/alarm?life=ditunda")
    expect(page.locator(f"#alarm-{alarm}")).to_contain_text("ditunda sampai")


@pytest.mark.parametrize("part", ["#summary-alarms", "#summary-alarms-badge", "#summary-alarms-where"])
def test_the_whole_tile_of_alarms_leads_from_the_overview_to_the_list(
    desk: BrowserContext, running_room: Room, alarm: int, part: str
) -> None:
    page = opened(desk, running_room, "/")
    box = page.locator(part).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/alarm")
    page = opened(desk, running_room, "/wall/overview")
    assert page.locator("#summary-alarms").count() == 1
    assert page.locator("#panel-summary a").count() == 0


def test_the_map_from_an_alarm_opens_at_its_gauge(desk: BrowserContext, running_room: Room, alarm: int) -> None:
    page = opened(desk, running_room, f"/alarm/{alarm}")
    assert page.get_by_role("link", name="Peta", exact=True).first.get_attribute("href") == "/peta"
    page.locator("#panel-alarm_facts").get_by_role("link", name="Peta", exact=True).click()
    page.wait_for_selector(".atlas-canvas[data-drawn]", timeout=60_000)
    expect(page.locator(".atlas-card:not([hidden]) h3")).to_have_text(GAUGE.name)
    lat, lon = GAUGE.point.lat, GAUGE.point.lon
    assert f"#peta=14.00/{lat:.4f}/{lon:.4f}&" in page.url


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_a_long_note_stands_whole_in_the_steps(
    desk: BrowserContext, running_room: Room, alarm: int, size: tuple[int, int]
) -> None:
    note = "Pompa 2 di Pintu Air 10 menyala, pompa 1 menunggu solar; tolong kirim dua petugas dan kabari lurah. " * 2
    with psycopg.connect(running_room.postgres.url) as connection:
        connection.execute(
            "INSERT INTO alarm_steps (alarm_id, step, actor, note) VALUES (%s, 'noted', 'operator-1', %s)",
            (alarm, note.strip()),
        )
        connection.execute(statement("notify"), {"streams": "alarms"})  # a page of an alarm before may be kept warm
    page = opened(desk, running_room, f"/alarm/{alarm}")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    cell = page.locator('#panel-alarm_log [data-step="noted"] td').last
    expect(cell).to_have_text(note.strip())
    told = cell.evaluate("""cell => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return [range.getClientRects().length, range.getBoundingClientRect().right, innerWidth];
    }""")
    assert told[0] > 1
    assert told[1] <= told[2]


def test_keys_alone_are_enough(desk: BrowserContext, running_room: Room, alarm: int) -> None:
    other = raise_alarm(running_room.postgres.url, "siaga-2", GAUGE.key, datetime.now(UTC))
    page = on_duty(desk, running_room)
    page.locator("summary", has_text="1 alarm lagi dengan sebab sama").press("Enter")
    page.keyboard.press("j")
    expect(page.locator(f"#alarm-{alarm} a")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"#alarm-{other} a")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(f"#alarm-{alarm} a")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#alarm_list-said")).to_have_text(f"Alarm {alarm}: diterima")
    expect(page.locator(f"#alarm-{alarm}")).to_have_attribute("data-status", "acknowledged")
    expect(page.locator(f"#alarm-{alarm} a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector(f'{LIVE} #alarm-{alarm}[data-status="acknowledged"]')
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "alarm_deeds-noted-note":
            break
    page.keyboard.type("Sudah dihubungi")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-alarm_log")).to_contain_text("Sudah dihubungi")


def test_many_are_taken_at_once_and_another_desk_sees_it(
    desk: BrowserContext, running_room: Room, alarm: int, browser: Browser
) -> None:
    raise_many(running_room.postgres.url, 3, datetime.now(UTC))
    page, far = on_duty(desk, running_room), browser.new_context()
    other = opened(far, running_room)
    expect(other.locator('.alarm[data-status="new"]')).to_have_count(4)
    page.get_by_role("button", name="Pilih semua", exact=True).click()
    page.get_by_role("button", name="Terima yang dipilih").click()
    expect(page.locator("#alarm_list-said")).to_have_text("Diterima: 4 alarm")
    expect(other.locator('.alarm[data-status="acknowledged"]')).to_have_count(4)
    far.close()


def test_what_is_chosen_open_and_under_the_pointer_stays_while_alarms_come(
    desk: BrowserContext, running_room: Room, alarm: int
) -> None:
    ids = raise_many(running_room.postgres.url, 7, datetime.now(UTC))
    page = on_duty(desk, running_room)
    page.set_viewport_size({"width": 1366, "height": 500})
    line = page.locator(f"#alarm-{ids[5]}")
    line.get_by_role("checkbox").check()
    line.scroll_into_view_if_needed()
    line.hover()
    before = line.bounding_box() or {}
    new = raise_alarm(running_room.postgres.url, "siaga-2", GAUGE.key, datetime.now(UTC))
    page.wait_for_selector(f"#alarm-{new}", state="attached")
    assert abs((line.bounding_box() or {})["y"] - before["y"]) < 1, "the line under the pointer has not moved"
    expect(line.get_by_role("checkbox")).to_be_checked()
    expect(page.locator("#alarm_list-accept")).to_have_attribute("data-chosen", "1")


@pytest.mark.parametrize("work", ["pointer", "keys", "choice"])
def test_a_flood_groups_nothing_anew_under_somebodys_hands(
    desk: BrowserContext, running_room: Room, alarm: int, work: str
) -> None:
    ids = raise_many(running_room.postgres.url, 8, datetime.now(UTC))
    page = on_duty(desk, running_room)
    rows, line, again = page.locator("#alarm_list-rows"), page.locator(f"#alarm-{ids[4]}"), regroup(page)
    match work:
        case "pointer":
            line.hover()
        case "keys":
            line.get_by_role("link").focus()
        case _:
            line.get_by_role("checkbox").check()
            page.mouse.move(1, 1)
            page.evaluate("document.activeElement.blur()")
    order = standing(page)
    new = raise_many(running_room.postgres.url, 14, datetime.now(UTC), "pos-duga-diam")
    expect(again).to_be_visible()
    expect(page.locator("#alarm_list-flood")).to_be_visible()
    assert [each for each in standing(page) if each in order] == order
    assert rows.get_attribute("data-grouping") == "cause"
    acknowledge(running_room.postgres.url, str(ids[4]))
    expect(line).to_have_attribute("data-status", "acknowledged")  # what is there is kept up to date
    if work == "pointer":
        page.mouse.move(1, 1)
    else:
        again.click()
    expect(rows).to_have_attribute("data-grouping", "area")
    expect(again).to_be_hidden()
    expect(page.locator(".alarm")).to_have_count(1 + len(ids) + len(new))
    expect(line).to_have_attribute("data-status", "acknowledged")


def regroup(page: Page) -> Locator:
    return page.get_by_role("button", name="Kelompokkan ulang")


def standing(page: Page) -> list[str]:
    found: list[str] = page.locator(".alarm").evaluate_all("lines => lines.map((line) => line.dataset.alarm)")
    return found


def test_without_scripts_a_form_is_enough(browser: Browser, running_room: Room, alarm: int) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running_room.url + "/alarm")
    while not page.locator(f"#alarm-{alarm}").count():  # a page that nobody watches is drawn once a second
        page.wait_for_timeout(100)
        page.reload()
    page.locator("#alarm_list-duty").select_option("Pengawas ruang")
    page.get_by_role("button", name="Mulai bertugas").click()
    page.locator(f"#alarm-{alarm} input").check()
    page.get_by_role("button", name="Terima yang dipilih").click()
    expect(page.locator("#said")).to_have_text(f"Alarm {alarm}: diterima")
    expect(page.locator(f"#alarm-{alarm}")).to_have_attribute("data-status", "acknowledged")
    page.get_by_role("link", name=CITY.alarm_rules["siaga-1"].title, exact=True).click()
    page.get_by_label("Catatan").fill("Tanpa skrip")
    page.get_by_role("button", name="Catat").click()
    expect(page.locator("#panel-alarm_log")).to_contain_text("Pengawas ruang")
    context.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_everyone_can_take_a_step(desk: BrowserContext, running_room: Room, alarm: int, theme: str) -> None:
    raise_many(running_room.postgres.url, 14, datetime.now(UTC))
    desk.add_cookies([{"name": "theme", "value": theme, "url": running_room.url}])
    page = on_duty(desk, running_room)
    for summary in page.locator("#alarm_list-rows summary").all():
        summary.click()
    page.get_by_role("button", name="Pilih semua", exact=True).click()
    page.locator(".room-change summary").click()
    assert violations(page) == []
    page.goto(f"{running_room.url}/alarm/{alarm}")
    page.wait_for_selector(LIVE)
    page.get_by_role("button", name="Terima", exact=True).click()
    page.wait_for_selector(f"{LIVE} #said")
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(1200)  # once a second the page looks what scrolls
        assert violations(page) == [], width


def test_words_half_written_survive_what_happens_meanwhile(
    desk: BrowserContext, running_room: Room, alarm: int
) -> None:
    on_duty(desk, running_room)
    page, second = opened(desk, running_room, f"/alarm/{alarm}"), opened(desk, running_room, f"/alarm/{alarm}")
    page.get_by_label("Catatan").fill("Setengah kali")
    second.get_by_role("button", name="Terima", exact=True).click()
    expect(page.get_by_role("button", name="Terima", exact=True)).to_be_hidden()
    expect(page.get_by_label("Catatan")).to_have_value("Setengah kali")


def test_a_flood_is_said_and_stands_by_kecamatan_and_nothing_is_good_news(
    desk: BrowserContext, running_room: Room, alarm: int
) -> None:
    page = opened(desk, running_room)
    expect(page.locator("#alarm_list-flood")).to_be_hidden()
    raise_many(running_room.postgres.url, 22, datetime.now(UTC))
    expect(page.locator("#alarm_list-flood")).to_contain_text("23 dalam 10 menit, dikelompokkan menurut kecamatan")
    assert page.locator("#alarm_list-rows .alarm").count() == 23, "nothing is dropped"
    with psycopg.connect(running_room.postgres.url, autocommit=True) as connection:
        forget_alarms(running_room.postgres.url)
        connection.execute(
            "INSERT INTO components (name, instance, started_at, beat_at) VALUES ('alarms', 'a-0', now(), now()) "
            "ON CONFLICT (name, instance) DO UPDATE SET beat_at = now()"
        )
        connection.execute("NOTIFY liveroom, 'alarms,components'")
        expect(page.locator("#alarm_list-rows")).to_contain_text("○ Tidak ada alarm.")
        connection.execute("DELETE FROM components WHERE name = 'alarms'")

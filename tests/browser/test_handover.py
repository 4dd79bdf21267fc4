"""A first day at the desk by the help on the screen alone, and a shift that is handed over to somebody else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SHOWN_WITHIN, raise_alarms
from tests.browser.test_access import violations
from tests.pack import CITY
from tests.raising import forget_alarms, raise_alarm
from tests.room import Room

pytestmark = pytest.mark.browser
GAUGE = next(device for device in CITY.devices.values() if device.ladder and device.district)
LIVE = '#room[data-room="live"]'
TOLD = re.compile(
    r"(klik nama alarm yang paling atas|(?:pilih|klik|isi|baca|lihat|dan)(?: \w+)*?(?: di)? “([^”]+)”)", re.IGNORECASE
)
"""What a sentence of the help tells to do: a verb, and in quotes the words that stand on the screen."""


@pytest.fixture(scope="module", autouse=True)
def _as_found(running_room: Room) -> Iterator[None]:
    """What is raised and written here is in no room of other tests."""
    yield
    with psycopg.connect(running_room.postgres.url, autocommit=True) as connection:
        connection.execute("TRUNCATE handovers, handover_acceptances RESTART IDENTITY")
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


def opened(desk: BrowserContext, room: Room, path: str) -> Page:
    page = desk.new_page()
    page.goto(room.url + path)
    page.wait_for_selector(LIVE)
    return page


class Newcomer:
    """Does what a sentence says, with nothing but the words in it, and counts the clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def obey(self, sentence: str) -> list[str]:
        """Follow one step of the help; return what was told."""
        told = [(whole.lower(), quoted) for whole, quoted in TOLD.findall(sentence)]
        for whole, words in told:
            if not words:
                self._click_on(self.page.locator("#alarm_list-rows a.alarm-what").first)
            elif whole.startswith("pilih"):
                field = self.page.get_by_label(words).filter(visible=True).first
                field.select_option(index=1)
                self.clicks += 2
            elif whole.startswith("isi"):
                self.page.get_by_label(words).fill("Pompa 2 menyala, tunggu kabar BPBD")
                self.clicks += 1
            elif whole.startswith(("baca", "lihat", "dan")):
                expect(self.page.get_by_text(words, exact=True).filter(visible=True).first).to_be_visible()
            else:
                self._press(words)
        return [words or whole for whole, words in told]

    def _press(self, words: str) -> None:
        """A button of these words in sight, else a link."""
        found = self.page.get_by_role("button", name=words, exact=True).filter(visible=True)
        self._click_on(found.first if found.count() else self.page.get_by_role("link", name=words, exact=True).first)

    def _click_on(self, found: object) -> None:
        self.clicks += 1
        before = self.page.evaluate("performance.timeOrigin")
        found.click()  # type: ignore[attr-defined] # a locator
        self.page.wait_for_function("(before) => performance.timeOrigin !== before", arg=before)
        self.page.wait_for_selector(LIVE)


def test_a_newcomer_gets_from_going_on_duty_to_handing_over_by_the_help_alone(
    desk: BrowserContext, running_room: Room, alarm: int, record_property: object
) -> None:
    page = opened(desk, running_room, "/alarm")
    expect(page.locator("#alarm_help")).to_have_attribute("open", "")
    steps = page.locator("#alarm_help-steps li").all_inner_texts()
    assert len(steps) == 5
    began, newcomer = time.monotonic(), Newcomer(page)
    told = [newcomer.obey(step) for step in steps]
    expect(page.locator("#said")).to_contain_text("diserahkan: catatannya disimpan")
    seconds = time.monotonic() - began
    quoted = [words for step in steps for words in re.findall(r"“([^”]+)”", step)]
    assert [words for each in told for words in each if words in quoted] == quoted, "every quoted word was followed"
    record_property("clicks", newcomer.clicks)  # type: ignore[operator]
    record_property("seconds", round(seconds, 1))  # type: ignore[operator]
    expect(page.locator("#handover-notes")).to_contain_text("Pompa 2 menyala, tunggu kabar BPBD")
    with psycopg.connect(running_room.postgres.url) as connection:
        taken = connection.execute("SELECT step FROM alarm_steps WHERE alarm_id = %s ORDER BY id", (alarm,)).fetchall()
        notes = connection.execute("SELECT written_by, note FROM handovers").fetchall()
    assert [step for (step,) in taken] == ["raised", "acknowledged", "assigned"]
    assert [note for _, note in notes] == ["Pompa 2 menyala, tunggu kabar BPBD"]


def test_help_stays_shut_once_somebody_has_shut_it(desk: BrowserContext, running_room: Room, alarm: int) -> None:
    page = opened(desk, running_room, "/alarm")
    page.locator("#alarm_help > summary").click()
    expect(page.locator("#alarm_help-steps")).to_be_hidden()
    # It is noted a moment after it is seen.
    page.wait_for_function("() => localStorage.getItem('liveroom:help') === 'known'")
    page.close()
    page = opened(desk, running_room, f"/alarm/{alarm}")
    expect(page.locator("#alarm_help-steps")).to_be_hidden()
    page.locator("#alarm_help > summary").press("Enter")
    expect(page.locator("#alarm_help-steps")).to_be_visible()


def test_what_one_position_leaves_another_takes_over_and_both_desks_see_it(
    desk: BrowserContext, running_room: Room, alarm: int, browser: Browser
) -> None:
    desk.add_cookies([{"name": "duty", "value": "operator-2", "url": running_room.url}])
    page = opened(desk, running_room, "/serah-terima")
    expect(page.locator("#panel-shift_open")).to_contain_text("1 alarm perlu orang")
    untaken = page.locator("#handover-write").get_by_text("alarm belum diterima siapa pun")
    expect(untaken).to_contain_text("◆ 1 alarm")
    words = page.get_by_label("Catatan serah terima")
    words.fill("Tinggi air 512 cm pukul 14.05")
    newer = raise_alarm(running_room.postgres.url, "siaga-2", GAUGE.key, datetime.now(UTC))
    page.wait_for_selector(f"#alarm-{newer}", state="attached")
    expect(untaken).to_contain_text("◆ 2 alarm")
    expect(words).to_have_value("Tinggi air 512 cm pukul 14.05")
    page.get_by_role("button", name="Serahkan jaga").click()
    note = page.locator(".handover-note", has_text="Tinggi air 512 cm pukul 14.05")
    expect(note).to_have_attribute("data-status", "written")
    expect(note).to_contain_text("◆ menunggu diterima posisi lain")
    expect(note.get_by_role("button", name="Terima jaga")).to_be_hidden()
    far = browser.new_context(locale="id-ID")
    far.add_cookies([{"name": "duty", "value": "pengawas", "url": running_room.url}])
    other = opened(far, running_room, "/serah-terima")
    waiting = other.locator(".handover-note", has_text="Tinggi air 512 cm pukul 14.05")
    waiting.get_by_role("button", name="Terima jaga").click()
    expect(other.locator("#said")).to_have_text("Jaga diterima")
    expect(waiting).to_contain_text("✓ diterima Pengawas ruang")
    expect(note).to_have_attribute("data-status", "accepted")
    assert violations(other) == []
    far.close()


def test_what_was_done_since_the_last_visit_is_counted_for_each_position(
    desk: BrowserContext, running_room: Room, alarm: int
) -> None:
    desk.add_cookies([{"name": "duty", "value": "operator-1", "url": running_room.url}])
    opened(desk, running_room, "/pimpinan").close()
    page = opened(desk, running_room, "/pimpinan")
    expect(page.locator("#changes-visit")).to_contain_text("Tidak ada yang baru sejak kunjungan terakhir Operator 1")
    raise_alarm(running_room.postgres.url, "siaga-2", GAUGE.key, datetime.now(UTC), ended_at=datetime.now(UTC))
    expect(page.locator("#changes-visit")).to_contain_text("1 alarm muncul, 1 alarm berakhir sejak kunjungan terakhir")
    page.close()
    desk.add_cookies([{"name": "duty", "value": "pengawas", "url": running_room.url}])
    page = opened(desk, running_room, "/pimpinan")
    expect(page.locator("#changes-visit")).to_contain_text("Kunjungan pertama di meja ini")
    page.close()


def test_a_report_is_reached_from_an_alarm_and_printed_whole(
    desk: BrowserContext, running_room: Room, alarm: int
) -> None:
    page = opened(desk, running_room, f"/alarm/{alarm}")
    page.get_by_role("link", name="Laporan kejadian").first.click()
    page.wait_for_selector(LIVE)
    expect(page.locator("#panel-incident_events")).to_contain_text("Alarm muncul: Tinggi air siaga 1")
    expect(page.locator("#incident-alarms-high")).to_contain_text("tinggi")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.desk .panel, .desk table, .desk .chart')]
          .filter((each) => each.getClientRects().length && each.scrollWidth > each.clientWidth + 1
                            && getComputedStyle(each).overflowX !== 'visible')
          .map((each) => each.id || each.className)"""
    )
    assert cut == []
    assert page.pdf(format="A4")[:5] == b"%PDF-"

"""A picture drawn over another is the same as one drawn anew, and leaves alone what it does not change."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BACK_WITHIN, Wall, raise_alarms, watched
from tests.pack import CITY
from tests.raising import forget_alarms, raise_alarm
from tests.room import Room

pytestmark = pytest.mark.browser

GAUGE = next(device.key for device in CITY.devices.values() if device.ladder)
PAGES = ("/wall", "/", "/pimpinan", "/alarm", "/sungai", "/sungai/" + GAUGE, "/aduan", "/pasar", "/data", "/wilayah")
TOLD = '#room[data-why]:not([data-why="silent"])'
# What panels are made of, without what other scripts put there: ages, states, what is left out, where a key reaches.
MARKUP = """() => Object.fromEntries([...document.querySelectorAll('[data-panel]')].map((panel) => {
  const copy = panel.cloneNode(true);
  for (const each of copy.querySelectorAll('.more, canvas, .atlas-canvas, .atlas-stage > p')) each.remove();
  for (const each of copy.querySelectorAll('.age, time.ago, .visit')) each.textContent = '';
  for (const each of [copy, ...copy.querySelectorAll('*')]) {
    const put = ['data-state', 'data-left-out', 'data-tight', 'data-wraps', 'data-off', 'data-new', 'open'];
    if (each.hasAttribute('data-scrolls')) put.push('tabindex', 'role', 'aria-labelledby');
    if (each.closest('.atlas-choice, #atlas-legend')) put.push('aria-pressed', 'hidden');
    for (const name of put) each.removeAttribute(name);
  }
  const inOrder = (node) => node.nodeType === Node.TEXT_NODE ? node.data : [
    node.localName, [...node.attributes].map(({ name, value }) => name + '=' + value).sort().join(' '),
    ...[...node.childNodes].filter((each) => each.nodeType !== Node.TEXT_NODE || each.data).map(inOrder)];
  return [panel.dataset.panel, JSON.stringify(inOrder(copy))];
}))"""
GO = """(at) => new Promise((done) => {
  const heard = ({ detail }) => {
    if (Math.abs(Date.parse(detail.at) - at) > 999) return;
    document.removeEventListener('liveroom:beat', heard);
    setTimeout(done, 100);
  };
  document.addEventListener('liveroom:beat', heard);
  window.liveroomReplay.go(at);
})"""


@pytest.fixture(scope="module")
def past(whole_city: Room) -> Room:
    """A room in which everything has spoken, whose past is said to go back for days."""
    with psycopg.connect(whole_city.postgres.url, autocommit=True) as session:
        session.execute("UPDATE past.kept SET since = now() - interval '5 days'")
    time.sleep(6)  # so that all of it was there a few seconds ago
    return whole_city


def opened(page: Page, room: Room, path: str, at: datetime) -> None:
    """Open a page of the past, standing still."""
    page.goto(f"{room.url}{path}?{urlencode({'at': at.isoformat(), 'speed': 0})}")
    page.wait_for_selector(TOLD, state="attached", timeout=BACK_WITHIN)
    page.wait_for_timeout(500)


def first_difference(one: str, other: str) -> tuple[str, str]:
    """Where two markups part."""
    pairs = enumerate(zip(one, other, strict=False))
    place = next((i for i, (this, that) in pairs if this != that), min(len(one), len(other)))
    return one[max(0, place - 100) : place + 100], other[max(0, place - 100) : place + 100]


@pytest.mark.parametrize("path", PAGES)
def test_another_moment_drawn_over_is_the_same_as_drawn_anew(browser: Browser, past: Room, path: str) -> None:
    full = (datetime.now(CITY.zone) - timedelta(seconds=3)).replace(microsecond=0)
    empty = full - timedelta(days=2)
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="id-ID")
    try:
        anew = {}
        for at in (empty, full):
            opened(page, past, path, at)
            anew[at] = page.evaluate(MARKUP)
        assert anew[empty] != anew[full]
        for at in (empty, full, full - timedelta(days=1), full, empty):
            page.evaluate(GO, int(at.timestamp()) * 1000)
            if at in anew:
                over = page.evaluate(MARKUP)
                assert over.keys() == anew[at].keys()
                assert [first_difference(anew[at][key], over[key]) for key in over if over[key] != anew[at][key]] == []
    finally:
        page.close()


def test_the_whole_picture_again_keeps_what_somebody_has_in_hand(browser: Browser, past: Room) -> None:
    """After a break of the net the stream begins with all panels: the focus, what is open and the nodes stay."""
    with watched(browser, past, "/sungai", 1366, 768) as wall:
        page = wall.page
        snapshot_again(wall)  # the first one draws over what came with the page
        page.evaluate("""() => {
          window.kept = [...document.querySelectorAll('[data-panel] *')];
          window.focused = document.querySelector('[data-panel] a[href]');
          window.focused.focus();
        }""")
        snapshot_again(wall)
        kept, all_of_them, focused = page.evaluate(
            "[window.kept.filter((each) => each.isConnected).length, window.kept.length,"
            " document.activeElement === window.focused]"
        )
        assert focused
        assert kept > 0.9 * all_of_them > 90
        assert wall.complaints == []


def test_what_is_new_is_said_at_every_moment_while_the_list_is_drawn_again(browser: Browser, past: Room) -> None:
    with watched(browser, past, "/pimpinan", 1366, 768) as wall:
        wall.shows("#changes-visit")
        wall.page.evaluate("""() => {
          window.seen = [];
          const look = () => {
            const line = document.getElementById('changes-visit');
            window.seen.push(line ? line.textContent.length : 0);
            requestAnimationFrame(look);
          };
          look();
        }""")
        snapshot_again(wall)  # the first one draws over what came with the page
        snapshot_again(wall)
        seen = wall.page.evaluate("window.seen")
        assert len(seen) > 2
        assert min(seen) > 0


def test_a_list_that_grows_keeps_its_lines(browser: Browser, past: Room) -> None:
    gauges = [device.key for device in CITY.devices.values() if device.ladder]
    forget_alarms(past.postgres.url)
    for gauge in gauges[1:4]:
        raise_alarm(past.postgres.url, "siaga-2", gauge, datetime.now(UTC) - timedelta(minutes=5))
    with watched(browser, past, "/alarm", 1366, 768) as wall:
        page = wall.page
        snapshot_again(wall)
        page.evaluate("window.kept = [...document.querySelectorAll('.alarm[id]')].map((each) => [each.id, each])")
        newest = raise_alarm(past.postgres.url, "siaga-2", gauges[0], datetime.now(UTC))
        wall.shows(f'.alarm[data-alarm="{newest}"]')
        lines, kept = page.evaluate(
            "[window.kept.length, window.kept.filter(([id, each]) => document.getElementById(id) === each).length]"
        )
        assert kept == lines == 3
    raise_alarms(past.postgres.url)


def snapshot_again(wall: Wall) -> None:
    """Let the stream begin anew, as after a break."""
    wall.page.evaluate("""() => new Promise((done) => {
      document.addEventListener('liveroom:beat', () => setTimeout(done, 100), { once: true });
      window.liveroomLive.restart();
    })""")

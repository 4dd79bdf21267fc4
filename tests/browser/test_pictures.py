"""A picture is the same whether the server has written it or the page's script has drawn it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Route

from layouts.scene import OVER
from tests.pack import SCENES
from tests.room import Room

pytestmark = pytest.mark.browser
# What the page itself adds is left out: states, ages, how a panel fits its screen, and how what scrolls is reached.
SHAPE = """() => {
  const fitted = ['data-wraps', 'data-tight', 'data-brief', 'data-left-out'];
  const own = new Set([...fitted, 'data-state', 'tabindex', 'role', 'aria-labelledby']);
  const shape = (element) => [element.tagName, element.children.length ? '' : element.textContent,
    [...element.attributes].filter((each) => !own.has(each.name))
      .map((each) => each.name + '=' + (each.name === 'style' ? element.style.cssText : each.value)).sort(),
    [...element.children].map(shape)];
  const aged = (element) => element.matches('.age, time.ago') && element.replaceChildren();
  document.querySelectorAll('.area *').forEach(aged);
  const areas = [...document.querySelectorAll(".area")];
  return Object.fromEntries(areas.map((area) => [area.id, JSON.stringify(shape(area))]));
}"""


def without_cursor(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r' data-cursor="[^"]*"', "", answer.text()))


@pytest.mark.parametrize("scene", ["overview", "kota"])
def test_the_server_and_the_script_make_the_same_elements(browser: Browser, whole_city: Room, scene: str) -> None:
    served, drawn = browser.new_page(), browser.new_page()
    try:
        address = f"{whole_city.url}/wall/{scene}"
        served.route("**/live?*", lambda route: route.abort())
        drawn.route(address, without_cursor)
        drawn.goto(address)
        drawn.wait_for_selector('#room[data-room="live"]')
        drawn.wait_for_function("!document.querySelector('.area:empty')")
        served.goto(address)
        one, other = served.evaluate(SHAPE), drawn.evaluate(SHAPE)
        assert set(one) == {f"slot-{panel.key}" for panel in (*SCENES[scene].panels, OVER)}
        assert [_apart(picture, other[slot]) for slot, picture in one.items() if other[slot] != picture] == []
    finally:
        served.close()
        drawn.close()


def _apart(one: str, other: str) -> tuple[str, str]:
    """Where two long words part."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[max(0, at - 80) : at + 80], other[max(0, at - 80) : at + 80]

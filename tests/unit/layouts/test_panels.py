"""Every panel draws rows, none, old and hostile ones, with its marks; the page has each id once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from dashboard.sights import Sight
from layouts.findings.measures import MEASURES
from layouts.html import Element
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.pack import SIGHTS
from tests.unit.layouts.rows import NOW, chosen, full, hostile
from tests.unit.layouts.walking import elements, marked, prop

SETS: dict[str, Callable[[City], Rows]] = {"full": full, "none": lambda _: {}, "hostile": hostile}


def drawn(key: str, rows: Rows, city: City, **options: str) -> Element:
    return PANELS[key].render(rows, Context(city, NOW, chosen(city) | options))


def test_there_are_panels_and_each_is_on_a_scene_or_a_page() -> None:
    assert PANELS
    assert {panel.key for sight in SIGHTS.by_name.values() for panel in sight.panels} == set(PANELS)


@pytest.mark.parametrize("rows", SETS)
@pytest.mark.parametrize("key", PANELS)
def test_a_panel_draws_whatever_comes_and_can_be_sent(key: str, rows: str, city: City) -> None:
    root = drawn(key, SETS[rows](city), city)
    assert json.loads(json.dumps(root)) == root  # JSON values and nothing else
    sent = root["props"]
    assert sent["id"] == f"panel-{key}"
    assert sent["data-panel"] == key
    assert sent["data-state"] in {"live", "empty"}
    assert 0 < float(sent["data-late-after"]) < float(sent["data-stale-after"])
    assert sent["children"]


@pytest.mark.parametrize("key", PANELS)
def test_without_rows_a_panel_says_it_is_empty_and_with_rows_how_new_they_are(key: str, city: City) -> None:
    assert prop(drawn(key, {}, city), "data-state") == "empty"
    assert prop(drawn(key, {}, city), "data-observed-at") == ""
    live = drawn(key, full(city), city)
    assert prop(live, "data-state") == "live"
    assert str(prop(live, "data-observed-at")).startswith("2026-11-21T")


@pytest.mark.parametrize("key", PANELS)
def test_a_render_does_not_depend_on_the_minute_it_is_made_in(key: str, city: City) -> None:
    rows = full(city)
    one, two = (PANELS[key].render(rows, Context(city, NOW + timedelta(seconds=s), chosen(city))) for s in (0, 20))
    assert one == two


@pytest.mark.parametrize("sight", SIGHTS.by_name.values(), ids=SIGHTS.by_name)
@pytest.mark.parametrize("rows", SETS)
def test_each_id_is_once_on_the_page(rows: str, sight: Sight, city: City) -> None:
    page = [sight.compose(), *(drawn(panel.key, SETS[rows](city), city) for panel in sight.panels)]
    ids = Counter(str(prop(each, "id")) for part in page for each in elements(part) if prop(each, "id"))
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("key", PANELS)
def test_new_figures_change_properties_not_the_structure(key: str, city: City) -> None:
    rows = full(city)
    calm = [{**row, "value": row["value"] + 0.5} for row in rows["latest_readings"]]
    before, after = drawn(key, rows, city), drawn(key, {**rows, "latest_readings": calm}, city)
    assert [prop(e, "id") for e in elements(before)] == [prop(e, "id") for e in elements(after)]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_map_draws_every_measure(measure: str, city: City) -> None:
    page = drawn("map", full(city), city, measure=measure)
    assert all(marked(page, "id", f"map-label-{code.replace('.', '-')}") for code in city.districts)
    assert len(json.dumps(page)) < 60_000


def test_every_reading_of_a_placed_device_has_its_mark(city: City) -> None:
    page = drawn("sensors", full(city), city)
    missing = [
        f"{device.key}/{kind}"
        for device in city.devices.values()
        for kind in device.kinds
        if not marked(page, "data-reading", f"{device.key}/{kind}")
    ]
    assert missing == []


def test_the_newest_of_each_stream_is_marked_even_when_nobody_knows_it(city: City) -> None:
    page = drawn("feeds", full(city), city)
    (reading,) = marked(page, "data-reading", "belum-dikenal/pm25")
    (price,) = marked(page, "data-price", "pasar-baru-sekali/beras-medium")
    (case,) = marked(page, "data-case", "laksa/LAKSA-2026-000123")
    assert (prop(reading, "data-value"), prop(price, "data-value"), prop(case, "data-status")) == (
        "41.5",
        "13400",
        "menunggu",
    )
    (unplaced,) = marked(page, "data-reading", "baru-1/pm25")
    assert prop(unplaced, "data-value") == "12.5"

"""The map's layers: every row says in its table what stands on the map, and the map has nothing that no row says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from layouts import theme
from layouts.findings.measures import MEASURES
from layouts.fonts import SYMBOLS
from layouts.layer import Entry, Layer
from layouts.layers import LAYERS
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City, Tiles
from tests.unit.layouts.rows import NOW, chosen, full, hostile
from tests.unit.layouts.walking import elements, marked, prop, words

PAGES = ("/wilayah/", "/kelurahan/", "/sungai/", "/udara/", "/perangkat/")
ROWS = {"full": full, "hostile": hostile, "none": lambda _: {}}


def entries(key: str, rows: Rows, city: City) -> dict[str, Entry]:
    found = LAYERS[key].entries(rows, Context(city, NOW, chosen(city)))
    return {each.key: each for each in found}


def case(rows: Rows, **changed: object) -> Rows:
    """One open complaint in a place, with what is changed."""
    first = next(row for row in rows["case_places"] if row["lat"] is not None)
    return {"case_places": [{**first, "case_id": "A/1", **changed}]}


def test_the_layers_are_what_the_issue_of_a_map_asks_for_from_below_to_the_top() -> None:
    assert list(LAYERS) == ["districts", "warnings", "sensors", "cases", "other_cases", "gauges", "air"]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_a_row_has_a_key_of_its_own_a_name_and_a_cell_under_every_head(layer: Layer, rows: str, city: City) -> None:
    found = layer.entries(ROWS[rows](city), Context(city, NOW, chosen(city)))
    assert len({each.key for each in found}) == len(found)
    assert all(each.name and len(each.cells) == len(layer.heads(city)) for each in found)
    assert {"nan", "None"} & {word for each in found for cell in each.cells for word in cell.words.split()} == set()
    assert all(each.href == "" or each.href.startswith(PAGES) for each in found)
    assert all(0 <= each.rank < len(theme.LEVELS) for each in found)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_a_legend_tells_shapes_in_words_with_signs_the_font_has(layer: Layer, city: City) -> None:
    legend = layer.legend(city)
    assert legend or layer.form == "areas"
    assert all(each.words for each in legend)
    assert len({(each.shape, each.look, each.rank) for each in legend}) == len(legend)
    known = set(SYMBOLS) | set("0123456789 ")
    assert {sign for each in legend for sign in each.shape} <= known


def test_every_measure_stands_in_the_table_of_the_kecamatan(city: City) -> None:
    found = entries("districts", full(city), city)
    assert set(found) == set(city.districts)
    for each in found.values():
        assert [cell.marks["measure"] for cell in each.cells] == list(MEASURES)
    aduan = next(iter(found.values())).cells[0]
    assert aduan.marks["colour"] in theme.MAP_SHADES
    silent = entries("districts", {}, city)
    assert {cell.words for each in silent.values() for cell in each.cells} == {"tidak ada data"}


def test_a_gauge_says_its_step_and_its_way_by_shape(city: City) -> None:
    rows = full(city)
    gauge = next(each for each in city.devices.values() if each.ladder)
    worst = max(step.threshold for step in gauge.ladder.steps if gauge.ladder)
    buckets = [(NOW - timedelta(minutes=15 * i), worst - 20 * i) for i in range(6)]
    trend = [{"device": gauge.key, "bucket": at, "value": value, "n": 15} for at, value in buckets]
    reading = {"device": gauge.key, "kind": "water_level", "value": worst + 1, "observed_at": NOW, "received_at": NOW}
    found = entries("gauges", {**rows, "latest_readings": [reading], "gauge_trend": trend}, city)
    assert (found[gauge.key].label, found[gauge.key].rank) == ("■↑", 3)
    assert found[gauge.key].cells[1].words == "Siaga 1 (awas)"
    assert "naik" in found[gauge.key].cells[2].words
    silent = next(each for key, each in found.items() if key != gauge.key)
    assert (silent.label, silent.observed_at) == ("▽", None)


def test_a_point_that_is_not_surveyed_says_so(city: City) -> None:
    found = entries("gauges", full(city), city)
    said = {key: "perkiraan" in each.cells[-1].words for key, each in found.items()}
    assert said == {key: city.devices[key].point.approximate for key in said}
    assert set(said.values()) == {True, False}


def test_a_case_stands_in_its_kelurahan_with_the_page_it_leads_to(city: City) -> None:
    rows = case(full(city))
    here = entries("cases", rows, city)[rows["case_places"][0]["subdistrict"]]
    (dot,) = here.dots
    assert (dot.href, dot.waiting) == ("/aduan/laksa/A%2F1", False)
    assert [cell.words for cell in here.cells[1:]] == ["1", "0", "0"]


@pytest.mark.parametrize(("changed", "key", "without"), [
    ({"lat": None}, None, "1"), ({"lat": 51.5}, None, "1"), ({"subdistrict": "99.99.99.9999"}, "lain", "0"),
])  # fmt: skip
def test_a_case_without_a_place_is_counted_but_not_drawn(
    changed: dict[str, object], key: str | None, without: str, city: City
) -> None:
    rows = case(full(city), **changed)
    here = entries("cases", rows, city)[key or rows["case_places"][0]["subdistrict"]]
    assert [here.cells[1].words, here.cells[3].words] == ["1", without]
    assert len(here.dots) == 1 - int(without)


def test_calls_that_are_no_cases_and_cases_of_others_stay_off_the_complaints(city: City) -> None:
    prank = next(each.key for each in city.services["siaga-112"].categories.values() if not each.counts)
    rows = case(full(city), service="siaga-112", category=prank, status="diterima")
    assert entries("cases", rows, city) == {}
    assert entries("other_cases", rows, city) == {}
    assert entries("other_cases", case(full(city), service="siaga-112", category=None, status="diterima"), city)


def test_a_warning_covers_the_places_it_names_and_the_whole_city_where_it_names_it(city: City) -> None:
    rows = full(city)
    first = rows["bulletins_now"][0]
    code = next(iter(city.districts))
    found = entries("warnings", {"bulletins_now": [{**first, "areas": [code]}]}, city)
    assert [each.areas for each in found.values()] == [(code,)]
    found = entries("warnings", {"bulletins_now": [{**first, "areas": [city.region]}]}, city)
    assert [each.areas for each in found.values()] == [tuple(city.districts)]
    assert entries("warnings", {"bulletins_now": [{**first, "severity": "info"}]}, city) == {}


def test_devices_whose_point_says_nothing_stay_off_the_map(city: City) -> None:
    placed = {key for layer in ("gauges", "air", "sensors") for key in entries(layer, full(city), city)}
    left = {device.place for key, device in city.devices.items() if key not in placed}
    assert left == {"office", "street-light", "bus-line"}


def test_the_tables_carry_what_the_script_draws(city: City) -> None:
    page = PANELS["atlas"].render(full(city), Context(city, NOW, chosen(city)))
    bodies = [each for each in elements(page) if prop(each, "data-layer") and prop(each, "data-form")]
    assert [prop(each, "data-layer") for each in bodies] == list(reversed(LAYERS))
    (gauge,) = marked(page, "id", "atlas-gauges-gauge-pintu-air-10")
    assert prop(gauge, "data-at") == "106.62772 -6.16079"
    assert str(prop(gauge, "data-label")).startswith("▽")
    (row,) = marked(page, "id", f"atlas-cases-{next(iter(city.subdistricts)).replace('.', '-')}")
    ((lon, lat, waiting, href),) = json.loads(str(prop(row, "data-dots")))
    assert (106 < lon < 107, -7 < lat < -6, waiting) == (True, True, 0)
    assert href.startswith("/aduan/laksa/")


def test_the_tile_server_is_named_where_a_pack_has_one(city: City) -> None:
    stage = marked(PANELS["atlas"].render({}, Context(city, NOW, chosen(city))), "id", "atlas-stage")[0]
    assert prop(stage, "data-tiles") is None
    with_tiles = replace(city, tiles=Tiles("https://ubin.example/{z}/{x}/{y}.png", "© Kota", 16))
    stage = marked(PANELS["atlas"].render({}, Context(with_tiles, NOW, chosen(city))), "id", "atlas-stage")[0]
    assert (prop(stage, "data-tiles"), prop(stage, "data-credit"), prop(stage, "data-deepest")) == (
        "https://ubin.example/{z}/{x}/{y}.png", "© Kota", "16",
    )  # fmt: skip


def test_the_map_says_that_its_borders_are_a_sketch_and_what_is_not_on_it(city: City) -> None:
    page = PANELS["atlas"].render(full(city), Context(city, NOW, chosen(city)))
    said = words(page)
    assert "peta skematik" in said
    assert "posisi perkiraan" in said
    assert "Bus tidak digambar" in said
    real = PANELS["atlas"].render(full(city), Context(replace(city, boundaries={"features": []}), NOW, chosen(city)))
    assert "peta skematik" not in words(real)

"""The desk's pages about cases, agencies and places: where numbers lead, why a place is red, what a filter says."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from layouts import html, links
from layouts.findings.case_states import FILTERS, SORTS, STATES
from layouts.findings.places import places_of
from layouts.options import OPTIONS
from layouts.panel import Context
from layouts.panels import PANELS
from sensors.city import City
from tests.pack import SIGHTS
from tests.unit.layouts.answers import place_of
from tests.unit.layouts.rows import NOW, chosen, full
from tests.unit.layouts.walking import elements, marked, prop, words

OURS = ("case_states", "case_facts", "case_steps", "case_neighbours", "agency_league", "agency_now", "agency_times",
        "agency_cases", "places", "district_reason", "district_cases", "district_devices", "subdistrict_reason",
        "subdistrict_cases", "subdistrict_weeks", "subdistrict_devices", "complaints", "agencies", "due", "services",
        "emergency", "map", "summary")  # fmt: skip
ELSEWHERE = ("/perangkat/", "/sungai/", "/udara/")
"""Pages of devices, which stand beside these."""


def drawn(key: str, city: City, **options: str) -> html.Element:
    root: html.Element = PANELS[key].render(full(city), Context(city, NOW, chosen(city) | options))
    return root


def hrefs(root: html.Element) -> list[str]:
    return [str(prop(each, "href")) for each in elements(root) if isinstance(each, html.A) and prop(each, "href")]


@pytest.mark.parametrize("key", OURS)
def test_every_link_leads_to_a_page_there_is_with_filters_it_takes(key: str, city: City) -> None:
    by_shape = {tuple(sight.page.path.split("/")[1:2]): sight for sight in SIGHTS.pages.values() if sight.page}
    for href in hrefs(drawn(key, city)):
        if href.startswith(("#", *ELSEWHERE)):
            continue
        parts = urlsplit(href)
        assert (parts.path.split("/")[1],) in by_shape, href
        if parts.path == "/aduan":
            for name, (value,) in parse_qs(parts.query).items():
                assert name in FILTERS, href
                assert OPTIONS[name].wrong(city, value) is None, href


def test_a_place_with_many_late_cases_is_red_and_says_by_which_row(city: City) -> None:
    place = place_of(city)
    found = places_of(full(city), city, NOW)
    assert found.kelurahan[place].standing.level == "merah"
    root = drawn("subdistrict_reason", city)
    (level,), (why,) = (marked(root, "id", f"subdistrict_reason-{name}") for name in ("level", "why"))
    assert words(level) == "■ merah"
    assert words(why).startswith("Lewat tenggat: 9 kasus, mulai 3")
    (rule,) = marked(root, "id", "subdistrict_reason-overdue-rule")
    assert "contoh" in words(rule)
    assert links.cases(subdistrict=place, overdue="ya") in hrefs(root)


def test_a_kecamatan_counts_its_red_kelurahan_and_the_map_says_its_level(city: City) -> None:
    district = city.subdistricts[place_of(city)].district
    found = places_of(full(city), city, NOW)
    assert found.kecamatan[district].red == 1
    assert sum(each.red for each in found.kecamatan.values()) == 1
    (level,) = marked(drawn("map", city), "id", f"map-level-{district.replace('.', '-')}")
    assert words(level) == "▲ jingga"


def test_every_kecamatan_on_the_map_leads_to_its_page(city: City) -> None:
    assert {links.district(code) for code in city.districts} <= set(hrefs(drawn("map", city)))


def test_a_warning_for_the_whole_city_makes_no_single_place_stand_out(city: City) -> None:
    rows = full(city)
    rows["bulletins_now"] = [{**rows["bulletins_now"][0], "severity": "awas", "areas": [city.region]}]
    assert not any(each.warnings for each in places_of(rows, city, NOW).kecamatan.values())
    rows["bulletins_now"] = [{**rows["bulletins_now"][0], "areas": ["36.71.08"]}]
    found = places_of(rows, city, NOW)
    assert [code for code, each in found.kecamatan.items() if each.warnings] == ["36.71.08"]
    assert {code[:8] for code, each in found.kelurahan.items() if each.warnings} == {"36.71.08"}


def test_the_states_add_up_to_all_cases(city: City) -> None:
    root = drawn("case_states", city)
    counted = [words(each).split(" ")[0] for key in STATES if key != "terbuka"
               for each in marked(root, "id", f"case_states-{key}")]  # fmt: skip
    (all_,) = marked(root, "id", "case_states-all")
    assert sum(int(n) for n in counted) == int(words(all_).split(" ")[0]) == 123


def test_each_filter_has_a_chip_that_takes_only_itself_away(city: City) -> None:
    said = {"service": "laksa", "district": "36.71.07", "overdue": "ya"}
    none = dict.fromkeys(FILTERS, "")
    root = PANELS["case_states"].render(full(city), Context(city, NOW, none | said))
    chips = [each for each in elements(root) if prop(each, "className") == "chip"]
    assert [str(prop(chip, "href")) for chip in chips] == [
        *(links.cases(**{**said, name: ""}) for name in said),
        "/aduan",
    ]
    empty = PANELS["case_states"].render(full(city), Context(city, NOW, none))
    assert [each for each in elements(empty) if prop(each, "className") == "chip"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("from", "2026-13-01"), ("from", "kemarin"), ("days", "0"), ("days", "-1"), ("page", "x"), ("sort", "nama"),
     ("overdue", "tidak"), ("state", "?"), ("agency", "?"), ("case", "a\nb"), ("case", "")],
)  # fmt: skip
def test_a_filter_refuses_what_it_does_not_know(city: City, name: str, value: str) -> None:
    assert OPTIONS[name].wrong(city, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("from", "2026-11-01"), ("days", "30"), ("page", "12"), ("sort", "-opened"), ("overdue", "ya"),
     ("state", "terbuka"), ("agency", "tanpa"), ("case", "503/12-A"), *(("sort", each) for each in SORTS)],
)  # fmt: skip
def test_a_filter_takes_what_it_knows(city: City, name: str, value: str) -> None:
    assert OPTIONS[name].wrong(city, value) is None


def test_a_case_says_its_rule_with_source_and_the_steps_that_cannot_be(city: City) -> None:
    facts, steps = words(drawn("case_facts", city)), words(drawn("case_steps", city, service="laksa"))
    stage = city.services["laksa"].stages[0]
    assert stage.regulation in facts
    assert stage.source in facts
    assert "▲ tidak menurut urutan layanan" in steps

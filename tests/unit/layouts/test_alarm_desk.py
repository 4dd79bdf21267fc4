"""The desk's list of alarms and the page of one: order, groups, filters, what is offered, what an empty list says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl

import pytest

from layouts import html
from layouts.findings.alarm_before import MOST as BEFORE
from layouts.findings.alarm_list import FILTERS, MOST, ORDERS, listed
from layouts.formats import clock
from layouts.panel import Context
from layouts.panels import PANELS
from layouts.panels.alarm_deeds import WORDS
from sensors.city import City
from tests.english import unsaid
from tests.pack import SCENES
from tests.unit.layouts.answers.alarms import alarm
from tests.unit.layouts.rows import NOW, chosen, full
from tests.unit.layouts.walking import elements, marked, prop, words

MINUTE = timedelta(minutes=1)


def drawn(city: City, key: str, rows: dict[str, Any], **options: str) -> html.Element:
    return PANELS[key].render(rows, Context(city, NOW, chosen(city) | options))


def lines(root: html.Element) -> list[str]:
    return [str(prop(each, "data-alarm")) for each in elements(root) if prop(each, "data-alarm")]


def test_every_alarm_has_one_line_with_its_marks_in_any_order(city: City) -> None:
    rows = full(city)
    ids = sorted(str(row["id"]) for row in rows["alarm_list"])
    for order in ORDERS:
        root = drawn(city, "alarm_list", rows, arrange=order)
        assert sorted(lines(root)) == ids
        for row in rows["alarm_list"]:
            (line,) = marked(root, "id", f"alarm-{row['id']}")
            assert prop(line, "data-priority") == row["priority"]
            assert prop(line, "data-status")


def test_the_newest_first_is_the_newest_first(city: City) -> None:
    rows = full(city)
    newest = sorted(rows["alarm_list"], key=lambda row: row["raised_at"], reverse=True)
    assert lines(drawn(city, "alarm_list", rows, arrange="since")) == [str(row["id"]) for row in newest]


def test_what_one_thing_explains_stands_behind_its_gravest(city: City) -> None:
    gauge = next(device.key for device in city.devices.values() if device.ladder)
    found = [
        alarm(number, rule, gauge, city, NOW) for number, rule in enumerate(("siaga-2", "air-naik-cepat", "siaga-1"))
    ]
    root = drawn(city, "alarm_list", full(city) | {"alarm_list": found, "alarm_minutes": []})
    assert lines(root) == ["3", "1", "2"]
    (more,) = (each for each in elements(root) if isinstance(each, html.Summary))
    assert words(more) == "2 alarm lagi dengan sebab sama"
    (whole,) = (each for each in elements(root) if prop(each, "data-group"))
    assert prop(whole, "data-group") == "3 1 2"


def test_only_what_nobody_has_seen_can_be_chosen(city: City) -> None:
    rows = full(city)
    root = drawn(city, "alarm_list", rows)
    boxes = {str(prop(each, "value")) for each in elements(root) if prop(each, "type") == "checkbox"}
    assert boxes == {
        str(row["id"]) for row in rows["alarm_list"] if not row["acknowledged_by"] and not row["shelved_until"]
    }


def test_a_flood_is_said_with_its_beginning(city: City) -> None:
    rows = full(city) | {"alarm_minutes": [{"minute": NOW - 5 * MINUTE, "n": 23}]}
    (banner,) = marked(drawn(city, "alarm_list", rows), "id", "alarm_list-flood")
    assert words(banner) == "▲ Banjir alarm sejak 13.55: 23 dalam 10 menit, dikelompokkan menurut kecamatan"
    (banner,) = marked(drawn(city, "alarm_list", rows | {"alarm_minutes": []}), "id", "alarm_list-flood")
    assert prop(banner, "hidden") is True


@pytest.mark.parametrize(
    ("engine", "options", "said"),
    [(True, {}, "○ Tidak ada alarm."), (False, {}, "Mesin alarm belum pernah berjalan"),
     (True, {"priority": "high"}, "Tidak ada alarm yang cocok")],
)  # fmt: skip
def test_an_empty_list_is_good_news_only_while_somebody_looks(
    city: City, engine: bool, options: dict[str, str], said: str
) -> None:
    rows = {"alarm_list": [], "alarm_engine": full(city)["alarm_engine"] if engine else []}
    root = drawn(city, "alarm_list", rows, **(dict.fromkeys(FILTERS[:-1], "") | options))
    assert said in words(root)
    assert unsaid(root, rows) == []
    assert prop(root, "data-state") == ("live" if engine else "empty")


def test_a_list_that_is_too_long_says_so(city: City) -> None:
    rows = full(city)
    many = [{**rows["alarm_list"][0], "id": n, "cause": str(n)} for n in range(1, MOST + 2)]
    assert listed({"alarm_list": many}, Context(city, NOW, chosen(city))).more
    assert len(lines(drawn(city, "alarm_list", rows | {"alarm_list": many}))) == MOST


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ({}, {"acknowledged", "assigned", "noted", "shelved", "resolved"}),
        ({"acknowledged_at": NOW}, {"assigned", "noted", "shelved", "resolved"}),
        ({"shelved_until": NOW + MINUTE}, {"acknowledged", "assigned", "noted", "unshelved", "resolved"}),
        ({"ended_at": NOW}, {"acknowledged", "assigned", "noted", "resolved", "reviewed"}),
        ({"resolved_at": NOW, "acknowledged_at": NOW}, {"noted"}),
        ({"ended_at": NOW, "reviewed_at": NOW, "acknowledged_at": NOW}, {"noted"}),
        ({"withdrawn": True}, set()),
    ],
)
def test_only_steps_that_make_sense_are_offered(city: City, state: dict[str, Any], offered: set[str]) -> None:
    rows = full(city)
    rule, device = rows["alarm_one"][0]["rule"], rows["alarm_one"][0]["device"]
    rows["alarm_one"] = [alarm(0, rule, device, city, NOW, **state)]
    forms = [each for each in elements(drawn(city, "alarm_deeds", rows)) if prop(each, "data-step")]
    assert [prop(each, "data-step") for each in forms] == list(WORDS), "each stays where it is"
    assert {prop(each, "data-step") for each in forms if not prop(each, "hidden")} == offered


def test_one_alarm_says_what_to_do_and_whose_figure_its_bound_is(city: City) -> None:
    rows = full(city)
    rule = city.alarm_rules[rows["alarm_one"][0]["rule"]]
    said = words(drawn(city, "alarm_facts", rows))
    for each in (rule.action, rule.source, rule.title, "contoh", "tertinggi"):
        assert each in said
    gone = drawn(city, "alarm_facts", rows | {"alarm_one": []})
    assert prop(gone, "data-missing") == "true"


def test_a_figure_that_is_a_change_or_a_count_says_so(city: City) -> None:
    gauge = next(device.key for device in city.devices.values() if device.ladder)
    units = (("air-naik-cepat", "tertinggi", "cm/jam"), ("banjir-serentak", "terbanyak", "kasus"),
             ("siaga-1", "tertinggi", "cm"))  # fmt: skip
    for rule, worst, unit in units:
        row = {**alarm(0, rule, gauge, city, NOW), "worst": 70, "bound": 60}
        root = drawn(city, "alarm_list", full(city) | {"alarm_list": [row]})
        (figure,) = marked(root, "id", "alarm-1-figure")
        assert words(figure) == f"{worst} 70 {unit}, batas 60 {unit}"


def figures(city: City, row: dict[str, Any], *readings: dict[str, Any]) -> str:
    """What an alarm's page says beside the word for its figures."""
    rows = {**full(city), "alarm_one": [row], "alarm_reading": list(readings)}
    root = drawn(city, "alarm_facts", rows)
    assert unsaid(root, rows) == []
    said = " ".join(words(root).split())
    return said.partition(" Angka ")[2].partition(" Saat muncul ")[0]


def test_the_page_of_an_alarm_says_what_is_measured_now_before_the_worst_and_its_bound(city: City) -> None:
    gauge = next(device.key for device in city.devices.values() if device.ladder)
    row = {**alarm(0, "siaga-1", gauge, city, NOW), "kind": "water_level", "worst": 512, "bound": 500}
    now = {"value": 470.0, "observed_at": NOW - MINUTE}
    assert figures(city, row, now) == "kini 470 cm , · tertinggi 512 cm, batas 500 cm"
    silent = {"value": 470.0, "observed_at": NOW - 13 * MINUTE}
    assert figures(city, row, silent).startswith("tidak ada data sejak Sab 21 Nov 13.47 WIB , · tertinggi")
    assert figures(city, row) == "tidak ada data · tertinggi 512 cm, batas 500 cm"
    paced = row | {"rule": "air-naik-cepat", "worst": 70, "bound": 60}
    assert figures(city, paced, now).startswith("kini 470 cm (Tinggi muka air) ")
    cases = row | {"rule": "banjir-serentak", "device": None, "kind": None, "worst": 7, "bound": 5}
    assert figures(city, cases, now) == "terbanyak 7 kasus, batas 5 kasus"


def test_the_worst_of_what_falls_is_the_lowest(city: City) -> None:
    device = next(each.key for each in city.devices.values() if each.ladder)
    rule = city.alarm_rules["debu-halus-tinggi"]
    falling = replace(rule, bounds=replace(rule.bounds, bounds=replace(rule.bounds.bounds, above=False)))
    cold = replace(city, alarm_rules={**city.alarm_rules, rule.key: falling})
    row = {**alarm(0, rule.key, device, city, NOW), "kind": "water_level", "worst": 12, "bound": 20}
    assert figures(cold, row).endswith("terendah 12 cm, batas 20 cm")
    assert figures(city, row).endswith("tertinggi 12 cm, batas 20 cm")
    assert figures(city, row | {"rule": "entah"}).endswith("terburuk 12 cm, batas 20 cm")


@pytest.mark.parametrize("minutes", [0, 5, 20, 26, 40, 55, 90, 200, 1000])
def test_the_times_under_the_course_of_an_alarm_stand_apart_and_say_when_it_began(city: City, minutes: int) -> None:
    gauge = next(device.key for device in city.devices.values() if device.ladder)
    row = {**alarm(0, "siaga-1", gauge, city, NOW), "kind": "water_level", "raised_at": NOW - minutes * MINUTE}
    course = [{"bucket": row["raised_at"] - MINUTE, "n": 1, "total": 470.0, "low": 470.0, "high": 470.0}]
    root = drawn(city, "alarm_course", full(city) | {"alarm_one": [row], "alarm_course": course})
    marks = [each for each in elements(root) if "chart-x" in str(prop(each, "className")) and words(each)]
    (began,) = (words(each) for each in marks if "muncul" in words(each))
    assert began.startswith(f"muncul {clock(row['raised_at'], city.zone)}")
    wide = 31 / 100  # rem for a percent of the narrowest drawing beside others; 0.47 rem for a letter
    ends = [_ends(each, wide) for each in marks]
    assert all(right < left for (_, right), (left, _) in pairwise(sorted(ends)))


def test_a_peak_of_less_than_a_step_is_said_and_drawn_though_the_means_hide_it(city: City) -> None:
    gauge = next(device.key for device in city.devices.values() if device.ladder)
    row = {**alarm(0, "siaga-1", gauge, city, NOW), "kind": "water_level", "raised_at": NOW - 30 * MINUTE}
    course = [
        {"bucket": NOW - minute * MINUTE, "n": 2, "total": 940.0, "low": 468.0, "high": 533.0 if minute == 5 else 472.0}
        for minute in range(60, 0, -1)
    ]
    root = drawn(city, "alarm_course", full(city) | {"alarm_one": [row], "alarm_course": course})
    (drawing,) = (each for each in elements(root) if prop(each, "id") == "alarm_course-chart-drawing")
    assert "tertinggi 533 pada" in str(prop(drawing, "alt"))
    rules = [float(words(each)) for each in elements(root) if prop(each, "className") == "chart-y"]
    assert max(rules) >= 533


def _ends(mark: html.Element, wide: float) -> tuple[float, float]:
    """From where to where a mark of time reaches, in rem: the last one ends at its place, others have it as middle."""
    at, long = float(str(prop(mark, "style")["left"]).rstrip("%")) * wide, 0.47 * len(words(mark))  # type: ignore[index]
    return (at - long, at) if "chart-now" in str(prop(mark, "className")) else (at - long / 2, at + long / 2)


def leads_to(city: City, rows: dict[str, Any], row: dict[str, Any]) -> str:
    root = drawn(city, "alarm_facts", rows | {"alarm_one": [row]})
    (link,) = (each for each in elements(root) if isinstance(each, html.A) and words(each) == "Peta")
    return str(prop(link, "href"))


def test_the_map_of_an_alarm_opens_at_its_device_and_picks_a_row_that_the_map_has(city: City) -> None:
    rows = full(city)
    atlas = drawn(city, "atlas", rows)
    signs = {
        f"{layer}/{prop(row, 'data-key')}": str(prop(row, "data-at"))
        for layer in ("sensors", "gauges", "air", "districts")
        for body in marked(atlas, "data-layer", layer)
        for row in elements(body)
        if prop(row, "data-key")
    }
    for number, device in enumerate(city.devices.values()):
        address = leads_to(city, rows, alarm(number, "perangkat-diam", device.key, city, NOW))
        said = dict(parse_qsl(address.removeprefix("/peta#"), strict_parsing=True))
        lat, lon = device.point.lat, device.point.lon
        if said["pilih"] == f"districts/{device.district}":  # where its point says nothing
            assert "peta" not in said
            assert device.place in {"office", "street-light", "bus-line"}
        else:
            assert said["pilih"].endswith(f"/{device.key}")
            assert signs[said["pilih"]] == f"{lon} {lat}"
            assert said["peta"] == f"{9 if device.upstream else 14}.00/{lat:.4f}/{lon:.4f}"
        assert said["pilih"] in signs


def test_the_map_of_an_alarm_without_a_device_opens_at_its_middle_its_kecamatan_or_as_it_is(city: City) -> None:
    rows = full(city)
    row = {**alarm(0, "banjir-serentak", next(iter(city.devices)), city, NOW), "device": None, "kind": None,
           "district": "36.71.07", "subdistrict": "36.71.07.1004", "lat": -6.18761, "lon": 106.6}  # fmt: skip
    layers = "warnings+sensors+cases+other_cases+gauges+air"
    at = f"/peta#peta=14.00/-6.1876/106.6000&lapisan={layers}&pilih="
    assert leads_to(city, rows, row) == f"{at}cases/36.71.07.1004"
    assert leads_to(city, rows, row | {"subdistrict": None}) == f"{at}districts/36.71.07"
    assert leads_to(city, rows, row | {"lat": None}) == "/peta#pilih=districts/36.71.07"
    assert leads_to(city, rows, row | {"lat": None, "district": None}) == "/peta"


@pytest.mark.parametrize(
    ("priority", "times", "said"),
    [
        ("high", 1, "sekali: tidak diterima dalam 5 menit, kini giliran Operator 2"),
        ("high", 2, "2 kali: tidak diterima dalam 10 menit, kini giliran Operator 3"),
        ("medium", 1, "sekali: tidak diterima dalam 30 menit, kini giliran Operator 2"),
        ("high", 90, "90 kali: tidak diterima dalam 450 menit"),  # a pack that has fewer positions now
        ("high", 0, ""),
    ],
)
def test_an_alarm_that_was_passed_on_says_why_how_often_and_to_whom(
    city: City, priority: str, times: int, said: str
) -> None:
    rows = full(city)
    rows["alarm_one"] = [{**rows["alarm_one"][0], "priority": priority, "escalated": times}]
    root = drawn(city, "alarm_facts", rows)
    assert unsaid(root, rows) == []
    assert (f"Dinaikkan {said} Pemilik" in words(root)) is bool(said)
    assert ("Dinaikkan" in words(root)) is bool(said)


def test_the_step_of_passing_on_says_to_whom_and_why(city: City) -> None:
    rows = full(city)
    log, shift = drawn(city, "alarm_log", rows), drawn(city, "shift_log", rows)
    assert unsaid(log, rows) == unsaid(shift, rows) == []
    (row,) = marked(log, "data-step", "escalated")
    assert words(row).endswith("dinaikkan ke Operator 2 tidak diterima pada waktunya")
    assert "dinaikkan 1 (tidak diterima pada waktunya)" in words(shift)


def test_a_camera_is_a_link_on_the_pages_of_its_alarm_and_its_device_and_of_no_other(city: City) -> None:
    camera, rows = "https://cctv.example.go.id/pos/10", full(city)
    key = rows["alarm_one"][0]["device"]
    seen = replace(city, devices={**city.devices, key: replace(city.devices[key], camera=camera)})

    def links_to(where: City, panel: str) -> list[str]:
        root = drawn(where, panel, rows, device=key)
        return [str(prop(each, "rel")) for each in elements(root) if prop(each, "href") == camera]

    for panel in ("alarm_facts", "device_now"):
        assert links_to(seen, panel) == ["noopener noreferrer"]
        assert links_to(city, panel) == []
    on_walls = {panel.key for scene in SCENES.values() for panel in scene.panels}
    assert on_walls.isdisjoint({"alarm_facts", "device_now"})


def before(city: City, number: int, rule: str, device: str, minutes: int) -> dict[str, Any]:
    return alarm(number, rule, device, city, NOW) | {"raised_at": NOW - minutes * MINUTE}


def test_what_came_before_an_alarm_is_told_in_order_the_nearest_of_many(city: City) -> None:
    gauges = [device for device in city.devices.values() if device.ladder]
    upstream, here = next(each for each in gauges if each.upstream), next(each for each in gauges if not each.upstream)
    away = [each for each in city.devices.values() if each.district not in (None, here.district)]
    one = before(city, 0, "siaga-2", here.key, 5)
    earlier = [before(city, 9, "siaga-2", upstream.key, 200), before(city, 8, "perangkat-diam", here.key, 100)]
    earlier += [before(city, 10 + n, "siaga-2", device.key, 90 - n) for n, device in enumerate(away[:20])]
    root = drawn(city, "alarm_before", full(city) | {"alarm_one": [one], "alarm_before": earlier})
    told = lines(root)
    assert len(told) == BEFORE
    assert told[0] == "10", "what stands upstream came first, and is told though others are newer"
    assert "9" not in told, "a silent device brings nothing about"
    assert words(marked(root, "id", "alarm_before-more")[0]).endswith("13 alarm lagi yang lebih jauh")
    order = {str(row["id"]): row["raised_at"] for row in earlier}
    assert [order[each] for each in told] == sorted(order[each] for each in told)


def test_whose_an_alarm_is_by_its_rule_stands_first_and_is_called_so(city: City) -> None:
    owner = list(city.agencies)[-1]
    row = {**full(city)["alarm_one"][0], "agency": owner}
    groups = [each for each in elements(drawn(city, "alarm_deeds", full(city) | {"alarm_one": [row]}))
              if isinstance(each, html.Optgroup)]  # fmt: skip
    assert [prop(each, "label") for each in groups] == ["Pemilik menurut aturan", "OPD lain"]
    held = [[prop(each, "value") for each in elements(group) if isinstance(each, html.Option)] for group in groups]
    assert held == [[owner], [key for key in city.agencies if key != owner]]


def test_what_began_within_the_same_minute_did_not_come_nought_minutes_earlier(city: City) -> None:
    gauge = next(device.key for device in city.devices.values() if device.ladder)
    one, same = before(city, 0, "siaga-2", gauge, 5), before(city, 9, "siaga-2", gauge, 5)
    rows = full(city) | {"alarm_one": [one], "alarm_before": [same, before(city, 10, "siaga-2", gauge, 6)]}
    leads = [words(marked(drawn(city, "alarm_before", rows), "data-alarm", str(n))[0]) for n in (10, 11)]
    assert [each.endswith("bersamaan") for each in leads] == [True, False]


def test_a_gauge_upstream_on_another_river_is_only_far_away(city: City) -> None:
    gauges = [device for device in city.devices.values() if device.ladder]
    upstream = next(each for each in gauges if each.upstream)
    here = next(each for each in gauges if each.river not in (None, upstream.river))
    away = [each for each in city.devices.values() if each.district not in (None, here.district)]
    earlier = [before(city, 9, "siaga-2", upstream.key, 200)]
    earlier += [before(city, 10 + n, "siaga-2", device.key, 90 - n) for n, device in enumerate(away[:20])]
    rows = full(city) | {"alarm_one": [before(city, 0, "siaga-2", here.key, 5)], "alarm_before": earlier}
    assert "10" not in lines(drawn(city, "alarm_before", rows))


def test_an_alarm_before_which_nothing_was_says_for_how_long(city: City) -> None:
    root = drawn(city, "alarm_before", full(city) | {"alarm_before": []})
    assert "dalam 6 jam sebelum" in words(root)


def test_the_agency_of_a_rule_stands_first_among_those_it_can_be_passed_to(city: City) -> None:
    row = next(row for row in full(city)["alarm_list"] if row["agency"] not in (None, next(iter(city.agencies))))
    (select,) = marked(drawn(city, "alarm_deeds", full(city) | {"alarm_one": [row]}), "id", "alarm_deeds-agency")
    offered = [str(prop(each, "value")) for each in elements(select) if isinstance(each, html.Option)]
    assert offered[:2] == ["", row["agency"]]
    assert sorted(offered[1:]) == sorted(city.agencies)

"""What offices announce is well-formed, general, and warns of the rain the sky then brings."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime

import pytest

from sensors.areas import reach_of
from sensors.cap import is_cap, parse_cap
from sensors.city import City
from sensors.judge.cap import judge_cap
from sensors.virtual_city import alerts, bulletins, feeds
from sensors.virtual_city.announcing import announced, announcing
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.messages import Message
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


def _city(world: World, speed: float = 1.0) -> feeds.City:
    return feeds.City(world, Pace(MONDAY, speed), beats(world, None), None, MONDAY - 14 * DAY)


def _week(world: World) -> list[Message]:
    return list(announced(_city(world), MONDAY - 7 * DAY, MONDAY))


def test_a_week_has_news_an_edition_each_day_and_police_notices(make_world: MakeWorld, pack: City) -> None:
    made = list(bulletins.announcements(make_world(), MONDAY, MONDAY + 7 * DAY))
    by_channel = {key: [each for each in made if each.channel == key] for key in pack.channels}
    assert len(by_channel["e-paper"]) == 7
    assert "Koran Benteng edisi 16 November 2026" in {each.title for each in by_channel["e-paper"]}
    assert 20 <= len(by_channel["berita"]) <= 40
    assert 7 <= len(by_channel["polres"]) <= 25
    assert len(by_channel["diskominfo"]) == 1
    assert {each.severity for each in made} <= {"info", "waspada"}
    assert len({(each.channel, each.ident) for each in made}) == len(made)
    assert [each.at for each in made] == sorted(each.at for each in made)


def test_json_bulletins_have_the_contract_s_fields(make_world: MakeWorld, pack: City) -> None:
    told = [(m.topic, json.loads(m.payload)) for m in _week(make_world()) if not is_cap(m.payload)]
    assert told
    for topic, fields in told:
        assert topic.removeprefix("tangerang/bulletins/") in pack.channels
        assert fields.keys() - {"expires_at"} == {"id", "title", "body", "issued_at", "severity", "areas"}
        assert fields["issued_at"].endswith("+07:00")
        assert set(fields["areas"]) <= pack.districts.keys()


@pytest.mark.parametrize("scenario", ["storm", "flood"])
def test_a_staged_storm_is_warned_of_at_once_as_cap(make_world: MakeWorld, pack: City, scenario: str) -> None:
    sent = announced(_city(make_world(scenario)), MONDAY, MONDAY + HOUR)
    payload = next(message.payload for message in sent if is_cap(message.payload))
    alert = parse_cap(payload, datetime.fromtimestamp(MONDAY + 60, UTC))
    info = alert.infos[0]
    assert judge_cap(info.severity, info.urgency, info.certainty, pack.cap_levels) in {"siaga", "awas"}
    assert reach_of(info.areas, pack).codes
    assert info.sender_name == "BMKG (simulasi)"
    assert "simulasi" in alert.sender
    assert info.expires is not None
    assert info.expires.timestamp() > MONDAY + HOUR


def test_it_rains_between_onset_and_expiry_of_a_warning_in_the_warned_area(make_world: MakeWorld, pack: City) -> None:
    world = make_world()
    warned = [each for each in alerts.alerts(world, MONDAY - 30 * DAY, MONDAY) if each.ends is None]
    assert len(warned) > 5
    for each in warned:
        rain = [world.sky.rain_mm(s.point, each.onset, each.expires) for s in pack.subdistricts.values()]
        assert max(rain) > 2
        assert each.at < each.onset < each.expires


def test_a_cancel_names_its_warning_and_comes_before_it_runs_out(make_world: MakeWorld) -> None:
    sent = list(alerts.alerts(make_world(), MONDAY - 60 * DAY, MONDAY))
    warned = {each.ident: each for each in sent if each.ends is None}
    cancels = [each for each in sent if each.ends]
    assert cancels
    for each in cancels:
        assert each.ends is not None
        before = warned[each.ends[0]]
        assert before.at == each.ends[1]
        assert before.onset < each.at < before.expires


def test_calm_has_no_warnings_and_a_week_is_the_same_twice(make_world: MakeWorld) -> None:
    assert list(alerts.alerts(make_world("calm"), MONDAY, MONDAY + 7 * DAY)) == []
    assert _week(make_world()) == _week(make_world())


def test_history_and_life_announce_the_same(make_world: MakeWorld) -> None:
    city = _city(make_world())
    live = announcing(city, MONDAY - 3 * DAY)
    lived = list(itertools.takewhile(lambda message: message.due <= MONDAY, live))
    assert list(announced(city, MONDAY - 3 * DAY, MONDAY)) == lived


def test_a_fast_world_announces_by_the_clock(make_world: MakeWorld) -> None:
    sent = list(itertools.islice(announcing(_city(make_world("storm"), speed=60.0), MONDAY), 20))
    assert sent[-1].due < MONDAY + 2 * HOUR
    for message in sent:
        if not is_cap(message.payload):
            issued = datetime.fromisoformat(json.loads(message.payload)["issued_at"]).timestamp()
            assert issued == pytest.approx(message.due, abs=1)

"""What is sent is what the contract says: codecs take it, life and history agree, and the rhythm is the kinds'."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sensors.codecs import Decoded, codec_of
from sensors.virtual_city import feeds, history, messages
from sensors.virtual_city.complaints import steps
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.flaws import Flaws
from sensors.virtual_city.messages import Message
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld

Reading = tuple[str, str, datetime]


def _city(world: World, rate: float | None = None, speed: float = 1.0, *, flaws: bool = True) -> feeds.City:
    chosen = Flaws(world.seed) if flaws else None
    return feeds.City(world, Pace(MONDAY, speed), beats(world, rate), chosen, MONDAY - 14 * DAY)


def _until(feed: Iterator[Message], until: float) -> list[Message]:
    return list(itertools.takewhile(lambda message: message.due <= until, feed))


def _decode(message: Message) -> Decoded:
    codec = codec_of(message.payload)
    return codec.decode(message.payload, message.topic.rsplit("/", 1)[1], datetime.fromtimestamp(message.due, UTC))


def _values(sent: list[Message]) -> dict[Reading, float]:
    found: dict[Reading, float] = {}
    for message in sent:
        decoded = _decode(message)
        assert decoded.refused == (), message
        for reading in decoded.readings:
            key = (reading.device, reading.kind, reading.observed_at)
            assert found.setdefault(key, reading.value) == reading.value
    return found


def test_the_codecs_take_every_live_reading(make_world: MakeWorld) -> None:
    sent = _until(feeds.readings(_city(make_world()), MONDAY), MONDAY + 2 * HOUR)
    assert len(_values(sent)) > 7000
    assert {message.payload[:1] for message in sent} == {b"[", b"{"}


def test_history_and_life_tell_the_same(make_world: MakeWorld) -> None:
    city = _city(make_world())
    lived = _values(_until(feeds.readings(city, MONDAY), MONDAY + 3 * HOUR))
    past = [m for block in history.blocks(city, MONDAY, MONDAY + 3 * HOUR, MONDAY + 3 * HOUR) for m in block.messages]
    told = _values([message for message in past if "/readings/" in message.topic])
    missing = told.keys() - lived.keys()  # values a device failed to send, and outages that were not over
    assert len(missing) < 0.02 * len(told)
    assert all(told[key] == value for key, value in lived.items() if key in told)
    assert lived.keys() <= told.keys()


def test_old_history_is_thinned_but_never_its_amounts(make_world: MakeWorld) -> None:
    city = _city(make_world())
    now = MONDAY + 10 * DAY
    past = [m for block in history.blocks(city, MONDAY, MONDAY + 6 * HOUR, now) for m in block.messages]
    kinds = Counter(kind for _, kind, _ in _values([m for m in past if "/readings/" in m.topic]))
    per_device = {"water_level": 6 * 6, "vehicle_count": 6 * 60, "rain": 6 * 12}
    for kind, expected in per_device.items():
        devices = sum(kind in device.kinds for device in city.world.city.devices.values())
        assert kinds[kind] == pytest.approx(expected * devices, abs=devices)


def test_history_comes_newest_first_in_packs_and_covers_all(make_world: MakeWorld) -> None:
    blocks = list(history.blocks(_city(make_world()), MONDAY - 3 * DAY, MONDAY, MONDAY))
    spans = [(block.since, block.until) for block in blocks if block.until > block.since]
    assert spans[0][1] == MONDAY
    assert spans[-1][0] == MONDAY - 3 * DAY
    assert all(older[1] == newer[0] for newer, older in itertools.pairwise(spans))
    assert blocks[-1].share == 1
    assert max(message.readings for message in blocks[0].messages) == 80


def test_fourteen_days_stay_near_seven_hundred_thousand_readings(make_world: MakeWorld) -> None:
    city = _city(make_world())
    fine = sum(m.readings for m in next(history.blocks(city, MONDAY - 6 * HOUR, MONDAY, MONDAY)).messages) * 4
    old = sum(m.readings for m in next(history.blocks(city, MONDAY - 6 * HOUR, MONDAY, MONDAY + 9 * DAY)).messages) * 4
    assert fine + 13 * old < 700_000


def test_devices_speak_at_their_kinds_rhythm_and_not_all_at_once(make_world: MakeWorld) -> None:
    city = _city(make_world(), flaws=False)
    sent = _until(feeds.readings(city, MONDAY), MONDAY + HOUR)
    assert len(sent) == pytest.approx(3600 * sum(1 / beat.interval for beat in city.beats), rel=0.02)
    assert max(Counter(message.due for message in sent).values()) <= 6
    assert [message.due for message in sent] == sorted(message.due for message in sent)


def test_a_rate_is_met_with_readings_that_are_all_different(make_world: MakeWorld) -> None:
    sent = _until(feeds.readings(_city(make_world(), rate=500, flaws=False), MONDAY), MONDAY + 4)
    assert len(sent) == pytest.approx(2000, rel=0.02)
    assert len(_values(sent)) == sum(message.readings for message in sent)


def test_flaws_are_seldom_and_repeat(make_world: MakeWorld) -> None:
    sent = _until(feeds.readings(_city(make_world()), MONDAY), MONDAY + 12 * HOUR)
    again = _until(feeds.readings(_city(make_world()), MONDAY), MONDAY + 12 * HOUR)
    assert sent == again
    twice = len(sent) - len({(message.topic, message.payload) for message in sent})
    empty = sum(b"null" in message.payload for message in sent)
    # More than one instant in a pack: what a device kept back while it could not send.
    late = sum(message.payload.startswith(b"[") and b'"t":' in message.payload for message in sent)
    assert 0 < twice < 0.01 * len(sent)
    assert 0 < empty < 0.01 * len(sent)
    assert 0 < late < 30


def test_a_fast_world_is_stamped_with_the_clock(make_world: MakeWorld) -> None:
    slow, fast = (_city(make_world("flood"), speed=speed) for speed in (1.0, 60.0))
    until = MONDAY + 0.25 * HOUR
    gauge = [(s, f) for s, f in zip(*(_until(feeds.readings(c, MONDAY), until) for c in (slow, fast)), strict=False)]
    assert gauge
    fast_cases = _until(feeds.case_steps(fast, MONDAY), until)
    slow_cases = _until(feeds.case_steps(slow, MONDAY), until)
    assert len(fast_cases) > 3 * max(1, len(slow_cases))
    stamps = [datetime.fromisoformat(json.loads(message.payload)["at"]).timestamp() for message in fast_cases]
    assert all(MONDAY < stamp <= until for stamp in stamps)


def test_a_case_and_a_price_report_have_the_contract_s_fields(make_world: MakeWorld) -> None:
    city = _city(make_world())
    local = city.world.sky.local
    told = steps(city.world, MONDAY, MONDAY + DAY, MONDAY)
    step = next(step for step in told if step.complaint.service == "laksa")
    case = messages.case(city.root, step, local)
    assert case.topic == "tangerang/cases/laksa"
    fields = "case_id status at category subdistrict lat lon agency priority channel summary"
    assert list(json.loads(case.payload)) == fields.split()
    report = next(feeds.morning_reports(city, MONDAY))
    assert report.topic.startswith("tangerang/prices/pasar-")
    body = json.loads(report.payload)
    assert body["observed_at"].endswith("+07:00")
    assert body["prices"][0].keys() == {"commodity", "price", "unit"}


def test_the_past_of_prices_is_what_life_would_have_reported(make_world: MakeWorld) -> None:
    city = _city(make_world())
    past = list(history.price_reports(city, MONDAY - 60 * DAY, MONDAY + 2 * DAY))
    lived = _until(feeds.morning_reports(city, MONDAY), MONDAY + 2 * DAY)
    assert [m.payload for m in past if m.due > MONDAY] == [m.payload for m in lived]
    markets = len(city.world.city.markets)
    assert 55 * markets < len(past) - len(lived) <= 60 * markets

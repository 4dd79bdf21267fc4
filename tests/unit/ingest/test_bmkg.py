"""BMKG's JSON on the topics of bulletins: known by its form, every part taken or put aside by name."""

from __future__ import annotations

import json

import pytest

from data.records import Message
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import load_city
from tests.bmkg import CAPTURED_QUAKE, NOW, forecast, item, quakes


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    return Sorter(load_city("tangerang"))


def take(sorter: Sorter, found: object) -> Message:
    payload = json.dumps(found).encode()
    return sorter.take_apart(Delivery("tangerang/bulletins/bmkg", payload, len(payload), NOW, False, 1, 1, 0))


def test_a_forecast_is_taken_for_its_kelurahan(sorter: Sorter) -> None:
    message = take(sorter, forecast(item(3), item(6, tp=None), code="36.71.13.1008"))
    assert {each.subdistrict for each in message.forecasts} == {"36.71.13.1008"}
    assert (len(message.forecasts), message.skipped, message.rejections, message.bulletins) == (2, 1, (), ())
    assert message.rows > len(message.forecasts)


def test_an_earthquake_is_taken(sorter: Sorter) -> None:
    message = take(sorter, quakes(CAPTURED_QUAKE, CAPTURED_QUAKE))
    assert [each.magnitude for each in message.quakes] == [4.0, 4.0]
    assert {each.channel for each in message.quakes} == {"bmkg"}


def test_what_is_wrong_in_a_document_is_put_aside_by_name_and_the_rest_is_kept(sorter: Sorter) -> None:
    message = take(sorter, forecast(item(3), item(6, t="panas")))
    assert len(message.forecasts) == 1
    assert [rejection.reason for rejection in message.rejections] == ["bad-value"]
    message = take(sorter, forecast(item(), code="31.71.03.1001"))
    assert message.forecasts == ()
    assert [rejection.reason for rejection in message.rejections] == ["unknown-subdistrict"]
    assert "'31.71.03.1001'" in message.rejections[0].detail


def test_a_refused_message_holds_neither(sorter: Sorter) -> None:
    for found in (forecast(item()), quakes(CAPTURED_QUAKE)):
        refused = take(sorter, found).refused("r", "d")
        assert (refused.forecasts, refused.quakes) == ((), ())


def test_a_bulletin_with_a_field_called_data_is_still_a_bulletin(sorter: Sorter) -> None:
    bulletin = {"id": "1", "title": "Jalan ditutup", "severity": "info", "issued_at": NOW.isoformat(), "data": [1]}
    assert [each.id for each in take(sorter, bulletin).bulletins] == ["1"]

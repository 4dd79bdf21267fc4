"""What the maintenance process hears of a real broker: drops, version, nothing where nothing is told, nothing stale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.local.mosquitto import Mosquitto
from ingest.broker import split_url
from ingest.broker_watch import BrokerWatch
from ingest.doctor.guest import Guest
from tests.batches import ask
from tests.ingesting import Worker, publisher, until
from tests.servers import configured_broker

pytestmark = pytest.mark.integration
ROOM_ACL = Path(__file__).resolve().parents[2] / "deploy" / "mosquitto.acl"
KEPT, SENT = 10, 50


@contextmanager
def watching(url: str) -> Iterator[BrokerWatch]:
    made = BrokerWatch(url, "maintenance-0-watch")
    made.start()
    try:
        yield made
    finally:
        made.stop()


def let_drop(url: str) -> None:
    """Have a subscriber that is away, and send it more than the broker keeps."""
    with Guest(split_url(url), "away", clean=False) as guest:
        guest.subscribe("much")
    with publisher(url) as sender:
        sender.settle([sender.send("much", b"x") for _ in range(SENT)])


def state_of(database_url: str) -> dict[str, Any]:
    found = ask(database_url, "SELECT state FROM components WHERE name = 'maintenance'")
    return dict(found[0][0]) if found else {}


def test_drops_are_in_the_heartbeat_and_gone_with_the_broker(tmp_path: Path, database_url: str) -> None:
    with configured_broker(tmp_path, max_queued_messages=KEPT, max_inflight_messages=1, sys_interval=1) as poor:
        made = Worker(database_url, poor.url, ("maintenance",), client_id="maintenance-7", log=tmp_path / "log").start(
            wait=False
        )
        try:
            until(lambda: state_of(database_url).get("dropped") == 0, "a broker that dropped nothing")
            assert str(state_of(database_url)["broker_version"]).startswith("mosquitto 2.")
            let_drop(poor.url)
            until(lambda: state_of(database_url)["dropped"] > 0, "the drops")
            assert SENT - 2 * KEPT <= state_of(database_url)["dropped"] < SENT
            [(metrics, instance)] = ask(database_url, "SELECT metrics, instance FROM components")
            assert instance == "maintenance-7"
            assert f"liveroom_broker_dropped {state_of(database_url)['dropped']}.0" in metrics
            poor.stop()
            until(lambda: state_of(database_url) == {"broker": "away"}, "the broker to be missed")
            assert ask(database_url, "SELECT metrics FROM components") == [("",)]
            assert not made.ended
            poor.start()
            until(lambda: state_of(database_url).get("dropped") == 0, "the broker that began anew")
            assert made.stop() == 0
        finally:
            made.kill()


def test_a_broker_that_does_not_tell_is_connected_and_nothing_more(tmp_path: Path) -> None:
    with configured_broker(tmp_path, sys_interval=0) as silent, watching(silent.url) as watch:
        until(lambda: watch.state()["broker"] == "connected", "the broker")
        assert "dropped" not in watch.state()
        assert watch.metrics() == ""


def test_the_rights_given_in_production_are_enough(tmp_path: Path) -> None:
    with configured_broker(tmp_path, acl_file=str(ROOM_ACL), sys_interval=1) as strict:
        with watching(strict.url.replace("mqtt://", "mqtt://ingest:x@")) as watch:
            until(lambda: watch.state().get("dropped") == 0, "what the room's user may read")
        with watching(strict.url.replace("mqtt://", "mqtt://air-tanah-tinggi:x@")) as watch:
            until(lambda: watch.state()["broker"] == "connected", "a device's user")
            assert "dropped" not in watch.state()


def test_two_of_one_name_do_not_throw_each_other_out_for_ever(
    own_broker: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    with watching(own_broker.url) as one, watching(own_broker.url) as other:
        until(lambda: "--client-id" in caplog.text, "one of them to say what is wrong")
        waits = {each._client._reconnect_min_delay for each in (one, other)}  # paho has no public name for it
    assert 60 in waits


def test_the_process_does_not_wait_for_a_broker(database_url: str, tmp_path: Path) -> None:
    made = Worker(database_url, "mqtt://127.0.0.1:1", ("maintenance",), log=tmp_path / "log").start(wait=False)
    until(lambda: made.said("tidied"), "its first round")
    until(lambda: state_of(database_url) == {"broker": "away"}, "its heartbeat")
    assert made.stop() == 0

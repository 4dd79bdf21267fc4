"""`python -m ingest` as a process: what it takes in, how it starts, and how it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from data.migrations import migrate, migrations
from data.writer import Writer
from deploy.local.mosquitto import Mosquitto
from ingest.inbox import Inbox
from ingest.live_lane import Line, LiveLane
from ingest.metrics import Metrics
from ingest.sorting import Sorter
from ingest.subscriber import Subscriber
from ingest.worker import Worker as Loop
from sensors.city import load_city
from tests.batches import ask, rollup_differences
from tests.ingesting import Publisher, Worker, an_hour_ago, count, plain, publisher, until, worker

pytestmark = pytest.mark.integration


@pytest.fixture
def room(database_url: str, own_broker: Mosquitto) -> Iterator[Worker]:
    """A worker on a database and a broker of this test's own."""
    with worker(database_url, own_broker.url) as made:
        yield made


@pytest.fixture
def sender(own_broker: Mosquitto) -> Iterator[Publisher]:
    """A publisher at this test's broker."""
    with publisher(own_broker.url) as made:
        yield made


def settled(url: str, messages: int) -> bool:
    """Whether so many messages have been committed."""
    return ask(url, "SELECT coalesce(sum(messages), 0) FROM feeds") == [(messages,)]


BAD = {
    "bad-json": ("tangerang/readings/d", b'{"observed_at": '),
    "bad-value": ("tangerang/readings/d", b'{"observed_at": %d, "values": {"pm25": {}}}'),
    "out-of-range": ("tangerang/readings/d", b'{"observed_at": %d, "values": {"pm25": 1e300}}'),
    "unknown-kind": ("tangerang/readings/d", b'{"observed_at": %d, "values": {"mood": 1}}'),
    "future-time": ("tangerang/readings/d", b'{"observed_at": 99999999999, "values": {"pm25": 1}}'),
    "too-old": ("tangerang/readings/d", b'{"observed_at": 0, "values": {"pm25": 1}}'),
    "bad-time": ("tangerang/readings/d", b'{"observed_at": 1e300, "values": {"pm25": 1}}'),
    "oversize": ("tangerang/readings/d", b"x" * (256 * 1024 + 1)),
    "empty": ("tangerang/readings/d", b""),
    "unknown-topic": ("tangerang/readings/d/and/more", b"{}"),
    "bad-id": ("tangerang/readings/Not An Id", b"{}"),
    "bad-message": ("tangerang/prices/pasar-anyar", b"[]"),
    "unknown-commodity": (
        "tangerang/prices/pasar-anyar",
        b'{"observed_at": %d, "prices": [{"commodity": "emas", "price": 1, "unit": "kg"}]}',
    ),
    "unit-mismatch": (
        "tangerang/prices/pasar-anyar",
        b'{"observed_at": %d, "prices": [{"commodity": "beras-medium", "price": 1, "unit": "ons"}]}',
    ),
    "unknown-service": ("tangerang/cases/nobody", b"{}"),
    "unknown-status": ("tangerang/cases/laksa", b'{"case_id": "L-1", "at": %d, "status": "entah"}'),
}


def test_bad_input_is_counted_and_the_stream_goes_on(database_url: str, room: Worker, sender: Publisher) -> None:
    now = int(an_hour_ago().timestamp())
    noise = [("tangerang/readings/noise", os.urandom(64)) for _ in range(50)]
    bad = [(topic, body.replace(b"%d", b"%d" % now)) for topic, body in BAD.values()]
    good = [plain(number, start=an_hour_ago()) for number in range(10)]
    sender.settle([sender.send(*each) for each in (*good[:5], *bad, *noise, *good[5:])])
    until(lambda: settled(database_url, 10 + len(bad) + len(noise)), "all messages")
    assert count(database_url, "readings") == 10
    reasons = dict(ask(database_url, "SELECT reason, sum(times)::int FROM rejected_messages GROUP BY 1"))
    # Noise is refused as JSON or, where it begins as an array of it does, as CBOR.
    assert reasons.pop("bad-json") + reasons.pop("bad-cbor", 0) == 51
    assert reasons == dict.fromkeys(BAD.keys() - {"bad-json"}, 1)
    [(kept, size)] = ask(database_url, "SELECT payload, payload_bytes FROM rejected_messages WHERE reason = 'oversize'")
    assert (len(kept), size) == (4096, 256 * 1024 + 1)
    assert not room.ended


def test_ten_thousand_unknown_devices_do_not_swell_the_worker(
    database_url: str, room: Worker, sender: Publisher
) -> None:
    def flood(start: int) -> None:
        topics = (f"tangerang/readings/unknown-{number}" for number in range(start, start + 5_000))
        body = plain(0, start=an_hour_ago())[1]
        sender.settle([sender.send(topic, body) for topic in topics])

    def memory() -> int:
        status = Path(f"/proc/{room.process.pid if room.process else 0}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0])

    flood(0)
    until(lambda: settled(database_url, 5_000), "the first flood")
    before = memory()
    flood(5_000)
    until(lambda: settled(database_url, 10_000), "the second flood")
    assert count(database_url, "readings") == 10_000
    assert memory() - before < 30_000


def test_every_stream_arrives(database_url: str, room: Worker, sender: Publisher) -> None:
    at = an_hour_ago().isoformat()
    senml = [{"bn": "gauge-pintu-air-10/", "bt": an_hour_ago().timestamp(), "n": "water_level", "u": "cm", "v": 120}]
    event = {"case_id": "LAKSA-2026-000123", "status": "menunggu", "at": at, "nama": "Seorang Warga"}
    notice = {"id": "1", "title": "Hujan", "severity": "waspada", "issued_at": at}
    sent = [
        sender.send("tangerang/readings/air-tanah-tinggi", {"observed_at": at, "values": {"pm25": 40.2, "pm10": None}}),
        sender.send("tangerang/readings/gauge-pintu-air-10", senml),
        sender.send(
            "tangerang/prices/pasar-anyar",
            {"observed_at": at, "prices": [{"commodity": "beras-medium", "price": 13400, "unit": "kg"}]},
        ),
        sender.send("tangerang/cases/laksa", event),
        sender.send("tangerang/bulletins/bmkg", notice),
        sender.send("tangerang/devices/virtual-city/status", b"online", retain=True),
    ]
    sender.settle(sent)
    until(lambda: settled(database_url, len(sent)), "all messages")
    stored = dict(ask(database_url, "SELECT stream, stored FROM feeds"))
    assert stored == {"readings": 2, "prices": 1, "cases": 1, "bulletins": 1, "devices": 1}
    assert count(database_url, "rejected_messages") == 0
    everything = " ".join(
        str(row)
        for table in ("cases", "case_events", "feeds")
        for row in ask(database_url, f"SELECT {table}::text FROM {table}")
    )
    assert "Warga" not in everything


def test_a_retained_word_is_heard_by_a_worker_that_starts_later(database_url: str, own_broker: Mosquitto) -> None:
    with publisher(own_broker.url) as sender:
        sender.settle([sender.send("tangerang/devices/virtual-city/status", b"online", retain=True)])
    for arguments in ((), ("--shared",)):
        with psycopg.connect(database_url) as connection:
            connection.execute("DELETE FROM devices")
        with worker(database_url, own_broker.url, *arguments, client_id=f"ingest-{len(arguments)}"):
            until(lambda: ask(database_url, "SELECT status FROM devices") == [("online",)], "the retained word")


def test_what_came_while_no_worker_ran_is_waiting(database_url: str, own_broker: Mosquitto, sender: Publisher) -> None:
    with worker(database_url, own_broker.url) as first:
        assert first.stop() == 0
    sender.settle([sender.send(*plain(number, start=an_hour_ago())) for number in range(500)])
    with worker(database_url, own_broker.url):
        until(lambda: count(database_url, "readings") == 500, "what was waiting")


def test_a_stop_commits_what_is_in_hand_and_ends_well(database_url: str, room: Worker, sender: Publisher) -> None:
    start = an_hour_ago()
    sent = [sender.send(*plain(number, start=start)) for number in range(20_000)]
    until(lambda: count(database_url, "readings") > 0, "the first commit")
    assert room.stop() == 0
    sender.settle(sent)
    assert "Traceback" not in room.log.read_text()
    room.start()
    until(lambda: count(database_url, "readings") == 20_000, "the rest")
    assert rollup_differences(database_url) == []


def test_two_workers_share_the_load(database_url: str, own_broker: Mosquitto, sender: Publisher) -> None:
    start = an_hour_ago()
    with (
        worker(database_url, own_broker.url, "--shared", client_id="ingest-0"),
        worker(database_url, own_broker.url, "--shared", client_id="ingest-1"),
    ):
        sender.settle([sender.send(*plain(number, start=start)) for number in range(10_000)])
        until(lambda: count(database_url, "readings") == 10_000, "all readings")
    counts = ask(database_url, "SELECT stored, duplicates FROM feeds WHERE stream = 'readings' ORDER BY worker")
    assert sum(stored for stored, _ in counts) == 10_000
    assert all(stored > 1_000 and duplicates == 0 for stored, duplicates in counts)
    assert rollup_differences(database_url) == []


def test_a_second_worker_of_the_same_name_is_noticed(database_url: str, own_broker: Mosquitto, room: Worker) -> None:
    with worker(database_url, own_broker.url) as twin:
        said = "another worker seems to use the client id ingest-0"
        until(lambda: room.said(said) + twin.said(said), "somebody to notice")


def test_the_heartbeat_says_how_the_worker_is(database_url: str, own_broker: Mosquitto, room: Worker) -> None:
    def broker() -> str:
        beats = ask(database_url, "SELECT state->>'broker' FROM components WHERE name = 'ingest'")
        return str(beats[0][0]) if beats else "no beat yet"

    until(lambda: broker() == "connected", "the first beat")
    with psycopg.connect(database_url, autocommit=True) as ear:
        ear.execute("LISTEN liveroom")
        own_broker.kill()
        until(lambda: broker() == "away", "the broker to be missed")
        assert [notice.payload for notice in ear.notifies(timeout=1, stop_after=1)] == ["components"]
        assert not list(ear.notifies(timeout=3)), "a beat without a change is no news"
    own_broker.start()
    until(lambda: broker() == "connected", "the broker to be found again")


def test_its_metrics_are_prometheus_text(database_url: str, room: Worker, sender: Publisher) -> None:
    sender.settle([sender.send(*plain(1, start=an_hour_ago())), sender.send("tangerang/readings/d", b"{")])

    def samples() -> dict[tuple[str, ...], float]:
        beats = ask(database_url, "SELECT metrics FROM components WHERE name = 'ingest'")  # none before the first beat
        families = (family for (text,) in beats for family in text_string_to_metric_families(text))
        found = [sample for family in families for sample in family.samples]
        return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in found}

    until(lambda: samples().get(("liveroom_messages_total", "messages", "readings")) == 2, "the counts in a beat")
    found = samples()
    assert found["liveroom_messages_total", "readings", "stored"] == 1
    assert found["liveroom_rejected_total", "bad-json"] == 1
    assert found["liveroom_commit_seconds_count",] >= 1
    assert found["liveroom_ingest_lag_seconds",] >= 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"LIVEROOM_MQTT_URL": "mqtt://127.0.0.1:1"}, "MQTT broker at 127.0.0.1:1: "),
        ({"LIVEROOM_MQTT_URL": "mqtt://host:notaport"}, "the MQTT URL is malformed"),
        ({"LIVEROOM_MQTT_URL": "http://host"}, "LIVEROOM_MQTT_URL: "),
        ({"LIVEROOM_DATABASE_URL": "postgresql://somebody:secret@127.0.0.1:1/x"}, "PostgreSQL at 127.0.0.1:1/x: "),
        ({"LIVEROOM_DATABASE_URL": "postgresql://x/y?nonsense=1"}, "the database URL is malformed"),
        ({"LIVEROOM_CITY": "atlantis"}, "atlantis"),
        ({"LIVEROOM_NO_SUCH": "1"}, "LIVEROOM_NO_SUCH"),
    ],
)
def test_a_start_that_cannot_be_says_why_in_one_line(
    database_url: str, own_broker: Mosquitto, settings: dict[str, str], said: str
) -> None:
    environment = {"PATH": "", "LIVEROOM_DATABASE_URL": database_url, "LIVEROOM_MQTT_URL": own_broker.url} | settings
    done = subprocess.run(
        [sys.executable, "-m", "ingest"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr


def test_a_start_before_the_schema_says_what_to_run(empty_database_url: str, own_broker: Mosquitto) -> None:
    made = Worker(empty_database_url, own_broker.url).start(wait=False)
    until(lambda: made.ended, "the worker to give up")
    missing = ", ".join(f"{each.version:04d}" for each in migrations())
    assert made.log.read_text() == f"the database lacks migration {missing}: run `python -m data migrate`\n"
    migrate(empty_database_url)
    made.start()
    assert made.stop() == 0


def _no_second_way(_: Inbox) -> Line:
    raise AssertionError("2 000 messages are no backlog")


def test_what_does_not_fit_in_the_inbox_is_fetched_again(database_url: str, own_broker: Mosquitto) -> None:
    """The bound is the promise: with room for 500 messages, 2 000 waiting ones still all arrive."""
    city = load_city("tangerang")
    inbox = Inbox(most_messages=500)
    subscriber = Subscriber(own_broker.url, "ingest-0", ["tangerang/#"], inbox, lambda: None)
    subscriber.start()
    with publisher(own_broker.url) as sender, closing(Writer(database_url, "ingest-0", (), "UTC")) as room:
        sender.settle([sender.send(*plain(number, start=an_hour_ago())) for number in range(2_000)])
        until(lambda: inbox.overflowed, "the inbox to overflow")
        loop = Loop(subscriber, inbox, Sorter(city), room, Metrics(), LiveLane(_no_second_way))

        def finished() -> bool:
            loop.turn()
            return count(database_url, "readings") == 2_000

        until(finished, "all readings")
    subscriber.stop()

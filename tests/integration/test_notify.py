"""Each step told once to each channel, to real receivers: an HTTP server, a mail server and a broker of our own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from paho.mqtt.enums import CallbackAPIVersion
from standardwebhooks import Webhook

from deploy.local.mosquitto import Mosquitto
from ingest.errors import IngestError
from ingest.notify.outside import NotSentError, Outside
from ingest.notify.process import Notifier
from ingest.notify.senders import SENDERS
from ingest.publisher import Publisher
from sensors.city import CityError
from sensors.outlets import Channel, read_channels
from tests.batches import NOW, ask
from tests.ingesting import until
from tests.pack import CITY
from tests.postbox import mail_server

pytestmark = pytest.mark.integration

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ALL = ("raised", "acknowledged", "ended")


def raise_alarm(url: str, rule: str = "siaga-1", source: str = "g/water_level", step: str = "raised") -> int:
    priority = CITY.alarm_rules[rule].priority
    [(number,)] = ask(
        url,
        "WITH made AS (INSERT INTO alarms (rule, priority, source, name, cause, agency, district, kind, value, worst, "
        "bound, raised_at) VALUES (%s, %s, %s, 'Pintu Air 10', 'g', 'bpbd', '36.71.07', 'water_level', 510, 512, 500, "
        "%s) RETURNING id) INSERT INTO alarm_steps (alarm_id, step, actor) SELECT id, %s, 'engine' FROM made "
        "RETURNING alarm_id",
        rule, priority, source, NOW, step,
    )  # fmt: skip
    return int(number)


def take_step(url: str, alarm: int, step: str) -> None:
    ask(
        url,
        "INSERT INTO alarm_steps (alarm_id, step, actor) VALUES (%s, %s, 'operator-1') RETURNING id",
        alarm, step,
    )  # fmt: skip


def channel(kind: str, address: str, key: str = "posko", **more: Any) -> Channel:  # noqa: ANN401
    told: dict[str, Any] = {"secret": SECRET, "to": (), "sender": "", "priorities": ("high", "medium"), "steps": ALL,
                            "agencies": ()}  # fmt: skip
    return Channel(key=key, kind=kind, address=address, **(told | more))


class Refuses:
    """A broker that is not there."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        raise AssertionError((topic, payload, retain))


OUTSIDE = Outside(CITY, "https://ruang.example", Refuses())


_made: list[Notifier] = []


def notifier(url: str, *channels: Channel, outside: Outside = OUTSIDE) -> Notifier:
    ways = [(each, SENDERS[each.kind].Sender(each, outside)) for each in channels]
    _made.append(Notifier(url, ways, threading.Event()))
    return _made[-1]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Whoever was made gives up his place."""
    yield
    while _made:
        _made.pop().close()


@dataclass
class Receiver:
    """What an HTTP server was sent; it answers with the codes of `answers` first, then 204."""

    url: str = ""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    seen = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            seen.requests.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(seen.answers.pop(0) if seen.answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        seen.url = f"http://127.0.0.1:{server.server_address[1]}/masuk"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield seen
        server.shutdown()
        thread.join()


@pytest.fixture
def http() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


def events(seen: Receiver) -> list[CloudEvent]:
    """What came, verified and read by the libraries of the two standards."""
    found = []
    for headers, body in seen.requests:
        Webhook(SECRET).verify(body, headers)
        found.append(JSONFormat().read(CloudEvent, body))
    return found


def test_a_webhook_tells_each_step_once_signed_as_a_cloud_event(database_url: str, http: Receiver) -> None:
    raise_alarm(database_url)  # before the channel was set up: not told
    telling = notifier(database_url, channel("webhook", http.url))
    assert telling.lead()
    alarm = raise_alarm(database_url, source="h/water_level")
    telling.turn()
    take_step(database_url, alarm, "noted")
    take_step(database_url, alarm, "acknowledged")
    raise_alarm(database_url, "perangkat-diam")  # of low priority: not told
    for _ in range(3):
        telling.turn()
    told = events(http)
    assert [event.get_type() for event in told] == ["liveroom.alarm.raised", "liveroom.alarm.acknowledged"]
    assert len({event.get_id() for event in told}) == 2
    data = json.loads(http.requests[0][1])["data"]
    assert (data["title"], data["worst"], data["unit"]) == ("Tinggi air siaga 1 (awas)", 512, "cm")
    assert data["href"] == f"https://ruang.example/alarm/{alarm}"
    assert data["raised_at"] == "2026-11-21T07:00:00+07:00"
    assert ask(database_url, "SELECT state, tries FROM alarm_deliveries") == [("sent", 1)] * 2


def test_what_was_not_taken_is_told_again_later_and_in_order(database_url: str, http: Receiver) -> None:
    telling = notifier(database_url, channel("webhook", http.url))
    telling.lead()
    http.answers = [500]
    alarm = raise_alarm(database_url)
    take_step(database_url, alarm, "ended")
    telling.turn()
    assert len(http.requests) == 1  # the second step waits behind the first
    [(state, tries, error)] = ask(
        database_url, "SELECT state, tries, error FROM alarm_deliveries ORDER BY step_id LIMIT 1"
    )
    assert (state, tries, error) == ("pending", 1, "HTTP 500")
    ask(database_url, "UPDATE alarm_deliveries SET next_at = now() RETURNING 1")
    telling.turn()
    assert [event.get_type() for event in events(http)] == [
        "liveroom.alarm.raised", "liveroom.alarm.raised", "liveroom.alarm.ended",
    ]  # fmt: skip
    assert http.requests[0][0]["webhook-id"] == http.requests[1][0]["webhook-id"]


def test_a_process_that_died_while_sending_tells_a_webhook_again_and_a_letter_not(
    database_url: str, http: Receiver
) -> None:
    letters = channel("mail", "smtp://127.0.0.1:9", "surat", to=("piket@example.go.id",), sender="r@example.go.id")
    first = notifier(database_url, channel("webhook", http.url), letters)
    first.lead()
    raise_alarm(database_url)
    first.turn()
    ask(database_url, "UPDATE alarm_deliveries SET state = 'sending' RETURNING 1")
    first.close()
    second = notifier(database_url, channel("webhook", http.url), letters)
    assert second.lead()
    second.turn()
    states = dict(ask(database_url, "SELECT channel, state FROM alarm_deliveries"))
    assert states == {"posko": "sent", "surat": "doubtful"}
    assert len({headers["webhook-id"] for headers, _ in http.requests}) == 1


def test_only_one_of_two_processes_tells(database_url: str, http: Receiver) -> None:
    first, second = (notifier(database_url, channel("webhook", http.url)) for _ in range(2))
    assert first.lead()
    assert not second.lead()


def test_a_channel_hears_of_its_own_agencies_alone(database_url: str, http: Receiver) -> None:
    telling = notifier(database_url, channel("webhook", http.url, agencies=("dlh",)))
    telling.lead()
    raise_alarm(database_url)
    telling.turn()
    assert http.requests == []


def test_a_channel_that_fails_does_not_hold_others_up(database_url: str, http: Receiver) -> None:
    dead = channel("webhook", "http://127.0.0.1:9/nobody", "mati")
    telling = notifier(database_url, dead, channel("webhook", http.url))
    telling.lead()
    raise_alarm(database_url)
    telling.turn()
    assert len(http.requests) == 1
    assert ask(database_url, "SELECT error FROM alarm_deliveries WHERE channel = 'mati'") == [("ConnectError",)]


def test_a_letter_says_what_where_and_what_to_do(database_url: str) -> None:
    with mail_server() as (port, letters):
        way = channel("mail", f"smtp://127.0.0.1:{port}", to=("piket@example.go.id",), sender="ruang@example.go.id")
        telling = notifier(database_url, way)
        telling.lead()
        raise_alarm(database_url)
        telling.turn()
    [letter] = letters
    assert letter["Subject"] == "[TINGGI] Tinggi air siaga 1 (awas): Pintu Air 10 (mulai)"
    text = str(letter.get_payload(decode=True), "utf-8") if letter.is_multipart() is False else ""
    assert CITY.alarm_rules["siaga-1"].action.split(",")[0] in text
    assert "batas 500" in text
    assert "contoh" in text


def test_events_and_sirens_go_by_the_rooms_own_broker(database_url: str, own_broker: Mosquitto) -> None:
    seen: list[tuple[str, bytes, bool]] = []
    client = mqtt.Client(CallbackAPIVersion.VERSION2, "siren")
    client.on_message = lambda _client, _data, message: seen.append((message.topic, message.payload, message.retain))
    client.connect("127.0.0.1", own_broker.port)
    client.subscribe("#", qos=1)
    client.loop_start()
    with Publisher(own_broker.url, "notify") as broker:
        ways = (
            channel("mqtt", "tangerang/alarms/{priority}/{rule}", "mqtt"),
            channel("siren", "tangerang/sirens/{district}", "sirene", priorities=("high",)),
        )
        telling = notifier(database_url, *ways, outside=Outside(CITY, None, broker))
        telling.lead()
        alarm = raise_alarm(database_url)
        telling.turn()
        take_step(database_url, alarm, "acknowledged")
        telling.turn()
        until(lambda: len(seen) == 4, "four messages")
    client.loop_stop()
    by_topic: dict[str, list[dict[str, Any]]] = {}
    for topic, payload, _ in seen:
        by_topic.setdefault(topic, []).append(json.loads(payload))
    assert [each["type"] for each in by_topic["tangerang/alarms/high/siaga-1"]] == [
        "liveroom.alarm.raised", "liveroom.alarm.acknowledged",
    ]  # fmt: skip
    assert [each["state"] for each in by_topic["tangerang/sirens/36.71.07"]] == ["on", "off"]


@pytest.mark.parametrize(
    ("kind", "address", "more", "line"),
    [
        ("webhook", "ftp://x/y", {}, "address: expected http"),
        ("webhook", "https://x/y", {"secret": ""}, "secret: found nothing"),
        ("webhook", "https://x/y", {"secret": "whsec_!"}, "secret: expected base64"),
        ("mail", "https://x", {}, "address: expected smtp"),
        ("mail", "smtp://x", {"to": ("nobody",)}, "to: expected addresses"),
        ("mqtt", "a/+/b", {}, "address: expected a topic"),
        ("mqtt", "a/{colour}", {}, "address: expected a topic"),
        ("siren", "tangerang/readings/x", {}, "does not read itself"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(kind: str, address: str, more: dict[str, Any], line: str) -> None:
    with pytest.raises(IngestError, match=line) as caught:
        SENDERS[kind].Sender(channel(kind, address, **more), OUTSIDE)
    assert "whsec" not in str(caught.value).replace("after whsec_", "")


FILE = """
[[channels]]
key = "posko"
kind = "webhook"
address = "https://posko.example/in"
secret = "rahasia-sekali"
to = ""
from = ""
priorities = "high"
steps = "raised ended"
agencies = "bpbd"
"""


def test_the_file_of_channels_is_read_and_never_shows_its_secrets(tmp_path: Path) -> None:
    path = tmp_path / "notify.toml"
    path.write_text(FILE)
    [found] = read_channels(path, CITY, tuple(SENDERS))
    assert (found.key, found.priorities, found.agencies) == ("posko", ("high",), ("bpbd",))
    assert "rahasia" not in repr(found)
    assert "posko.example" not in repr(found)
    for wrong, expected in (
        ('kind = "pigeon"', "pigeon"),
        ('agencies = "entah"', "entah"),
        ('priorities = ""', "text"),
    ):
        name = wrong.partition(" ")[0]
        path.write_text("\n".join(wrong if line.startswith(f"{name} =") else line for line in FILE.splitlines()))
        with pytest.raises(CityError, match=expected) as caught:
            read_channels(path, CITY, tuple(SENDERS))
        assert "rahasia" not in str(caught.value)


def test_an_address_that_is_away_says_only_what_kind_of_failure(http: Receiver) -> None:
    http.answers = [401]
    empty = "agency assigned_to district subdistrict lat lon device kind value worst bound ended_at until"
    nothing: dict[str, Any] = dict.fromkeys(empty.split())
    row = nothing | {
        "step_id": 1, "step": "raised", "at": NOW, "actor": "engine", "note": "", "id": 1, "rule": "x",
        "priority": "high", "source": "s", "name": "n", "detail": "", "raised_at": NOW,
    }  # fmt: skip
    with pytest.raises(NotSentError) as caught:
        SENDERS["webhook"].Sender(channel("webhook", http.url), OUTSIDE).send(row)
    assert str(caught.value) == "HTTP 401"

"""The fetcher against a real server on a real socket, and through a real broker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from deploy.local.mosquitto import Mosquitto
from ingest.fetch.__main__ import client_of, user_agent
from ingest.fetch.bucket import Bucket
from ingest.fetch.counts import Counts
from ingest.fetch.download import ATTEMPTS, LARGEST, REDIRECTS, Downloader, FetchError, Validators
from ingest.fetch.memory import Memory
from ingest.fetch.rounds import Address, Rounds
from ingest.publisher import NotPublishedError
from sensors.city import City, Source, load_city
from tests.cap import alert
from tests.ingesting import until
from tests.unit.ingest.test_fetch import QUAKE, item, rss

pytestmark = pytest.mark.integration
Answer = tuple[int, dict[str, str], bytes]


@dataclass(slots=True)
class Site:
    """A small web server: `pages` by path are asked in turn, the last one again and again; `asked` is what came."""

    base: str
    pages: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        pages = self.pages.get(path, [(404, {}, b"")])
        code, more, body = pages.pop(0) if len(pages) > 1 else pages[0]
        etag = more.get("ETag")
        return (304, more, b"") if etag and headers.get("if-none-match") == etag else (code, more, body)


@pytest.fixture
def site() -> Iterator[Site]:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, more, body = found.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            self.send_response(code)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        found = Site(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@dataclass(slots=True)
class Bench:
    """Rounds over one memory with a clock of their own; nothing waits."""

    rounds: Rounds
    counts: Counts
    published: list[tuple[str, bytes]]
    waited: list[float]
    broker: list[bool]

    def outcomes(self) -> dict[str, int]:
        lines = (line for line in self.counts.text().splitlines() if line.startswith("liveroom_fetches_total{"))
        return {line.split('outcome="')[1].split('"')[0]: int(float(line.split()[-1])) for line in lines}


@contextmanager
def bench(city: City, folder: Path, now: Callable[[], float] = lambda: 1e9) -> Iterator[Bench]:
    published: list[tuple[str, bytes]] = []
    waited: list[float] = []
    broker = [True]

    def publish(channel: str, payload: bytes) -> None:
        if not broker[0]:
            raise NotPublishedError("away")
        published.append((channel, payload))

    with closing(client_of(city, "https://room.example.org")) as client:
        counts = Counts()
        downloader = Downloader(client, Bucket(lambda: sum(waited)), waited.append)
        yield Bench(Rounds(downloader, publish, Memory(folder), counts, now), counts, published, waited, broker)


def at(url: str, form: str = "cap") -> Address:
    return Address(Source("test", "bmkg", url, 300, form, "contoh", sample=True), url)


def page(body: bytes, **headers: str) -> list[Answer]:
    return [(200, {name.replace("_", "-"): value for name, value in headers.items()}, body)]


def test_what_has_not_changed_is_asked_for_conditionally_and_published_once(
    site: Site, city: City, tmp_path: Path
) -> None:
    site.pages["/a"] = page(alert("A"), ETag='"1"', Last_Modified="Sun, 22 Nov 2026 00:00:00 GMT")
    for _ in range(2):  # the second time is after a restart
        with bench(city, tmp_path) as made:
            assert made.rounds.ask(at(f"{site.base}/a"))
            assert made.rounds.ask(at(f"{site.base}/a"))
    assert made.published == []
    assert made.outcomes() == {"unchanged": 2}
    assert len(site.asked) == 4
    assert site.asked[1][1]["if-none-match"] == '"1"'
    assert site.asked[1][1]["if-modified-since"] == "Sun, 22 Nov 2026 00:00:00 GMT"
    assert site.asked[0][1]["user-agent"] == "LIVE-Room (Kota Tangerang; +https://room.example.org)"


def test_a_server_without_etags_does_not_make_us_publish_twice(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/q"] = [(200, {}, QUAKE), (200, {}, QUAKE), (200, {}, QUAKE.replace(b"4.0", b"5.1"))]
    with bench(city, tmp_path) as made:
        for _ in range(3):
            made.rounds.ask(at(f"{site.base}/q", "bmkg-quake"))
    assert made.published == [("bmkg", QUAKE), ("bmkg", QUAKE.replace(b"4.0", b"5.1"))]


def test_an_away_server_is_asked_again_and_a_refusing_one_is_not(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/a"] = [(500, {}, b""), (429, {}, b""), *page(alert("A"))]
    site.pages["/down"] = [(503, {}, b"")]
    site.pages["/gone"] = [(410, {}, b"")]
    with bench(city, tmp_path) as made:
        for path in ("a", "down", "gone"):
            assert made.rounds.ask(at(f"{site.base}/{path}"))
        assert made.rounds.ask(at("http://127.0.0.1:1/nobody"))
    assert made.published == [("bmkg", alert("A"))]
    assert [path for path, _ in site.asked] == ["/a"] * 3 + ["/down"] * ATTEMPTS + ["/gone"]
    assert made.outcomes() == {"published": 1, "away": 2, "refused": 1}


def test_every_request_takes_its_turn_whatever_it_was_for(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/a"] = [(302, {"Location": "/b"}, b"")]
    site.pages["/b"] = [(404, {}, b"")]
    with bench(city, tmp_path) as made:
        for _ in range(60):
            made.rounds.ask(at(f"{site.base}/a"))
    assert len(site.asked) == 120
    assert sum(made.waited) >= 119 / 54 * 60 - 1


def test_redirects_are_followed_within_reason(site: Site, city: City) -> None:
    site.pages |= {
        "/a": [(301, {"Location": "/b"}, b"")],
        "/b": page(b"here"),
        "/loop": [(302, {"Location": "/loop"}, b"")],
    }
    site.pages |= {
        "/file": [(302, {"Location": "file:///etc/passwd"}, b"")],
        "/ftp": [(307, {"Location": "ftp://127.0.0.1/x"}, b"")],
        "/nowhere": [(302, {"Location": "http://"}, b"")],
    }
    with closing(client_of(city, None)) as client:
        downloader = Downloader(client, Bucket(lambda: 0.0), lambda _: None)
        assert downloader.get(f"{site.base}/a", Validators()).body == b"here"
        for path in ("loop", "file", "ftp", "nowhere"):
            with pytest.raises(FetchError) as told:
                downloader.get(f"{site.base}/{path}", Validators())
            assert told.value.reason in {"redirects", "bad-answer"}
    assert sum(path == "/loop" for path, _ in site.asked) == REDIRECTS + 1


def test_a_huge_body_is_left_alone(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/a"] = page(b"x" * (LARGEST + 1))
    with bench(city, tmp_path) as made:
        made.rounds.ask(at(f"{site.base}/a"))
    assert made.outcomes() == {"too-large": 1}
    assert len(site.asked) == 1


def test_what_is_broken_is_counted_and_not_published(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/a"] = [*page(b"<alert><unclosed>", ETag='"bad"'), *page(alert("A"), ETag='"good"')]
    with bench(city, tmp_path) as made:
        made.rounds.ask(at(f"{site.base}/a"))
        assert (made.published, made.outcomes()) == ([], {"not-a-document": 1})
        made.rounds.ask(at(f"{site.base}/a"))
    assert [payload for _, payload in made.published] == [alert("A")]
    assert "if-none-match" not in site.asked[1][1]


def test_a_list_brings_each_of_its_documents_once(site: Site, city: City, tmp_path: Path) -> None:
    first, second = item("/A.xml", "<guid>A</guid>"), item("/B.xml", "<guid>B</guid>")
    site.pages["/rss"] = [*page(rss(first)), *page(rss(second, first))]
    site.pages["/A.xml"], site.pages["/B.xml"] = page(alert("A")), [(404, {}, b""), *page(alert("B"))]
    with bench(city, tmp_path) as made:
        for _ in range(4):
            made.rounds.ask(at(f"{site.base}/rss", "rss-cap"))
    assert [payload for _, payload in made.published] == [alert("A"), alert("B")]
    paths = [path for path, _ in site.asked]
    assert (paths.count("/A.xml"), paths.count("/B.xml")) == (1, 2)


def test_what_the_broker_did_not_take_is_not_remembered(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/a"] = page(alert("A"), ETag='"1"')
    with bench(city, tmp_path) as made:
        made.broker[0] = False
        assert not made.rounds.ask(at(f"{site.base}/a"))
        made.broker[0] = True
        assert made.rounds.ask(at(f"{site.base}/a"))
    assert made.published == [("bmkg", alert("A"))]


def test_a_restart_does_not_ask_sooner(site: Site, city: City, tmp_path: Path) -> None:
    site.pages["/a"] = page(alert("A"))
    clock, stopping = [1e9], threading.Event()
    with bench(city, tmp_path, lambda: clock[0]) as made:
        made.rounds.ask(at(f"{site.base}/a"))
    clock[0] += 299
    with bench(city, tmp_path, lambda: clock[0]) as made:
        assert made.rounds._due(at(f"{site.base}/a")) == 1e9 + 300
        assert made.rounds._due(at(f"{site.base}/other")) < clock[0]
        stopping.set()
        made.rounds.run([at(f"{site.base}/a")], stopping)
    assert len(site.asked) == 1


def test_whoever_is_asked_learns_who_asks(city: City) -> None:
    assert user_agent(city, None) == "LIVE-Room (Kota Tangerang)"
    assert isinstance(client_of(city, None), httpx.Client)


def run(tmp_path: Path, mqtt_url: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIVEROOM_")}
    environment |= {"LIVEROOM_MQTT_URL": mqtt_url, "LIVEROOM_STATE_DIR": str(tmp_path)}
    environment |= {"LIVEROOM_DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    environment |= {f"LIVEROOM_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "ingest.fetch", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_it_is_off_by_default(tmp_path: Path) -> None:
    done = run(tmp_path, "mqtt://127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr == "LIVEROOM_FETCH is not 1: nothing is fetched (--file works without it)\n"


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "mqtt://127.0.0.1:1", "--file", str(tmp_path / "none.xml"), "--channel", "bmkg")
    assert done.returncode == 1
    assert done.stderr.startswith("--file: found no readable ")
    assert done.stderr.count("\n") == 1


@contextmanager
def listening(broker: Mosquitto) -> Iterator[list[tuple[str, bytes]]]:
    """What is published below bulletins/."""
    heard: list[tuple[str, bytes]] = []
    ready = threading.Event()
    client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
    client.on_connect = lambda *_: client.subscribe("tangerang/bulletins/#", 1)
    client.on_subscribe = lambda *_: ready.set()
    client.on_message = lambda _client, _data, message: heard.append((message.topic, bytes(message.payload)))
    host, _, port = broker.url.removeprefix("mqtt://").partition(":")
    client.connect(host, int(port))
    client.loop_start()
    assert ready.wait(10)
    try:
        yield heard
    finally:
        client.disconnect()
        client.loop_stop()


def test_a_file_and_a_city_s_sources_arrive_by_mqtt(site: Site, own_broker: Mosquitto, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    source = Path(__file__).resolve().parents[2] / "data" / "packs" / "tangerang"
    pack.mkdir()
    for file in source.iterdir():
        if file.name != "sources.csv":
            (pack / file.name).symlink_to(file)
    header = "key,channel,url,every,format,source,sample\n"
    (pack / "sources.csv").write_text(f"{header}nowcast,bmkg,{site.base}/rss,60,rss-cap,contoh,true\n")
    site.pages["/rss"], site.pages["/A.xml"] = page(rss(item("/A.xml"))), page(alert("A"))
    file = tmp_path / "notice.json"
    file.write_text(json.dumps({"id": "1", "title": "Jalan ditutup"}))
    with listening(own_broker) as heard:
        assert run(tmp_path, own_broker.url, "--file", str(file), "--channel", "polres").returncode == 0
        for _ in range(2):
            done = run(tmp_path, own_broker.url, "--once", CITY=str(pack), FETCH="1")
            assert done.returncode == 0, done.stderr
            assert site.base not in done.stderr
        until(lambda: len(heard) >= 2, "both documents")
    assert heard == [("tangerang/bulletins/polres", file.read_bytes()), ("tangerang/bulletins/bmkg", alert("A"))]

"""The dashboard as a process, asked from outside: pages, health, figures, the stream, and how it starts and stops."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from data.records import Rejection
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from tests.asking import write
from tests.batches import ask, message

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 20.0
STOPS_WITHIN = 8.0


@dataclass
class Dashboard:
    """A running `python app.py`."""

    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        """One answer: status, headers by lower-case name, body."""
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        """The same by any method."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)
        try:
            connection.request(method, path, headers={key.replace("_", "-"): value for key, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    @contextmanager
    def stream(self, path: str = "/live", **headers: str) -> Iterator[Iterator[tuple[str, str, Any]]]:
        """The events of an open stream: name, id, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)
        try:
            connection.request("GET", path, headers={key.replace("_", "-"): value for key, value in headers.items()})
            yield read_events(connection.getresponse())
        finally:
            connection.close()


def read_events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, str, Any]]:
    fields: dict[str, str] = {}
    for raw in answer:
        line = raw.decode().rstrip("\n")
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            yield fields["event"], fields.get("id", ""), json.loads(fields["data"])
            fields = {}


def environment(folder: Path, **settings: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LIVEROOM_")}
    told = {"STATE_DIR": str(folder), "VIRTUAL_CITY": "0"} | settings
    return clean | {f"LIVEROOM_{name}": value for name, value in told.items()}


@contextmanager
def started(folder: Path, *, within: float = WITHIN, **settings: str) -> Iterator[Dashboard]:
    port = free_port()
    told = environment(folder, PORT=str(port), **settings)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=told, stdout=log, stderr=log, text=True)
    try:
        dashboard = Dashboard(port, process)
        until(lambda: dashboard.get("/healthz")[0] == http.client.OK, within)
        yield dashboard
    finally:
        process.kill()
        process.wait()


def until(wanted: Callable[[], bool], seconds: float = WITHIN) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if wanted():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, "not within the time allowed"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def dashboard(folder: Path, database_url: str) -> Iterator[Dashboard]:
    with started(folder, DATABASE_URL=database_url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


def test_pages_are_complete_and_ask_no_other_host(dashboard: Dashboard) -> None:
    for path in ("/", "/wall/overview"):
        status, headers, body = dashboard.get(path)
        page = body.decode()
        assert status == http.client.OK
        assert re.search(r'<html lang="id" data-bs-theme="dark"', page)
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        for script in re.findall(r'(?:src|href)="(/[^"]+)"', page):
            assert dashboard.get(script)[0] == http.client.OK, script


@pytest.mark.parametrize("path", ["/wall/cellar", "/wall/a/b", "/nothing/here"])
def test_an_address_that_shows_nothing_is_a_404_with_links(dashboard: Dashboard, path: str) -> None:
    status, _, body = dashboard.get(path)
    assert status == http.client.NOT_FOUND
    assert b'href="/wall/overview"' in body


def test_scripts_are_compressed_and_the_stream_is_not(dashboard: Dashboard) -> None:
    page = dashboard.get("/")[2].decode()
    script = re.findall(r'src="(/assets/live.js[^"]+)"', page)[0]
    plain, packed = dashboard.get(script)[2], dashboard.get(script, accept_encoding="br")
    assert packed[1]["content-encoding"] == "br"
    assert len(packed[2]) < len(plain) / 2
    assert "max-age=31536000" in packed[1]["cache-control"]
    with dashboard.stream(accept_encoding="gzip, br") as events:
        assert next(events)[0] == "snapshot"


def test_a_page_comes_with_its_pictures_and_the_stream_goes_on_from_them(dashboard: Dashboard) -> None:
    page = dashboard.get("/")[2].decode()
    assert re.search(r'<section[^>]* id="panel-rivers"[^>]* data-panel="rivers"', page)
    assert "_dash-component-suites" not in page, "a page without controls does not load what draws them"
    cursor = re.findall(r'data-cursor="([^"]+)"', page)[0]
    with dashboard.stream(last_event_id=cursor) as events:
        assert next(events)[0] in ("beat", "changes")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/wilayah/36.71.07", 200, "Kec. Karawaci"),
        ("/wilayah/36.71.99", 404, "Pilihan district: 36.71.99 tidak ada."),
        ("/?measure=luck", 422, "Pilihan measure: luck tidak ada."),
    ],
)
def test_an_address_says_what_a_page_shows(dashboard: Dashboard, path: str, status: int, words: str) -> None:
    found, _, body = dashboard.get(path)
    assert found == status
    assert words.replace("&#x27;", "'") in body.decode().replace("&#x27;", "'")


def test_a_wall_has_no_links_and_is_dark_whatever_a_desk_has_chosen(dashboard: Dashboard) -> None:
    for path, theme, links in (("/wall/overview", "dark", False), ("/", "light", True)):
        page = dashboard.get(path, cookie="theme=light")[2].decode()
        assert f'data-bs-theme="{theme}"' in page
        assert ("<a " in page) is links


def test_the_stream_begins_with_the_whole_picture_and_beats(dashboard: Dashboard) -> None:
    with dashboard.stream() as events:
        name, _, body = next(events)
        assert name == "snapshot"
        assert {"slot-air", "slot-prices", "slot-complaints", "slot-feeds"} <= {item["id"] for item in body["items"]}
        name, _, body = next(events)
        assert name == "beat"
        assert body["room"]["database"] is True
        assert body["room"]["reasons"] == ["ingest"]


def test_a_display_that_was_away_for_a_moment_gets_no_second_picture(dashboard: Dashboard) -> None:
    with dashboard.stream() as events:
        cursor = next(events)[1]
    with dashboard.stream(last_event_id=cursor) as events:
        assert next(events)[0] in ("beat", "changes")


@pytest.mark.parametrize(("query", "field"), [("scene=cellar", "scene"), ("measure=luck", "measure")])
def test_a_bad_choice_is_refused_naming_the_field(dashboard: Dashboard, query: str, field: str) -> None:
    status, _, body = dashboard.get(f"/live?{query}")
    assert status == http.client.UNPROCESSABLE_ENTITY
    assert json.loads(body)["detail"][0]["loc"] == ["query", field]


def test_displays_are_counted_and_freed(dashboard: Dashboard) -> None:
    def displays() -> str:
        return re.findall(
            r'^liveroom_displays\{scene="overview"\} (\S+)', dashboard.get("/metrics")[2].decode(), re.MULTILINE
        )[0]

    with dashboard.stream() as events:
        next(events)
        assert displays() == "1.0"
    until(lambda: displays() == "0.0")


def test_metrics_name_each_family_once(dashboard: Dashboard) -> None:
    names = re.findall(r"^# TYPE (\S+)", dashboard.get("/metrics")[2].decode(), re.MULTILINE)
    assert "liveroom_push_seconds" in names
    assert len(names) == len(set(names))


def test_what_was_refused_is_shown_as_words_and_asked_for_again_from_the_room_only(
    dashboard: Dashboard, database_url: str
) -> None:
    write(
        database_url,
        message("readings", payload=b"<script>alert(1)</script>", rejections=(Rejection("bad-json", "d"),)),
    )
    ours = f"http://127.0.0.1:{dashboard.port}"
    until(lambda: b"alert(1)" in dashboard.get("/data?reason=bad-json")[2])
    status, headers, body = dashboard.get("/data?reason=bad-json")
    page = body.decode()
    assert status == http.client.OK
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</pre>" in page
    assert "<script>alert" not in page
    assert "form-action 'self'" in headers["content-security-policy"]
    [action] = re.findall(r'<form id="rejected_messages-form" action="([^"]+)" method="post"', page)
    assert dashboard.ask("POST", action, origin="http://elsewhere")[0] == http.client.FORBIDDEN
    assert ask(database_url, "SELECT count(*) FROM retry_requests") == [(0,)]
    status, headers, _ = dashboard.ask("POST", action, origin=ours, referer=f"{ours}/data?reason=bad-json&lang=en")
    assert (status, headers["location"]) == (
        http.client.SEE_OTHER, "/data?reason=bad-json&lang=en#panel-rejected_messages",
    )  # fmt: skip
    assert ask(database_url, "SELECT reason, done_at FROM retry_requests") == [("bad-json", None)]
    assert dashboard.get("/data?reason=Bad")[0] == http.client.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_with_displays_watching(dashboard: Dashboard, number: signal.Signals) -> None:
    with dashboard.stream() as events:
        next(events)
        dashboard.process.send_signal(number)
        dashboard.process.wait(STOPS_WITHIN)


def test_it_starts_without_a_database_and_says_what_is_missing(folder: Path, own_postgres: Postgres) -> None:
    own_postgres.stop()
    with started(folder, DATABASE_URL=own_postgres.url) as dashboard:
        status, _, body = dashboard.get("/readyz")
        answer = json.loads(body)
        assert status == http.client.SERVICE_UNAVAILABLE
        assert answer["ready"] is False
        assert any(reason.startswith("database") for reason in answer["reasons"])
        assert dashboard.get("/")[0] == http.client.OK
        with dashboard.stream() as events:
            beats = (body for name, _, body in events if name == "beat")
            assert next(beats)["room"]["reasons"] == ["database"]


def test_a_schema_that_is_missing_is_named(folder: Path, empty_database_url: str) -> None:
    with started(folder, DATABASE_URL=empty_database_url) as dashboard:
        status, _, body = dashboard.get("/readyz")
        assert status == http.client.SERVICE_UNAVAILABLE
        assert "python -m data migrate" in json.loads(body)["reasons"][0]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DATABASE_URL": "mysql://nowhere"}, "LIVEROOM_DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://host:port/?colour=red"}, "database URL"),
        ({"CITY": "atlantis"}, "atlantis"),
        ({"PORT": "99999"}, "LIVEROOM_PORT"),
        ({"COLOUR": "red"}, "LIVEROOM_COLOUR"),
        ({}, "LIVEROOM_DATABASE_URL is not set"),
    ],
)
def test_a_bad_start_is_one_line(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    database = {} if not settings else {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    told = environment(tmp_path, **(database | settings))
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=told, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr

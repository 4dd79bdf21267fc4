"""What the terminal is told of a running room: trouble once, not at every retry; and nobody is given up for good."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from deploy.local import watch
from deploy.local.supervision import Health
from deploy.local.watch import Watch


class _Supervision:
    """A supervisor that says what it is told to."""

    def __init__(self) -> None:
        self.now: tuple[Health, ...] = ()
        self.started: list[str] = []

    def health(self) -> tuple[Health, ...]:
        return self.now

    def last_words(self, name: str) -> str:
        return f"last words of {name}"

    def start(self, name: str) -> None:
        self.started.append(name)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(watch, "tell", lines.append)
    return lines


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    return now


def _watch(supervision: _Supervision, address: str = "http://127.0.0.1:1") -> Watch:
    return Watch(supervision, address)  # type: ignore[arg-type] # as far as a watch looks, it is one


def test_a_running_room_is_silent(told: list[str]) -> None:
    supervision = _Supervision()
    room = _watch(supervision)
    for state in ("STARTING", "RUNNING", "RUNNING"):
        supervision.now = (Health("ingest", state, 5),)
        room.look()
    assert told == []


def test_a_failing_program_is_told_once_with_its_last_words(told: list[str], clock: list[float]) -> None:
    supervision = _Supervision()
    room = _watch(supervision)
    for since in range(5):
        supervision.now = (Health("ingest", "BACKOFF", since),)
        room.look()
    assert told == ["ingest: berhenti, dinyalakan lagi. last words of ingest"]
    clock[0] += watch.SAY_EVERY + 1
    room.look()
    assert len(told) == 2


def test_a_restart_between_two_looks_is_seen(told: list[str]) -> None:
    supervision = _Supervision()
    room = _watch(supervision)
    for since in (5, 9):
        supervision.now = (Health("dashboard", "RUNNING", since),)
        room.look()
    assert told == ["dashboard: berhenti, dinyalakan lagi. last words of dashboard"]


def test_a_program_given_up_gets_another_chance_later(told: list[str], clock: list[float]) -> None:
    supervision = _Supervision()
    supervision.now = (Health("ingest", "FATAL", 5),)
    room = _watch(supervision)
    room.look()
    assert supervision.started == []
    clock[0] += watch.AGAIN_AFTER + 1
    room.look()
    assert supervision.started == ["ingest"]


@contextmanager
def _dashboard(status: int, body: bytes) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_room_is_ready_when_its_dashboard_says_so() -> None:
    with _dashboard(200, b"{}") as address:
        assert _watch(_Supervision(), address).is_ready()


def test_what_is_waited_for_is_told_after_a_while(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SAY_EVERY", 0.0)
    with _dashboard(503, b'{"database": "away"}') as address:
        assert not _watch(_Supervision(), address).is_ready()
    assert not _watch(_Supervision()).is_ready()
    assert told == ['Belum siap: {"database": "away"}', "Belum siap: dasbor belum menjawab"]

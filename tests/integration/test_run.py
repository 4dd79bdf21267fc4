"""`python -m deploy.local run`, as `make run` starts it: up, healed, refused with one line, down without a trace."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from dotenv import dotenv_values

from deploy.local.ports import free_port

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
READY = "Ruang siap"
WITHIN = 60.0


def _environment(state: Path, **settings: object) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LIVEROOM_")}
    ours = {"STATE_DIR": state, "PORT": free_port(), "VIRTUAL_CITY": 0, **settings}
    return {**inherited, **{f"LIVEROOM_{name}": str(value) for name, value in ours.items()}}


def _start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.local", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _until_ready(room: subprocess.Popen[str]) -> str:
    assert room.stdout is not None
    told = ""
    for line in room.stdout:
        told += line
        if READY in line:
            return told
    pytest.fail(f"the room ended before it was ready: {told}")


@contextmanager
def _room(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with _start(environment) as room:
        try:
            _until_ready(room)
            yield room
        finally:
            room.terminate()
            room.wait(WITHIN)


def _programs(state: Path) -> dict[int, str]:
    """Living processes that work for the room of `state`, by their environment or command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            told = command + (entry / "environ").read_bytes().decode()
        except OSError:
            continue
        if command and str(state) in told and int(entry.name) != os.getpid():
            found[int(entry.name)] = command
    return found


def _pid_of(state: Path, words: str) -> int:
    return next(pid for pid, command in _programs(state).items() if words in command and "setpriv" not in command)


def _status(environment: dict[str, str]) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{environment['LIVEROOM_PORT']}/readyz", timeout=5) as answer:
            return int(answer.status)
    except URLError as refused:
        return int(getattr(refused, "code", 0))


def _await_ready(environment: dict[str, str]) -> None:
    deadline = time.monotonic() + WITHIN
    while _status(environment) != 200:
        assert time.monotonic() < deadline, "the room did not become ready again"
        time.sleep(0.1)


def _refusal(environment: dict[str, str]) -> str:
    with _start(environment) as room:
        told, _ = room.communicate(timeout=WITHIN)
    assert room.returncode == 1, told
    return told


def test_a_room_starts_heals_and_stops_without_a_trace(tmp_path: Path) -> None:
    state = tmp_path / "ruang kota"
    environment = _environment(state)
    with _start(environment) as room:
        told = _until_ready(room)
        urls = dotenv_values(state / "urls.env")
        assert set(urls) == {"LIVEROOM_DATABASE_URL", "LIVEROOM_MQTT_URL"}
        assert all(str(url) in told for url in urls.values())
        assert (state / "urls.env").stat().st_mode & 0o077 == 0
        assert _status(environment) == 200

        for words in ("-m ingest", "app.py", "bin/postgres"):
            first = _pid_of(state, words)
            os.kill(first, signal.SIGKILL)
            deadline = time.monotonic() + WITHIN
            while first in _programs(state) or not any(words in one for one in _programs(state).values()):
                assert time.monotonic() < deadline, f"{words} was not started again"
                time.sleep(0.1)
            _await_ready(environment)

        room.send_signal(signal.SIGINT)
        rest, _ = room.communicate(timeout=WITHIN)
    assert room.returncode == 0
    assert rest.endswith("Ruang sudah berhenti.\n")
    assert _programs(state) == {}


def test_a_second_start_keeps_addresses_and_what_was_stored(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    with _room(environment):
        first = dotenv_values(tmp_path / "urls.env")
    with _room(environment):
        assert dotenv_values(tmp_path / "urls.env") == first


def test_a_room_starts_after_all_of_it_was_killed(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    with _start(environment) as room:
        _until_ready(room)
        for pid in (_pid_of(tmp_path, "supervisord"), room.pid):
            os.kill(pid, signal.SIGKILL)
    with _room(environment):
        assert _status(environment) == 200
    assert _programs(tmp_path) == {}


def test_two_rooms_run_side_by_side_and_one_state_takes_one_room(tmp_path: Path) -> None:
    one, other = _environment(tmp_path / "one"), _environment(tmp_path / "other")
    with _room(one), _room(other):
        assert _status(one) == _status(other) == 200
        told = _refusal(_environment(tmp_path / "one"))
        assert f"already runs in {tmp_path / 'one'} at http://127.0.0.1:{one['LIVEROOM_PORT']}" in told
        assert told.count("\n") == 1


def test_servers_of_ones_own_are_used_and_nothing_private_is_started(
    tmp_path: Path, empty_database_url: str, broker_url: str
) -> None:
    environment = _environment(tmp_path, DATABASE_URL=empty_database_url, MQTT_URL=broker_url)
    with _room(environment):
        assert not (tmp_path / "postgres").exists()
        assert not (tmp_path / "mosquitto").exists()


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"PRT": 8050}, "unknown setting LIVEROOM_PRT"),
        ({"PORT": "many"}, "LIVEROOM_PORT: found 'many'"),
        ({"CITY": "atlantis"}, "atlantis"),
        ({"MQTT_URL": "mqtt://127.0.0.1:1"}, "LIVEROOM_MQTT_URL: nothing answers at mqtt://127.0.0.1:1"),
        ({"MQTT_URL": "mqtt://name:secret@127.0.0.1:1"}, "nothing answers at mqtt://127.0.0.1:1"),
    ],
)
def test_a_start_that_cannot_be_is_refused_with_one_line(
    tmp_path: Path, settings: dict[str, object], line: str
) -> None:
    told = _refusal(_environment(tmp_path, **settings))
    assert line in told
    assert "secret" not in told
    assert told.count("\n") == 1


def test_a_database_that_cannot_be_reached_is_named(tmp_path: Path, broker_url: str) -> None:
    away = "postgresql://name:secret@127.0.0.1:1/room"
    told = _refusal(_environment(tmp_path, DATABASE_URL=away, MQTT_URL=broker_url))
    assert "127.0.0.1:1" in told
    assert "secret" not in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("name", ["PORT", "LOCAL_DB_PORT", "LOCAL_MQTT_PORT"])
def test_a_taken_port_is_named(tmp_path: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = _refusal(_environment(tmp_path, **{name: port}))
    assert f"LIVEROOM_{name}: {port}" in told
    assert told.count("\n") == 1

"""Keys, scopes, budgets and the stream of readings, through a real server."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.batches import reading, readings, writer
from tests.integration.test_http import ROOT, STOPS_WITHIN, Dashboard, environment, started, until

pytestmark = pytest.mark.integration

LATEST = "/api/v1/readings/latest"
LIVE = "/api/v1/readings/live"
INTERFACES = (LATEST, "/open311/v2/services.json", "/sta/v1.1/Things")


def make_key(folder: Path, file: Path, name: str, scopes: str) -> str:
    command = [sys.executable, "-m", "dashboard", "key", name, "--scopes", scopes]
    told = environment(folder, API_KEYS=str(file))
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def room(tmp_path: Path, database_url: str) -> Iterator[Dashboard]:
    with started(tmp_path, DATABASE_URL=database_url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


def test_a_client_that_asks_too_often_is_told_when_to_come_back(tmp_path: Path, database_url: str) -> None:
    with started(tmp_path, DATABASE_URL=database_url, API_PER_MINUTE="5") as room:
        told = [room.get(LATEST) for _ in range(5)]
        assert [headers["ratelimit-remaining"] for _, headers, _ in told] == ["4", "3", "2", "1", "0"]
        for path in INTERFACES:
            status, headers, found = room.get(path)
            assert status == http.client.TOO_MANY_REQUESTS
            assert 0 < int(headers["retry-after"]) <= 60
            assert headers["x-content-type-options"] == "nosniff"
            assert b"Retry-After" in found
        assert room.get("/readyz")[0] != http.client.TOO_MANY_REQUESTS
        assert room.get("/")[0] == http.client.OK
        assert b'liveroom_api_requests_total{interface="sta",status="429"} 1.0' in room.get("/metrics")[2]


def test_a_room_that_is_closed_opens_to_keys_for_reading(tmp_path: Path, database_url: str) -> None:
    file = tmp_path / "keys.toml"
    reader = make_key(tmp_path, file, "satu-data", "read")
    reporter = make_key(tmp_path, file, "aplikasi", "report")
    assert file.stat().st_mode & 0o077 == 0
    settings = {"DATABASE_URL": database_url, "API_KEYS": str(file), "API_OPEN": "0", "API_KEY_PER_MINUTE": "7000"}
    with started(tmp_path, **settings) as room:
        for path in INTERFACES[:1] + INTERFACES[2:]:
            status, headers, _ = room.get(path)
            assert (status, headers["www-authenticate"][:6]) == (http.client.UNAUTHORIZED, "Bearer")
            assert room.get(path, Authorization=f"Bearer {reader[:-1]}")[0] == http.client.UNAUTHORIZED
            assert room.get(path, Authorization=f"Bearer {reporter}")[0] == http.client.FORBIDDEN
            for given in ({"Authorization": f"Bearer {reader}"}, {"X-API-Key": reader}):
                status, headers, _ = room.get(path, **given)
                assert (status, headers["ratelimit-limit"]) == (http.client.OK, "7000")
        assert room.get(INTERFACES[1])[0] == http.client.FORBIDDEN  # what GeoReport says
        assert room.get(f"{INTERFACES[1]}?api_key={reader}")[0] == http.client.OK
        assert room.get("/api/docs")[0] == http.client.OK
        assert room.get("/")[0] == http.client.OK


def test_a_wrong_file_of_keys_stops_the_start(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "keys.toml").write_text("keys = 1\n")
    told = environment(tmp_path, DATABASE_URL=database_url, API_KEYS=str(tmp_path / "keys.toml"))
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=told, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "keys.toml" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_readings_are_told_as_they_are_committed(room: Dashboard, database_url: str) -> None:
    with closing(writer(database_url)) as ingest:
        ingest.write([readings(reading("air-1", 0, 10), reading("air-2", 0, 20, "noise"))])
        with room.stream(LIVE) as every, room.stream(f"{LIVE}?kind=noise&device=air-2") as some:
            assert [next(every)[2]["value"] for _ in range(2)] == [10, 20]
            assert next(some)[2]["device"] == "air-2"
            ingest.write([readings(reading("air-1", 60, 11), reading("air-2", 60, 21, "noise"))])
            name, _, told = next(every)
            assert (name, told["value"], told["kind"], told["unit"]) == ("reading", 11, "pm25", "µg/m³")
            assert told["observed_at"] == "2026-11-21T07:01:00+07:00"
            assert next(some)[2]["value"] == 21


def test_an_open_stream_does_not_keep_the_server_from_stopping(room: Dashboard, database_url: str) -> None:
    with closing(writer(database_url)) as ingest:
        ingest.write([readings(reading("air-1", 0, 10))])
    with room.stream(LIVE) as events:
        next(events)
        room.process.terminate()
        assert room.process.wait(STOPS_WITHIN) is not None
        assert next(events, None) is None


def test_a_stream_of_what_is_not_there_is_refused(room: Dashboard) -> None:
    for query in ("kind=luck", "device=A", "limit=1"):
        status, headers, found = room.get(f"{LIVE}?{query}")
        assert (status, headers["content-type"]) == (http.client.UNPROCESSABLE_ENTITY, "application/problem+json")
        assert json.loads(found)["errors"]


def test_a_client_has_so_many_streams_and_a_closed_one_makes_room(room: Dashboard, database_url: str) -> None:
    with closing(writer(database_url)) as ingest:
        ingest.write([readings(reading("air-1", 0, 10))])
    with ExitStack() as stack:
        for _ in range(8):
            next(stack.enter_context(room.stream(LIVE)))
        assert room.get(LIVE)[0] == http.client.TOO_MANY_REQUESTS
        assert room.get(LATEST)[0] == http.client.OK

    def again() -> bool:
        with room.stream(LIVE) as events:
            return next(events, None) is not None

    until(again)

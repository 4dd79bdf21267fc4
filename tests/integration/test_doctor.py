"""The doctor names what a server does not keep, and has nothing to say against the room's own."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest

import data.checks
import ingest.doctor.broker
from data.checks import Finding, check_database
from deploy.local.mosquitto import Mosquitto
from deploy.local.ports import free_port
from ingest.broker import split_url
from ingest.doctor.broker import check_broker
from ingest.doctor.guest import Guest
from ingest.doctor.promises import PROMISES, Promise
from ingest.doctor.visit import TOPICS, Visit
from tests.servers import configured_broker as broker

pytestmark = pytest.mark.integration

ROOM_ACL = Path(__file__).resolve().parents[2] / "deploy" / "mosquitto.acl"


def started(mqtt_url: str, database_url: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIVEROOM_")}
    environment |= {"LIVEROOM_DATABASE_URL": database_url, "LIVEROOM_MQTT_URL": mqtt_url}
    command = [sys.executable, "-m", "ingest", "doctor"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def doctor(mqtt_url: str, database_url: str) -> tuple[int, str, str]:
    """Its exit code, its lines, and what it wrote to stderr."""
    with started(mqtt_url, database_url) as process:
        said, complained = process.communicate()
    return process.returncode, said, complained


def faults(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level in ("warn", "FAIL")]


def only_fault(findings: Iterable[Finding]) -> Finding:
    (fault,) = faults(findings)
    return fault


def as_user(url: str, user: str) -> str:
    return url.replace("mqtt://", f"mqtt://{user}@")


def sessions_left(url: str, token: str) -> list[int]:
    left = []
    for number in range(1, 60):
        with Guest(split_url(url), f"doctor-{token}-{number}", clean=False) as guest:
            left += [number] if guest.session_present else []
    return left


def test_the_rooms_own_servers_keep_every_promise(own_broker: Mosquitto, database_url: str) -> None:
    for _ in range(2):  # the second time finds no trace of the first
        code, said, complained = doctor(own_broker.url, database_url)
        assert (code, complained) == (0, "")
        lines = said.splitlines()
        assert {line.split()[0] for line in lines} == {"ok", "note"}
        assert all(re.match(r"(ok|note|warn|FAIL) {2,4}(broker|database): \w", line) for line in lines)
    assert re.search(r"^ok    broker: takes us in at 127\.0\.0\.1:\d+: mosquitto version 2", said, re.MULTILINE)
    assert all(f"ok    broker: {promise.says}\n" in said for promise in PROMISES)
    assert "ok    database: has TimescaleDB 2." in said


def test_a_broker_as_it_comes_fails_with_what_was_found_and_what_to_set(tmp_path: Path, database_url: str) -> None:
    with broker(tmp_path, max_inflight_messages=20, max_queued_messages=1000) as poor:
        code, said, _ = doctor(poor.url, database_url)
    assert code == 1
    failed = [line for line in said.splitlines() if line.startswith("FAIL")]
    assert len(failed) == 2
    assert re.search(r"broker: queues .*: found 10\d\d of 2000, expected all: set max_queued_messages 0$", failed[0])
    assert re.search(r"broker: hands .*: found 20 of 1000, expected all: set max_inflight_messages 20000$", failed[1])


def test_a_window_that_will_do_is_a_warning(tmp_path: Path) -> None:
    with broker(tmp_path, max_inflight_messages=300) as middling:
        fault = only_fault(check_broker(middling.url))
    assert fault.level == "warn"
    assert "found 300 of 1000" in fault.text


@pytest.mark.parametrize(
    ("line", "promise", "remedy"),
    [
        ({"message_size_limit": 100_000}, "carries a payload of 256 KiB", "message_size_limit"),
        ({"max_packet_size": 100_000}, "carries a payload of 256 KiB", "max_packet_size"),
        ({"retain_available": "false"}, "keeps a retained message", "retain_available true"),
    ],
)
def test_what_a_broker_refuses_is_named_and_the_rest_still_tried(
    tmp_path: Path, line: dict[str, str | int], promise: str, remedy: str
) -> None:
    with broker(tmp_path, **line) as strict:
        findings = list(check_broker(strict.url))
    assert any(fault.text.startswith(promise) and remedy in fault.text for fault in faults(findings))
    assert findings[-1].level == "note"


def test_dropped_messages_are_told(tmp_path: Path) -> None:
    with broker(tmp_path, max_queued_messages=1000, sys_interval=1) as poor:
        list(check_broker(poor.url))
        with Guest(split_url(poor.url), "reader") as reader:
            reader.subscribe("$SYS/broker/publish/messages/dropped")
            while not any(int(message.payload) for message in reader.hear(1)):
                pass
        findings = list(check_broker(poor.url))
    assert any(re.match(r"dropped messages: found \d+ since its start", fault.text) for fault in faults(findings))


def test_a_user_without_the_right_to_try_is_told_which(tmp_path: Path) -> None:
    rights = tmp_path / "acl"
    rights.write_text("topic read tangerang/#\n")
    with broker(tmp_path, acl_file=str(rights)) as strict:
        findings = list(check_broker(strict.url))
    fault = only_fault(findings)
    assert fault == findings[-1]
    assert f"{TOPICS}/#" in fault.text
    assert findings[1] == Finding("note", "does not tell how many messages it has dropped")


def test_the_rights_given_in_production_are_enough(tmp_path: Path) -> None:
    with broker(tmp_path, acl_file=str(ROOM_ACL)) as strict:
        assert faults(check_broker(as_user(strict.url, "ingest:x"))) == []
        assert only_fault(check_broker(as_user(strict.url, "fetch:x"))).level == "FAIL"


def test_nothing_stays_at_the_broker(own_broker: Mosquitto, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _: "known")
    assert faults(check_broker(own_broker.url)) == []
    assert sessions_left(own_broker.url, "known") == []
    with Guest(split_url(own_broker.url), "reader") as reader:
        reader.subscribe(f"{TOPICS}/#")
        assert reader.hear(1) == []


def test_nothing_stays_when_somebody_stops_it(own_broker: Mosquitto, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(visit: Visit) -> None:
        with visit.session() as come, come() as guest:
            guest.subscribe(visit.topic("x"))
            raise KeyboardInterrupt

    monkeypatch.setattr(secrets, "token_hex", lambda _: "known")
    monkeypatch.setattr(ingest.doctor.broker, "PROMISES", (Promise("x", interrupted, "y"),))
    with pytest.raises(KeyboardInterrupt):
        list(check_broker(own_broker.url))
    assert sessions_left(own_broker.url, "known") == []


def test_it_stops_when_told_to(own_broker: Mosquitto, database_url: str) -> None:
    with started(own_broker.url, database_url) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        _, complained = process.communicate()
    assert (process.returncode, complained) == (1, "stopped before all checks were done\n")


def test_a_broker_that_goes_by_users_keeps_the_workers_session(tmp_path: Path) -> None:
    with broker(tmp_path, use_username_as_clientid="true") as odd:
        url = as_user(odd.url, "ingest:x")
        with Guest(split_url(url), "ingest-0", clean=False) as worker:
            worker.subscribe("tangerang/#")
        fault = only_fault(check_broker(url))
        assert "use_username_as_clientid false" in fault.text
        with Guest(split_url(url), "ingest-0", clean=False) as worker:
            assert worker.session_present


def test_a_broker_that_dies_midway_is_one_line(own_broker: Mosquitto, monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(visit: Visit) -> None:
        with visit.session() as come, come() as guest:
            own_broker.kill()
            guest.subscribe(visit.topic("x"))

    monkeypatch.setattr(ingest.doctor.broker, "PROMISES", (Promise("lives", deadly, "y"), *PROMISES))
    findings = list(check_broker(own_broker.url))
    assert only_fault(findings) == findings[-1]
    assert findings[-1].text.startswith("lives: the broker went away: cannot be reached")


def test_servers_that_are_not_there_are_one_line_each() -> None:
    nowhere = free_port()
    code, said, complained = doctor(
        f"mqtt://ingest:secret@127.0.0.1:{nowhere}", f"postgresql://room:secret@127.0.0.1:{nowhere}/room"
    )
    assert (code, complained) == (1, "")
    broker_line, database_line = said.splitlines()
    assert broker_line.startswith(f"FAIL  broker: 127.0.0.1:{nowhere}: cannot be reached: ")
    assert database_line.startswith(f"FAIL  database: PostgreSQL at 127.0.0.1:{nowhere}/room: ")
    assert "secret" not in said


def test_a_broker_that_does_not_know_us_is_one_line(tmp_path: Path) -> None:
    with broker(tmp_path, allow_anonymous="false") as closed:
        (finding,) = check_broker(as_user(closed.url, "ingest:secret"))
    assert finding.level == "FAIL"
    assert "refused us: Not authorized" in finding.text
    assert "secret" not in finding.text


def test_a_database_without_schema_fails(own_broker: Mosquitto, empty_database_url: str) -> None:
    code, said, _ = doctor(own_broker.url, empty_database_url)
    assert code == 1
    assert re.search(r"^FAIL  database: schema: .*0001, .*python -m data migrate", said, re.MULTILINE)
    assert re.search(r"^FAIL  database: TimescaleDB: found no extension", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("synchronous_commit", "found synchronous_commit off, expected on"),
        ("default_transaction_read_only", "read-only"),
    ],
)
def test_settings_that_break_a_promise_fail(database_url: str, setting: str, said: str) -> None:
    value = "on" if setting.endswith("only") else "off"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET {setting} = {value}")
    fault = only_fault(check_database(database_url))
    assert fault.level == "FAIL"
    assert said in fault.text


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("FREE_CONNECTIONS", 1000, "free connections: found"), ("CLOCK_SECONDS", -1.0, "clock: found 0.0 s")],
)
def test_what_is_tight_is_a_warning(
    database_url: str, monkeypatch: pytest.MonkeyPatch, limit: str, value: float, said: str
) -> None:
    monkeypatch.setattr(data.checks, limit, value)
    fault = only_fault(check_database(database_url))
    assert fault.level == "warn"
    assert said in fault.text


def test_a_database_that_goes_away_midway_is_one_line(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(connection: psycopg.Connection[Any]) -> Finding:
        connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise AssertionError("it lives")

    monkeypatch.setattr(data.checks, "_CHECKS", (deadly, *data.checks._CHECKS))
    findings = list(check_database(database_url))
    assert only_fault(findings) == findings[-1]
    assert "went away" in findings[-1].text

"""The private servers answer, keep what they were told across every kind of ending, and leave nothing behind."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from paho.mqtt import publish, subscribe
from paho.mqtt.client import MQTTMessage

from data.migrations import schema_state
from deploy.local.account import as_server
from deploy.local.errors import DeployError
from deploy.local.mosquitto import Mosquitto
from deploy.local.postgres import Postgres
from deploy.local.programs import find_programs
from tests import servers

pytestmark = pytest.mark.integration


def _one(url: str, question: str) -> object:
    with psycopg.connect(url) as session:
        row = session.execute(question).fetchone()  # type: ignore[call-overload] # questions below are constants
    return row[0] if row else None


def test_a_fresh_database_has_todays_schema(database_url: str) -> None:
    assert schema_state(database_url).current


def test_databases_of_two_tests_are_apart(shared_postgres: Postgres) -> None:
    with (
        servers.database(shared_postgres, servers.TEMPLATE) as one,
        servers.database(shared_postgres, servers.TEMPLATE) as other,
    ):
        with psycopg.connect(one) as session:
            session.execute("CREATE TABLE only_here ()")
        assert _one(other, "SELECT to_regclass('only_here')") is None


def test_an_empty_database_has_no_schema(empty_database_url: str) -> None:
    assert _one(empty_database_url, "SELECT to_regclass('readings')") is None


def test_the_database_is_durable_and_has_the_open_edition(database_url: str) -> None:
    assert _one(database_url, "SHOW fsync") == "on"
    assert _one(database_url, "SHOW timescaledb.license") == "apache"


def test_the_database_listens_on_loopback_and_asks_for_its_password(database_url: str) -> None:
    assert _one(database_url, "SHOW listen_addresses") == "127.0.0.1"
    stranger = database_url.replace("liveroom:", "liveroom:not-", 1)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger)


def test_what_was_committed_survives_a_kill(own_postgres: Postgres) -> None:
    with psycopg.connect(own_postgres.url) as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS n")
    own_postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(own_postgres.url)
    own_postgres.start()
    assert _one(own_postgres.url, "SELECT n FROM kept") == 1


def test_a_pid_file_naming_a_stranger_does_not_stop_a_start(own_postgres: Postgres) -> None:
    own_postgres.kill()
    pid_file = own_postgres.folder / "data" / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    # Of the same user: PostgreSQL itself sees that another user's process cannot be it.
    with subprocess.Popen(as_server(["sleep", "60"], own_postgres.folder, signal.SIGTERM)) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        own_postgres.start()
        assert _one(own_postgres.url, "SELECT 1") == 1
        stranger.kill()


def test_a_server_still_running_from_an_earlier_start_is_ended_first(own_postgres: Postgres) -> None:
    later = Postgres(find_programs(servers.STATE), own_postgres.folder, own_postgres.port)
    later.start()
    try:
        assert own_postgres.has_ended()
        assert _one(later.url, "SELECT 1") == 1
    finally:
        later.stop()


def test_a_port_in_use_ends_the_start_with_the_servers_own_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        second = Postgres(find_programs(servers.STATE), tmp_path / "second", taken.getsockname()[1])
        with pytest.raises(DeployError, match="postgres ended at once"):
            second.start()


def test_a_retained_message_survives_a_polite_stop(own_broker: Mosquitto) -> None:
    publish.single("a/b", "kept", qos=1, retain=True, hostname="127.0.0.1", port=own_broker.port)
    own_broker.stop()
    own_broker.start()
    message = subscribe.simple("a/b", hostname="127.0.0.1", port=own_broker.port)
    assert isinstance(message, MQTTMessage)
    assert message.payload == b"kept"


@pytest.mark.parametrize("name", ["Postgres", "Mosquitto"])
def test_servers_end_when_whoever_started_them_is_killed(name: str, tmp_path: Path) -> None:
    program = f"""
import sys, time
from pathlib import Path
from deploy.local.{name.lower()} import {name}
from deploy.local.ports import free_port
from deploy.local.programs import find_programs
server = {name}(find_programs(Path({str(servers.STATE)!r})), Path({str(tmp_path / "state")!r}), free_port())
server.start()
sys.stdout.write(f"{{server._child.pid}}\\n")
sys.stdout.flush()
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        server = int(starter.stdout.readline())
        assert _runs(server)
        starter.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _runs(server):
        assert time.monotonic() < deadline, f"{name} outlived whoever started it"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False

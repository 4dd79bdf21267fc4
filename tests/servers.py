"""Real servers for the tests: one PostgreSQL and one Mosquitto a run, a fresh database a test.

A copy of a migrated template takes a tenth of a second. The template accepts no connections, or
TimescaleDB's background worker would sit in it and PostgreSQL would refuse to copy it.
"""

from __future__ import annotations

import itertools
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from data.migrations import migrate
from deploy.local.account import as_server, give
from deploy.local.mosquitto import Mosquitto
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.programs import find_programs

STATE = Path(__file__).resolve().parents[1] / ".runtime"
TEMPLATE = "template_room"
EMPTY = "template0"
_numbers = itertools.count(1)


def new_postgres(folder: Path) -> Postgres:
    """A stopped PostgreSQL of its own under `folder`."""
    return Postgres(find_programs(STATE), folder, free_port())


def new_replica(primary: Postgres, folder: Path) -> Postgres:
    """A stopped streaming replica of a running `primary` under `folder`, made as docs/operating.md says."""
    replica = new_postgres(folder)
    folder.mkdir(parents=True)
    shutil.copy(primary.folder / "password", folder)  # its accounts are the primary's
    data = folder / "data"
    give(data)
    command = [str(find_programs(STATE).postgres_bin / "pg_basebackup"), "-D", str(data), "-R", "-c", "fast"]
    command = as_server([*command, "-d", primary.url], data, signal.SIGTERM)
    subprocess.run(command, check=True, capture_output=True, cwd="/")
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write("hot_standby_feedback = on\n")
    return replica


def new_broker(folder: Path) -> Mosquitto:
    """A stopped Mosquitto of its own under `folder`."""
    return Mosquitto(find_programs(STATE), folder, free_port())


class ConfiguredBroker(Mosquitto):
    """The room's broker with some lines of its configuration replaced and others added."""

    lines: dict[str, str | int]

    def prepare(self) -> None:
        """Write the configuration with the other lines."""
        super().prepare()
        kept = [line for line in self._config.read_text().splitlines() if line.split(" ")[0] not in self.lines]
        self._config.write_text("\n".join([*kept, *(f"{name} {value}" for name, value in self.lines.items()), ""]))


@contextmanager
def configured_broker(folder: Path, **lines: str | int) -> Iterator[Mosquitto]:
    """A started Mosquitto with these lines in its configuration, stopped afterwards."""
    made = ConfiguredBroker(find_programs(STATE), folder / "broker", free_port())
    made.lines = lines
    made.start()
    try:
        yield made
    finally:
        made.stop()


def make_template(server: Postgres) -> None:
    """Make the migrated database that the tests' databases are copied from."""
    _command(server, "CREATE DATABASE {}", TEMPLATE)
    migrate(_url(server, TEMPLATE))
    _command(server, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", TEMPLATE)
    _end_sessions(server, TEMPLATE)


@contextmanager
def database(server: Postgres, template: str) -> Iterator[str]:
    """The address of a fresh copy of `template`, dropped afterwards."""
    name = f"test_{next(_numbers)}"
    with _session(server) as session:
        session.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    try:
        yield _url(server, name)
    finally:
        _command(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _command(server: Postgres, statement: str, name: str) -> None:
    with _session(server) as session:
        session.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type] # constants above


def _end_sessions(server: Postgres, name: str) -> None:
    with _session(server) as session:
        session.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))


def _session(server: Postgres) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.url, autocommit=True)


def _url(server: Postgres, name: str) -> str:
    return f"{server.url.rpartition('/')[0]}/{name}"

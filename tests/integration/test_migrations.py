"""The schema comes, stays, and refuses what it cannot build on."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from data import migrations
from data.errors import DatabaseAway, DataError, SchemaError
from data.migrations import migrate, schema_state
from tests.batches import ask

pytestmark = pytest.mark.integration


def test_an_empty_database_gets_the_whole_schema_once(empty_database_url: str) -> None:
    said: list[str] = []
    assert not schema_state(empty_database_url).current
    assert migrate(empty_database_url, said.append).current
    assert len(said) == len(migrations.migrations()) > 0
    assert migrate(empty_database_url, said.append).current
    assert len(said) == len(migrations.migrations())
    assert schema_state(empty_database_url).current


def test_two_at_once_apply_it_once(empty_database_url: str) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(2) as both:
        states = list(both.map(lambda _: migrate(empty_database_url, said.append), range(2)))
    assert all(state.current for state in states)
    assert len(said) == len(migrations.migrations())


def test_an_applied_file_may_not_change(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE schema_migrations SET sha256 = 'x' WHERE version = 1")
    assert schema_state(database_url).changed == (1,)
    with pytest.raises(SchemaError, match="migration 0001 was applied with another content"):
        migrate(database_url)


def test_a_migration_that_fails_leaves_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = migrations.migrations()
    bad = replace(known[0], version=len(known) + 1, sql="CREATE TABLE half (a int); SELECT 1/0", sha256="x")
    monkeypatch.setattr(migrations, "migrations", lambda: (*known, bad))
    with pytest.raises(DataError, match="division by zero"):
        migrate(database_url)
    assert ask(database_url, "SELECT to_regclass('half') IS NULL") == [(True,)]
    assert schema_state(database_url).pending == (bad.version,)


def test_a_newer_schema_is_good_enough_for_an_older_program(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("INSERT INTO schema_migrations (version, name, sha256) VALUES (9999, 'later', 'x')")
    assert schema_state(database_url).current


def test_a_server_without_timescaledb_is_refused_in_one_line(empty_database_url: str) -> None:
    # What such a server says is that its list of extensions names none: here a view of that name comes first.
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(
            "CREATE VIEW public.pg_available_extensions AS SELECT * FROM pg_catalog.pg_available_extensions WHERE false"
        )
        connection.execute(f'ALTER DATABASE "{name}" SET search_path = public, pg_catalog')  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match=r"has no TimescaleDB: expected the extension timescaledb 2\.x") as caught:
        migrate(empty_database_url)
    assert "\n" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseAway, match=r"127\.0\.0\.1:1/room: .*refused") as caught:
        migrate("postgresql://somebody:secret@127.0.0.1:1/room")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("url", "code"), [(None, 0), ("postgresql://somebody:secret@127.0.0.1:1/room", 1)])
def test_the_command_says_what_it_did(empty_database_url: str, url: str | None, code: int) -> None:
    environment = {"LIVEROOM_DATABASE_URL": url or empty_database_url, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "data", "migrate"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    if code:
        assert len(done.stderr.splitlines()) == 1
        assert "secret" not in done.stderr
    else:
        assert done.stdout.splitlines()[0] == "applied 0001_room"

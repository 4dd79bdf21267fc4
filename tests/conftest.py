"""Fixtures every test may use: addresses of real servers, and servers of one's own to break."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from deploy.local import chromium
from deploy.local.mosquitto import Mosquitto
from deploy.local.postgres import Postgres
from tests import servers


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Leave the browser tests out where there is no Chromium - never where `CI` is set: there they fail."""
    if os.environ.get("CI") or not chromium.missing():
        return
    missing = pytest.mark.skip(reason=f"Chromium is not installed: {chromium.HOW}")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(missing)


@pytest.fixture(scope="session")
def shared_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The run's PostgreSQL, with the migrated template in it."""
    server = servers.new_postgres(tmp_path_factory.mktemp("postgres"))
    server.start()
    try:
        servers.make_template(server)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def broker_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the run's Mosquitto; use topics or client ids of your own, others share it."""
    broker = servers.new_broker(tmp_path_factory.mktemp("broker"))
    broker.start()
    yield broker.url
    broker.stop()


@pytest.fixture
def database_url(shared_postgres: Postgres) -> Iterator[str]:
    """The address of a fresh database with today's schema, for this test only."""
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        yield url


@pytest.fixture
def empty_database_url(shared_postgres: Postgres) -> Iterator[str]:
    """The address of a fresh database without any schema, for this test only."""
    with servers.database(shared_postgres, servers.EMPTY) as url:
        yield url


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[Postgres]:
    """A started PostgreSQL for this test only, to stop, kill and start; `.url` is a database without schema."""
    server = servers.new_postgres(tmp_path / "postgres")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[Mosquitto]:
    """A started Mosquitto for this test only, to stop, kill and start."""
    broker = servers.new_broker(tmp_path / "broker")
    broker.start()
    yield broker
    broker.stop()

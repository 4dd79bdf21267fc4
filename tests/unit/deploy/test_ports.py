"""Ports are kept from start to start, given up when taken, and never silently other than asked."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from deploy.local.errors import DeployError
from deploy.local.ports import LOOPBACK, answers, free_port, is_free, keep_port


def test_a_second_start_keeps_its_port(tmp_path: Path) -> None:
    memory = tmp_path / "ports.json"
    assert keep_port(memory, "db", None) == keep_port(memory, "db", None)


def test_two_servers_remember_their_own(tmp_path: Path) -> None:
    memory = tmp_path / "ports.json"
    ports = {name: keep_port(memory, name, None) for name in ("db", "mqtt")}
    assert {name: keep_port(memory, name, None) for name in ports} == ports


def test_a_port_taken_meanwhile_is_left(tmp_path: Path) -> None:
    memory = tmp_path / "ports.json"
    first = keep_port(memory, "db", None)
    with socket.create_server((LOOPBACK, first)):
        assert keep_port(memory, "db", None) != first


def test_the_asked_port_is_taken_or_the_start_refused(tmp_path: Path) -> None:
    memory = tmp_path / "ports.json"
    wanted = free_port()
    assert keep_port(memory, "db", wanted) == wanted
    with (
        socket.create_server((LOOPBACK, wanted)),
        pytest.raises(DeployError, match=f"LIVEROOM_LOCAL_DB_PORT: {wanted} is taken"),
    ):
        keep_port(memory, "db", wanted)


def test_who_listens_is_seen() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        assert answers(LOOPBACK, port)
        assert not is_free(port)
    assert is_free(port)
    assert not answers(LOOPBACK, port)

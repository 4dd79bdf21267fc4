"""Ports on the loopback address: free ones, the same as last time where possible."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from deploy.local.errors import DeployError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether `port` of `host` can be listened on now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether something accepts a connection at `host`:`port` within two seconds."""
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


def keep_port(memory: Path, name: str, wanted: int | None) -> int:
    """The port for server `name`: as `wanted` by the setting, else last time's from `memory`, else a free one.

    Raises `DeployError` when the wanted one is taken.
    """
    known: dict[str, int] = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {}
    if wanted is not None and not is_free(wanted):
        raise DeployError(f"LIVEROOM_LOCAL_{name.upper()}_PORT: {wanted} is taken: expected a free port of {LOOPBACK}")
    last = known.get(name)
    port = wanted or (last if last and is_free(last) else free_port())
    memory.write_text(json.dumps({**known, name: port}), encoding="utf-8")
    return port

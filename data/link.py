"""How the room connects to PostgreSQL: one place for names, time limits and what a lost server looks like."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from data.errors import DataError, one_line, translate


def connect_options(role: str, statement_seconds: float = 0) -> dict[str, Any]:
    """Connection parameters of a part of the room: UTC sessions, a name in pg_stat_activity, a noticed death.

    `statement_seconds` limits one statement; 0 leaves it unlimited.
    """
    return {
        "autocommit": True,
        "application_name": f"liveroom-{role}",
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        # Names the room's queries rely on stay what they are, whatever the server's own configuration says.
        "options": f"-c TimeZone=UTC -c jit=off -c statement_timeout={round(statement_seconds * 1000)}",
    }


def check_url(url: str) -> None:
    """Raise `DataError` for a URL that no server could ever answer."""
    try:
        conninfo_to_dict(url)
    except psycopg.Error as error:
        raise DataError(f"the database URL is malformed: {one_line(error)}") from None


def where(url: str) -> str:
    """`host:port/name` of a URL, without its password, for messages."""
    parts = conninfo_to_dict(url)
    host, port, name = (parts.get(key, usual) for key, usual in (("host", "localhost"), ("port", 5432), ("dbname", "")))
    return f"{host}:{port}/{name}"


def connect(url: str, role: str, statement_seconds: float = 0) -> psycopg.Connection[Any]:
    """Open a connection. Raises `DatabaseAway` or `DataError` naming the server, never its password."""
    check_url(url)
    try:
        return psycopg.connect(url, **connect_options(role, statement_seconds))
    except psycopg.Error as error:
        raise type(translate(error))(f"PostgreSQL at {where(url)}: {_reason(error)}") from None


def _reason(error: psycopg.Error) -> str:
    """The part of libpq's message that says why; the part before it repeats address and user."""
    return one_line(error).rpartition("failed: ")[2]

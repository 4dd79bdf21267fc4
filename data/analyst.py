"""`python -m data analyst`: a role for analysts, who read the schema `analisis` and nothing else, within limits.

The server holds the limits on every session of the role. A session can lift time limits for itself (PostgreSQL lets
every role do so), never the right to write, the number of its connections or the space its queries take on disk.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from getpass import getpass
from typing import Any

import psycopg
from psycopg import sql

from data.city_names import sync_names
from data.errors import DataError, translated
from data.link import connect
from sensors.city import AnalysisLimits, City, load_city
from sensors.settings import load_settings

Say = Callable[[str], None]
Connection = psycopg.Connection[Any]
ROLE = "analis"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_LEAST_PASSWORD = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--role", default=ROLE, help=f"what the role is called; default: {ROLE}")
    parser.add_argument("--remove", action="store_true", help="take the role away again")


def run_analyst(asked: argparse.Namespace, say: Say) -> None:
    """Make the role, or set its limits and password anew. Raises one-line errors."""
    if not _NAME.fullmatch(asked.role):
        raise DataError(f"--role: found {asked.role}, expected small letters, digits and _")
    settings = load_settings()
    url, city = settings.require_database_url(), load_city(settings.city)
    if asked.remove:
        remove_analyst(url, asked.role)
        say(f"the role {asked.role} is gone")
        return
    password = read_password()
    sync_names(url, city)
    make_analyst(url, asked.role, password, city)
    say(f"the role {asked.role} reads the schema analisis: docs/analysis.md")


def read_password() -> str:
    """The password as the operator types it, or the first line of the input. Raises `DataError` for a short one."""
    password = getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < _LEAST_PASSWORD:
        raise DataError(
            f"password: expected at least {_LEAST_PASSWORD} characters, typed or as the first line of input"
        )
    return password


def make_analyst(url: str, role: str, password: str, city: City) -> None:
    """Make the role or bring it up to date. Raises `DataError`, also for a role that can do more than read."""
    with translated(), connect(url, "analyst") as connection, connection.transaction():
        _refuse_other_roles(connection, role)
        name = sql.Identifier(role)
        if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).rowcount == 0:
            connection.execute(sql.SQL("CREATE ROLE {}").format(name))
        connection.execute(
            sql.SQL(
                "ALTER ROLE {} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
                "CONNECTION LIMIT {} PASSWORD {}"
            ).format(name, sql.Literal(city.analysis.connections), sql.Literal(password))
        )
        for setting, value in _settings(city.analysis, city.zone.key).items():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
            )
        for right in (
            "GRANT USAGE ON SCHEMA analisis TO {}",
            "GRANT SELECT ON ALL TABLES IN SCHEMA analisis TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA analisis GRANT SELECT ON TABLES TO {}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        ):
            connection.execute(sql.SQL(right).format(name))


def remove_analyst(url: str, role: str) -> None:
    """Take the role away with all its rights. Raises `DataError`."""
    with translated(), connect(url, "analyst") as connection, connection.transaction():
        _refuse_other_roles(connection, role)
        name = sql.Identifier(role)
        connection.execute(sql.SQL("DROP OWNED BY {}").format(name))
        connection.execute(sql.SQL("DROP ROLE {}").format(name))


def _refuse_other_roles(connection: Connection, role: str) -> None:
    """A role that owns tables or rules the server is no analyst's, whatever its name."""
    found = connection.execute(
        "SELECT FROM pg_roles r WHERE r.rolname = %s AND (r.rolsuper OR r.rolcreaterole OR r.rolreplication"
        " OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid))",
        (role,),
    )
    if found.rowcount:
        raise DataError(f"--role: {role} is a role that writes, expected one for reading only")


def _settings(limits: AnalysisLimits, zone: str) -> dict[str, str]:
    """What holds in every session of the role, by the names of PostgreSQL's settings."""
    return {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{limits.statement_seconds}s",
        "idle_in_transaction_session_timeout": f"{limits.idle_seconds}s",
        "idle_session_timeout": f"{limits.idle_seconds}s",
        "lock_timeout": "5s",
        "work_mem": f"{limits.work_mb}MB",
        "temp_file_limit": f"{limits.temp_mb}MB",
        "max_parallel_workers_per_gather": "0",
        "search_path": "analisis",
        "TimeZone": zone,
    }

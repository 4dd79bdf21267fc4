"""The rows of an export: one transaction, one state of the database, stretch by stretch of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from data.analysis.asked import Asked, buckets, plain, rows, slices
from data.analysis.streams import LAT, LON, Field
from data.errors import translated
from data.exports.order import Order
from data.link import connect

Connection = psycopg.Connection[Any]
Told = Callable[[int, float], None]
Piece = bytes | memoryview | bytearray
FORMULA = "^[=+@\t\r\n＝＋－＠-]"
"""What a spreadsheet computes when a cell begins with it (OWASP, CSV injection; the wide forms too)."""
_ISO = 'YYYY-MM-DD"T"HH24:MI:SS.USTZH:TZM'
_FETCHED = 5_000
_STRETCH_SECONDS = 600.0
_SETTINGS = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL client_connection_check_interval = '1s'",  # who goes away in the middle ends the query
    "SET LOCAL max_parallel_workers_per_gather = 0",  # the other core is the wall's
    "SET LOCAL enable_memoize = off",  # each series is read once: nothing is worth remembering
)


@dataclass(slots=True)
class Source:
    """An open transaction for one order; `told` hears of rows and of the share of the time that is done."""

    order: Order
    connection: Connection
    told: Told
    rows: int = 0

    def copied(self, *, safe: bool) -> Iterator[Piece]:
        """The lines of a CSV file as the database writes them, after a header; `safe` for spreadsheets."""
        fields = self.order.fields
        yield (",".join(field.name for field in fields) + "\r\n").encode()
        for share, statement in self._statements([_cell(field, safe=safe) for field in fields]):
            copying = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(statement)
            with self.connection.cursor() as cursor, cursor.copy(copying) as copy:
                for line in copy:
                    self.rows += 1
                    yield line
            self.told(self.rows, share)

    def fetched(self, *, placed: bool = False) -> Iterator[tuple[Any, ...]]:
        """The rows as values; with `placed` those with a position, which then comes first (longitude, latitude)."""
        fields: list[sql.Composable] = [plain(field) for field in self.order.fields]
        if placed:
            fields = [sql.SQL(LON), sql.SQL(LAT), *fields]
        for share, statement in self._statements(fields, placed=placed):
            with self.connection.cursor(name="export") as cursor:
                cursor.itersize = _FETCHED
                for row in cursor.execute(statement):
                    self.rows += 1
                    yield row
            self.told(self.rows, share)

    def longer_than(self, most: int) -> bool:
        """Whether there are more rows than that; no more than that are looked at."""
        counted = 0
        for _, statement in self._statements([sql.SQL("1")]):
            limit = sql.SQL("SELECT count(*) FROM ({} LIMIT {}) AS looked_at").format(
                statement, sql.Literal(most + 1 - counted)
            )
            counted += self.connection.execute(limit).fetchone()[0]  # type: ignore[index]  # a count is one row
            if counted > most:
                return True
        return False

    def _statements(
        self, fields: list[sql.Composable], *, placed: bool = False
    ) -> Iterator[tuple[float, sql.Composed]]:
        asked = self.order.asked
        if asked.step:
            chosen = sql.SQL(", ").join(fields)
            yield 1.0, sql.SQL("SELECT {} FROM ({}) AS steps").format(chosen, buckets(asked))
            return
        parts: list[Asked] = slices(asked)
        for number, part in enumerate(parts, 1):
            yield number / len(parts), rows(part, fields, placed=placed)


@contextmanager
def opened(order: Order, told: Told) -> Iterator[Source]:
    """The source of an order. Raises `DataError`."""
    with translated(), closing(connect(order.url, "export", _STRETCH_SECONDS)) as connection, connection.transaction():
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.execute("SELECT set_config('TimeZone', %s, true)", (order.zone,))
        yield Source(order, connection, told)


def _cell(field: Field, *, safe: bool) -> sql.Composable:
    """A column of a CSV file: times by RFC 3339, texts that a spreadsheet would compute behind an apostrophe."""
    column = sql.SQL(field.column)
    if field.sort == "time" and safe:
        return sql.SQL("to_char({}, {})").format(column, sql.Literal(_ISO))
    if field.sort == "text" and safe:
        return sql.SQL("CASE WHEN {0} ~ {1} THEN '''' || {0} ELSE {0} END").format(column, sql.Literal(FORMULA))
    return column

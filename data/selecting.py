"""Rows of a question by conditions that a caller chose: every value a parameter, every name one of the question's own.

A question whose file gives columns is asked as a subquery, so that PostgreSQL moves the conditions into it and finds
rows by its indexes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from psycopg import sql

from data.queries import question
from data.store import Store

Sort = Literal["text", "number", "whole", "time"]
Operator = Literal["=", "<>", "<", "<=", ">", ">="]
Value: TypeAlias = Any
_TYPES: Mapping[Sort, sql.SQL] = {
    "text": sql.SQL("text"),
    "number": sql.SQL("double precision"),
    "whole": sql.SQL("numeric"),  # a whole number of any length is a question, never an overflow
    "time": sql.SQL("timestamptz"),
}
_OPERATORS: Mapping[Operator, sql.SQL] = {
    "=": sql.SQL("="), "<>": sql.SQL("<>"), "<": sql.SQL("<"), "<=": sql.SQL("<="), ">": sql.SQL(">"),
    ">=": sql.SQL(">="),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compare:
    """A column against a value of its sort."""

    column: str
    sort: Sort
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold, or where not `every`, one of them."""

    terms: tuple[Term, ...]
    every: bool = True


@dataclass(frozen=True, slots=True)
class Unless:
    """This does not hold."""

    term: Term


Term: TypeAlias = Compare | Every | Unless


@dataclass(frozen=True, slots=True)
class Selection:
    """What to ask: the question with its parameters, columns with the values they must have, and the caller's part.

    `order` are columns, each with whether it falls; they must tell all rows apart, or pages would overlap.
    """

    question: str
    params: Mapping[str, Any]
    same: Mapping[str, int | datetime] = field(default_factory=dict)
    where: Term | None = None
    order: tuple[tuple[str, bool], ...] = ()
    rows: int = 100
    skip: int = 0


async def select(store: Store, asked: Selection) -> list[dict[str, Any]]:
    """Return the rows. Raises `DataError`."""
    writer = _Writer(asked.params)
    return await store.run(writer.rows(asked, writer.same(asked.same)), writer.params)


async def select_each(
    store: Store, asked: Selection, columns: Sequence[str], parents: Sequence[Sequence[int]]
) -> list[dict[str, Any]]:
    """Return the rows of each parent, whose values `columns` must have; `parent` says which, counted from 0.

    Rows, order and skip hold for each parent by itself. Raises `DataError`.
    """
    writer = _Writer(asked.params)
    names = [sql.Identifier("p", f"v{number}") for number in range(len(columns))]
    mine = [sql.SQL("{} = {}").format(sql.Identifier(each), name) for each, name in zip(columns, names, strict=True)]
    values = [[parent[number] for parent in parents] for number in range(len(columns))]
    statement = sql.SQL(
        "SELECT p.n - 1 AS parent, x.* FROM unnest({}) WITH ORDINALITY AS p({}, n) CROSS JOIN LATERAL ("
    ).format(
        sql.SQL(", ").join(sql.SQL("{}::bigint[]").format(writer.value(each)) for each in values),
        sql.SQL(", ").join(sql.Identifier(f"v{number}") for number in range(len(columns))),
    )
    inner = writer.rows(asked, [*writer.same(asked.same), *mine])
    return await store.run(statement + inner + sql.SQL(") x ORDER BY p.n"), writer.params)


async def count(store: Store, asked: Selection, most: int) -> int:
    """Return how many rows there are, `most` at most. Raises `DataError`."""
    writer = _Writer(asked.params)
    inner = writer.rows(replace(asked, order=(), rows=most, skip=0), writer.same(asked.same))
    found = await store.run(sql.SQL("SELECT count(*) AS n FROM (") + inner + sql.SQL(") x"), writer.params)
    return int(found[0]["n"])


class _Writer:
    """Writes statements and collects what stands for their values."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        self.params = dict(params)

    def value(self, found: Value) -> sql.Placeholder:
        """A new parameter."""
        name = f"chosen_{len(self.params)}"
        self.params[name] = found
        return sql.Placeholder(name)

    def same(self, wanted: Mapping[str, int | datetime]) -> list[sql.Composed]:
        return [self._equal(column, found) for column, found in wanted.items()]

    def _equal(self, column: str, found: int | datetime) -> sql.Composed:
        kind = sql.SQL("timestamptz" if isinstance(found, datetime) else "bigint")
        return sql.SQL("{} = {}::{}").format(sql.Identifier(column), self.value(found), kind)

    def rows(self, asked: Selection, conditions: Sequence[sql.Composed]) -> sql.Composed:
        wanted = [*conditions, *([self.term(asked.where)] if asked.where else [])]
        parts: list[sql.Composable] = [sql.SQL("SELECT * FROM ("), sql.SQL(question(asked.question)), sql.SQL(") e")]
        if wanted:
            parts += [sql.SQL(" WHERE "), sql.SQL(" AND ").join(wanted)]
        if asked.order:
            falls = {True: sql.SQL(" DESC"), False: sql.SQL(" ASC")}
            columns = [sql.Identifier(column) + falls[falling] for column, falling in asked.order]
            parts += [sql.SQL(" ORDER BY "), sql.SQL(", ").join(columns)]
        parts += [
            sql.SQL(" LIMIT "),
            self.value(asked.rows),
            sql.SQL("::int OFFSET "),
            self.value(asked.skip),
            sql.SQL("::int"),
        ]
        return sql.Composed(parts)

    def term(self, term: Term) -> sql.Composed:
        match term:
            case Compare(column, sort, operator, value):
                return sql.SQL("{} {} {}::{}").format(
                    sql.Identifier(column), _OPERATORS[operator], self.value(value), _TYPES[sort]
                )
            case Unless(inner):
                return sql.SQL("NOT ({})").format(self.term(inner))
            case Every(terms, every):
                word = sql.SQL(" AND " if every else " OR ")
                return sql.SQL("({})").format(word.join(self.term(each) for each in terms))

"""`$filter`: parsed by the grammar of OData, then every comparison held against what the entity has."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime

from odata_query import ast
from odata_query.exceptions import ODataException
from odata_query.grammar import ODataLexer, ODataParser

from dashboard.api.filters import EARLIEST, LATEST, UNESCAPED
from dashboard.sta.entities import Column
from dashboard.sta.errors import QueryError
from data.selecting import Compare, Every, Operator, Term, Unless

FILTER = "$filter"
LONGEST = 1000
"""Characters; a longer one is a program's mistake, and the depth of its tree is bounded with it."""
_OPERATORS: Mapping[type, Operator] = {
    ast.Eq: "=", ast.NotEq: "<>", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_TURNED: Mapping[Operator, Operator] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ID = re.compile(r"@iot\.id\b")


def read_filter(text: str, columns: Mapping[str, Column]) -> Term:
    """Return the condition that a text means for an entity with these columns. Raises `QueryError`."""
    if len(text) > LONGEST or "\x00" in text:
        raise QueryError(FILTER, text, f"at most {LONGEST} characters")
    try:
        tree = ODataParser().parse(ODataLexer().tokenize(_plain(text)))
    except (ODataException, ValueError, RecursionError):
        expected = "comparisons like phenomenonTime ge 2026-11-21T00:00:00Z"
        raise QueryError(FILTER, text, expected) from None
    return _term(tree, columns)


def _plain(text: str) -> str:
    """The text with `@iot.id` as the grammar takes it, outside of quotes, and the `+` that a query makes a blank."""
    parts = UNESCAPED.sub(r"\1+\2", text).split("'")
    parts[::2] = [_ID.sub("id", part) for part in parts[::2]]
    return "'".join(parts)


def _term(node: object, columns: Mapping[str, Column]) -> Term:
    match node:
        case ast.BoolOp(op=op, left=left, right=right):
            return Every((_term(left, columns), _term(right, columns)), every=isinstance(op, ast.And))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Unless(_term(operand, columns))
        case ast.Compare(comparator=comparator, left=left, right=right) if type(comparator) in _OPERATORS:
            operator = _OPERATORS[type(comparator)]
            if isinstance(left, ast.Identifier | ast.Attribute):
                return _compare(left, operator, right, columns)
            return _compare(right, _TURNED[operator], left, columns)
    raise QueryError(FILTER, type(node).__name__, "eq, ne, gt, ge, lt, le joined by and, or, not")


def _compare(field: object, operator: Operator, literal: object, columns: Mapping[str, Column]) -> Compare:
    name = _name(field)
    column = columns.get(name)
    if column is None:
        raise QueryError(FILTER, name, f"one of {', '.join(columns)}")
    return Compare(column.name, column.sort, operator, _value(name, column, literal))


def _name(field: object) -> str:
    match field:
        case ast.Identifier():
            return ".".join((*field.namespace, field.name))
        case ast.Attribute(owner=owner, attr=attr):
            return f"{_name(owner)}/{attr}"
    return type(field).__name__


def _value(name: str, column: Column, literal: object) -> str | float | datetime:
    match column.sort, literal:
        case "text", ast.String(val=text):
            return str(text)
        case (("number" | "whole"), (ast.Integer(val=text) | ast.Float(val=text))):
            found = float(text)
            if math.isfinite(found):
                return int(text) if isinstance(literal, ast.Integer) and column.sort == "whole" else found
        case "time", ast.DateTime():
            at = _instant(literal)
            if at is not None:
                return at
    raise QueryError(FILTER, f"{name} against {type(literal).__name__}", f"{name} against {column.told}")


def _instant(literal: ast.DateTime) -> datetime | None:
    try:
        found = literal.py_val
    except ValueError:
        return None
    return found if found.tzinfo is not None and EARLIEST <= found < LATEST else None

"""The statements of a batch, one .sql file each; `data.writer` runs them in one transaction."""

from __future__ import annotations

from typing import LiteralString

from data.sqlfiles import sql_file


def statement(name: str) -> LiteralString:
    """The text of one statement. Raises `DataError` for a name without a file."""
    return sql_file(__name__, name)

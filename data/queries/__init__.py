"""The room's questions, one .sql file each; `data.store` asks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

from data.sqlfiles import sql_file, sql_files


def questions() -> Mapping[str, LiteralString]:
    """Every question by the name of its file."""
    return sql_files(__name__)


def question(name: str) -> LiteralString:
    """The text of one question. Raises `DataError` for a name without a file."""
    return sql_file(__name__, name)

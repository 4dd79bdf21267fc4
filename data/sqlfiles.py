"""Load the .sql files of a folder as text that statements may be made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import LiteralString

from data.errors import DataError


@cache
def sql_files(package: str) -> Mapping[str, LiteralString]:
    """Every .sql file of a package by its name without the ending."""
    # The files are part of the program, so their text is vouched for here as if it were a literal in it; psycopg's
    # types ask for literals, so that no user's text becomes a statement.
    found: dict[str, LiteralString] = {
        file.name.removesuffix(".sql"): file.read_text(encoding="utf-8")
        for file in files(package).iterdir()
        if file.name.endswith(".sql")
    }
    return MappingProxyType(found)


def sql_file(package: str, name: str) -> LiteralString:
    """The text of one file. Raises `DataError` for a name without a file."""
    found = sql_files(package)
    if name not in found:
        raise DataError(f"no file {name}.sql in {package}: expected one of {', '.join(sorted(found))}")
    return found[name]

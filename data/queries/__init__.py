"""The room's questions, one .sql file each, and the vouching that they are no user's text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import LiteralString, cast

from data.errors import DataError


@cache
def questions() -> Mapping[str, LiteralString]:
    """Every question by the name of its file."""
    # The files are part of the program, so their text is as good as a literal in it: the type checker then refuses
    # any other text on its way into a statement.
    found = {
        file.name.removesuffix(".sql"): cast("LiteralString", file.read_text(encoding="utf-8"))
        for file in files(__package__).iterdir()
        if file.name.endswith(".sql")
    }
    return MappingProxyType(found)


def question(name: str) -> LiteralString:
    """The text of one question. Raises `DataError` for a name without a file."""
    try:
        return questions()[name]
    except KeyError:
        raise DataError(f"no question {name!r}: expected one of {', '.join(sorted(questions()))}") from None

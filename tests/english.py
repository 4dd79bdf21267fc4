"""What of a picture English does not say: neither a phrase of a catalog nor data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from layouts.translate import SPOKEN, names_of
from tests.pack import CITY, SIGHTS

ENGLISH = SIGHTS.languages["en"]
CITED = ("source", "regulation", "basis", "url")
KEY = re.compile(r"\w+([.:/+-]\w+)+", re.ASCII)
"""Keys, codes, times and addresses; prose has blanks."""


def texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - JSON values
    """Everything in a tree that people read or hear."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for each in node:
            yield from texts(each)
    elif isinstance(node, dict) and node["props"].get("translate") != "no":
        yield from (value for name in SPOKEN if isinstance(value := node["props"].get(name), str))
        yield from texts(node["props"].get("children"))


def unsaid(tree: Any, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[str]:  # noqa: ANN401
    """The pieces without a translation, each with the text it stands in; `rows` are what the tree was drawn from."""
    free = _lines(value for answer in rows.values() for row in answer for value in _strings(row))
    return [
        f"{piece!r}" + (f" in {text!r}" if text != piece else "")
        for text in dict.fromkeys(texts(tree))
        for piece in ENGLISH.tell(text)[1]
        if not _is_data(piece, free)
    ]


def _lines(found: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(each.casefold() for each in found))


def _is_data(piece: str, free: str) -> bool:
    """Whether a piece is a key, or among the words of the rows, of a name or of what is cited; maybe cut short."""
    words = piece.rstrip("…").rstrip(" ,").casefold()
    if KEY.fullmatch(piece) or not words:
        return True
    whole = re.compile(rf"(?<!\w){re.escape(words)}" + ("" if piece.endswith("…") else r"(?!\w)"))
    return any(whole.search(lines) for lines in (_NAMES, _CITED, free))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _strings(each)


def _cited(found: object, name: str = "") -> Iterator[str]:
    """Whatever a pack cites by number, day or address; what else it says of its sources is prose."""
    if isinstance(found, str):
        if name in CITED:
            yield from (part for part in found.split("; ") if re.search(r"\d{2}|\w\.\w", part))
    elif is_dataclass(found):
        for field in fields(found):
            yield from _cited(getattr(found, field.name), field.name)
    elif isinstance(found, Mapping):
        for each in found.values():
            yield from _cited(each)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from _cited(each)


_NAMES, _CITED = _lines(names_of(CITY)), _lines(_cited(CITY))

"""The beginning of what somebody sent, so that it can be looked at: as text where it is text, else in hexadecimal.

It comes from strangers. What would not be seen, or would turn round what stands beside it, is written as an escape.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MOST_CHARACTERS, MOST_LINES = 600, 16
_FEW = 0.1
"""Up to this share of control characters it is still called text."""
_BLANKS = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What can be shown of a payload; `more` where there is more of it, `binary` where it is in hexadecimal."""

    text: str
    more: bool
    binary: bool


def beginning(payload: bytes, size: int) -> Beginning:
    """The beginning of a payload of `size` bytes, of which `payload` are the first."""
    cut = len(payload) < size
    text = _decoded(payload, whole=not cut)
    if text is None:
        most = MOST_CHARACTERS // len("ff ")
        return Beginning(payload[:most].hex(" "), cut or len(payload) > most, binary=True)
    lines = text[:MOST_CHARACTERS].split("\n")
    more = cut or len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES
    return Beginning("".join(map(_safe, "\n".join(lines[:MOST_LINES]))), more, binary=False)


def _decoded(payload: bytes, *, whole: bool) -> str | None:
    """The text of a payload; a letter at its end may be cut where it is not `whole`. None for what is no text."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(payload, final=whole).replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    control = sum(letter < " " and letter not in _BLANKS for letter in text)
    return None if control > _FEW * len(text) else text


def _safe(letter: str) -> str:
    if letter.isprintable() or letter in _BLANKS:
        return letter
    return letter.encode("unicode_escape").decode()

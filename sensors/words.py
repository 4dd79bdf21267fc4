"""Lists of known words in one-line errors: all while they fit, else those that begin most like the one found."""

from __future__ import annotations

from collections.abc import Iterable
from os.path import commonprefix

LISTED = 20  # more words would not fit a line
_NEAREST = 5


def one_of(found: str, known: Iterable[str]) -> str:
    """`one of a, b, c`, or `one of 52 known, such as …` where there are too many to list.

    Cheap, for a device may say a wrong word a thousand times a second.
    """
    words = list(known)
    if len(words) <= LISTED:
        return f"one of {', '.join(words)}"
    begun = {word: len(commonprefix((found, word))) for word in words}  # noqa: RUF071 - letters are what is compared
    near = sorted((word for word in words if begun[word]), key=lambda word: (-begun[word], word)) or words
    return f"one of {len(words)} known, such as {', '.join(near[:_NEAREST])}"

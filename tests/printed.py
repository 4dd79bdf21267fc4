"""What a document says, read back from its PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf

_ROUND_A_PAGE = ("Jelajah data · ", "Periode sampai ", "Mulai ")
"""How a page begins and ends, and a table that goes on on it."""


def text_of(made: bytes) -> str:
    """Its words in the order in which they are read."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def figure(text: str, unit: str) -> tuple[float, float]:
    """The large figure of a question's document, which stands above its unit, and how finely it is written."""
    lines = text.splitlines()
    words = lines[lines.index(unit) - 1].removeprefix("Rp").replace(".", "")
    _, _, decimals = words.partition(",")
    return float(words.replace(",", ".").replace("−", "-")), 10.0 ** -len(decimals)


def counted(text: str) -> int | None:
    """From how many rows it says that it comes; None where it says nothing of it."""
    found = re.search(r"^Dihitung dari\n([\d.]+)$", text, re.MULTILINE)
    return int(found[1].replace(".", "")) if found else None


def steps(text: str) -> Iterator[str]:
    """The lines of its table of steps, in the order in which they stand."""
    table = text.partition("\nTabel langkah\n")[2].partition("\nYang terbaru dulu.")[0]
    yield from (line for line in table.splitlines() if not line.startswith(_ROUND_A_PAGE))

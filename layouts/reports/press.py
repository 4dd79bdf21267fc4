"""Sets a paper as PDF/A by the templates: the same paper gives the same bytes.

Typst needs no program beside its wheel; it works outside Python's lock, so a thread that waits for it holds nobody up.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Final

import msgspec
import typst

from layouts import theme
from layouts.errors import LayoutError
from layouts.fonts import source
from layouts.reports.paper import Paper

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "a-2a"
"""PDF/A-2 with its text in reading order, for archives and for those who hear it."""


def press(paper: Paper, template: str = "laporan") -> bytes:
    """The report as PDF. Raises `LayoutError` where the template cannot be set."""
    signs = [level.sign for level in theme.LEVELS]
    style = {"colours": theme.LIGHT, "signs": signs, "ispu": theme.ISPU_COLOURS}
    told = {"paper": msgspec.json.encode(paper).decode(), "style": msgspec.json.encode(style).decode()}
    try:
        made = typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=[source().parent],
            ignore_system_fonts=True,
            sys_inputs=told,
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=paper.ended.astimezone(UTC),
        )
    except typst.TypstError as error:
        raise LayoutError(f"{template}.typ: {error}") from None
    if not isinstance(made, bytes):
        raise LayoutError(f"{template}.typ: found no PDF, expected one")
    return made

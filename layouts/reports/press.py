"""Sets a paper as PDF/A by the templates, with typst's wheel and nothing beside it: the same paper, the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
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


class Job(msgspec.Struct, frozen=True):
    """What is to be set, as it can be handed to another process: words for a template, and the time it is dated."""

    template: str
    inputs: dict[str, str]
    dated: datetime


def job_of(paper: Paper, template: str = "laporan") -> Job:
    """The job that a paper is."""
    signs = [level.sign for level in theme.LEVELS]
    style = {"colours": theme.LIGHT, "signs": signs, "ispu": theme.ISPU_COLOURS}
    inputs = {"paper": msgspec.json.encode(paper).decode(), "style": msgspec.json.encode(style).decode()}
    return Job(template, inputs, paper.ended.astimezone(UTC))


def press(job: Job) -> bytes:
    """The report as PDF. Raises `LayoutError` where the template cannot be set."""
    template = TEMPLATES / f"{job.template}.typ"
    try:
        return typst.compile(
            template,
            root=TEMPLATES,
            font_paths=[source().parent],
            ignore_system_fonts=True,
            sys_inputs=job.inputs,
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=job.dated,
        )
    except (RuntimeError, OSError) as error:
        raise LayoutError(f"{template.name}: {error}") from None

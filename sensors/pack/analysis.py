"""How much analysts may take (analysis_limits.csv) and what their data sets are called (dataset.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sensors.pack.figures import read_figures
from sensors.pack.files import shown, table, tables

_MOST = 10_000_000
_UNITS = {
    "range_years": "years", "filter_keys": "keys", "page_rows": "rows", "workbook_rows": "rows", "paper_rows": "rows",
    "exports_at_once": "exports", "exports_waiting": "exports", "connections": "connections",
    "statement_seconds": "seconds", "idle_seconds": "seconds", "work_mb": "MB", "temp_mb": "MB",
}  # fmt: skip
"""In which unit each figure is."""
DATASET = ("publisher", "licence", "licence_url", "standard", "source", "sample")


@dataclass(frozen=True, slots=True)
class AnalysisLimits:
    """What one question or export may take: years, keys in a filter, rows of a page, a workbook and a document.

    `exports_at_once` run, `exports_waiting` more wait for their turn. The others hold for the role of analysts:
    its connections, seconds of a statement and of idleness, memory of a step of a query, space on disk.
    """

    range_years: int
    filter_keys: int
    page_rows: int
    workbook_rows: int
    paper_rows: int
    exports_at_once: int
    exports_waiting: int
    connections: int
    statement_seconds: int
    idle_seconds: int
    work_mb: int
    temp_mb: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """Who publishes the city's data, under which licence and which standard; `sample` = not confirmed by the city."""

    publisher: str
    licence: str
    licence_url: str
    standard: str
    source: str
    sample: bool


def read_analysis_limits(path: Path) -> AnalysisLimits:
    """Every figure once. Raises `CityError` for one that is missing."""
    return AnalysisLimits(**{key: line.whole("value", 1, _MOST) for key, line in read_figures(path, _UNITS).items()})


def read_dataset(path: Path) -> Dataset:
    """The one table of the file."""
    entry = table(shown(path), tables(path), DATASET)
    return Dataset(**{name: entry.text(name) for name in DATASET[:-1]}, sample=entry.truth("sample"))

"""The figures of official rules: ISPU breakpoints and categories, classes of rain. `sensors.judge` applies them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sensors.kinds import KINDS
from sensors.pack.entry import CityError
from sensors.pack.files import entries, shown

Span = Literal["hour", "day"]
SPANS: tuple[Span, ...] = ("hour", "day")
COLOURS = ("abu-abu", "hijau", "biru", "kuning", "jingga", "merah", "ungu", "hitam")


@dataclass(frozen=True, slots=True)
class IspuRow:
    """One breakpoint: at ISPU `index` the 24-hour mean of `pollutant` is `concentration` (ug/m3)."""

    pollutant: str
    index: int
    concentration: float
    regulation: str
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class IspuCategory:
    """From `low` upwards (the index, rounded) the air is called `word` and drawn in the legal `colour` (its name)."""

    low: int
    word: str
    colour: str
    regulation: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class RainClass:
    """From `low` mm in one `span` upwards BMKG calls the rain `word`; `colour` is the name of its map colour."""

    span: Span
    low: float
    word: str
    colour: str
    source: str


def read_ispu(path: Path) -> tuple[IspuRow, ...]:
    """Breakpoints, each pollutant's starting at index 0 and rising."""
    rows: list[IspuRow] = []
    for line in entries(path, ("pollutant", "index", "concentration", "regulation", "valid_from", "source")):
        row = IspuRow(
            pollutant=line.known("pollutant", KINDS),
            index=line.whole("index", 0, 500),
            concentration=line.number("concentration", 0, 1_000_000),
            regulation=line.text("regulation"),
            valid_from=line.day("valid_from"),
            source=line.text("source"),
        )
        before = [other for other in rows if other.pollutant == row.pollutant]
        if not before and (row.index, row.concentration) != (0, 0):
            raise line.wrong("index", "index 0 at concentration 0 as the pollutant's first row")
        if before and (row.index <= before[-1].index or row.concentration <= before[-1].concentration):
            raise line.wrong("concentration", "index and concentration above the pollutant's row before")
        rows.append(row)
    for row in rows:
        if row.index == 0 and not any(other.pollutant == row.pollutant and other.index for other in rows):
            raise CityError(f"{shown(path)}: found one row of {row.pollutant!r}, expected at least two")
    return tuple(rows)


def read_ispu_categories(path: Path) -> tuple[IspuCategory, ...]:
    """Categories from the cleanest up, the first from index 0."""
    found: list[IspuCategory] = []
    for line in entries(path, ("low", "word", "colour", "regulation", "valid_from")):
        low = line.whole("low", 0, 500)
        if (low != 0) if not found else (low <= found[-1].low):
            raise line.wrong("low", "0 first, then rising")
        colour = line.known("colour", COLOURS)
        found.append(IspuCategory(low, line.text("word"), colour, line.text("regulation"), line.day("valid_from")))
    return tuple(found)


def read_rain_classes(path: Path) -> tuple[RainClass, ...]:
    """Classes of both spans, each span's rising."""
    found: list[RainClass] = []
    for line in entries(path, ("span", "low", "word", "colour", "source")):
        word = line.known("span", SPANS)
        span: Span = "hour" if word == "hour" else "day"
        low = line.number("low", 0, 10_000)
        if any(other.span == span and other.low >= low for other in found):
            raise line.wrong("low", "more than the class before")
        found.append(RainClass(span, low, line.text("word"), line.known("colour", COLOURS), line.text("source")))
    _check_both_spans(path, found)
    return tuple(found)


def _check_both_spans(path: Path, found: Sequence[RainClass]) -> None:
    for span in SPANS:
        if not any(row.span == span for row in found):
            raise CityError(f"{shown(path)}: column 'span': found no {span!r}, expected classes of hour and day")

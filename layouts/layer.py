"""What a layer of the map is: a table whose rows also stand on the map, so that both always say the same.

`layouts.panels.atlas` writes the tables; `dashboard/assets/atlas.js` reads them and draws. Nothing is on the map that
is not in a table, and a change of one row is all that travels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from layouts.panel import Context, Question, Rows
from sensors.city import City, Point

Form = Literal["areas", "signs", "dots", "hatch"]
"""How rows are drawn: shaded areas, one sign a row, many dots a row (clustered), or areas hatched over the others."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; `marks` are `data-*` attributes for the script and for tools."""

    words: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dot:
    """One of many small points: where, whether anybody has taken it up, and the page about it."""

    lat: float
    lon: float
    waiting: bool
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its name with a link, its cells, and what stands for it on the map.

    A sign stands `at` a point and says its `label`; `areas` are codes of kecamatan or kelurahan. `rank` is how bad it
    is, 0 to 3. `late_after` and `stale_after` where they differ from the layer's.
    """

    key: str
    name: str
    cells: tuple[Cell, ...]
    href: str = ""
    at: Point | None = None
    label: str = ""
    rank: int = 0
    areas: tuple[str, ...] = ()
    dots: tuple[Dot, ...] = ()
    observed_at: datetime | None = None
    late_after: timedelta | None = None
    stale_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend: the shape as it stands on the map, its rank, and what it means.

    `look` is how it is drawn: as it is, in a ring, in a dashed grey ring, or as a hatched area.
    """

    shape: str
    words: str
    rank: int = 0
    look: Literal["plain", "ring", "dashed", "hatch"] = "plain"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer. `heads` are the columns between name and age; `place` orders the layers, the lowest drawn first.

    `shown` says whether it is on the map before anybody chooses. `ages` where every row has a time of its own.
    """

    key: str
    title: str
    place: int
    form: Form
    name_head: str
    heads: Callable[[City], tuple[str, ...]]
    questions: tuple[Question, ...]
    streams: frozenset[str]
    entries: Callable[[Rows, Context], Sequence[Entry]]
    legend: Callable[[City], Sequence[Sign]]
    late_after: timedelta
    stale_after: timedelta
    shown: bool = True
    ages: bool = True
    nothing: str = "Belum ada data"

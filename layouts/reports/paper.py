"""What a report is made of, before anybody sets it: figures, sentences, tables and charts, each word beside its value.

All of it is plain data: what a page of the PDF shows can be asked for as JSON, and a test compares it with other ways
to the same figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

Value: TypeAlias = float | int | str | None
Side: TypeAlias = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that is asked for by its key: its value, and how it is written with its unit.

    `rank` says how bad it is, 0 to 3; `note` what it is held against.
    """

    key: str
    name: str
    value: Value
    words: str
    note: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: `value` is what its words say, for machines; `rank` from 1 on is shown as shape and colour.

    `share` (0 to 1) draws a bar beside the words; `sub` stands below them, smaller; `colour` names a legal colour that
    stands before them in an outline.
    """

    words: str
    value: Value = None
    rank: int | None = None
    sub: str = ""
    share: float | None = None
    strong: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, to which side its words stand, and its part of the width (0: as wide as its words)."""

    words: str
    side: Side = "left"
    part: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns. `total` is a last row apart; `note` stands below, `empty` instead of no rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    note: str = ""
    empty: str = ""
    total: tuple[Cell, ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its title, the figure beside it, and a sentence that says the same; `plot` is `plots.plotted`."""

    title: str
    said: str
    alt: str
    plot: Mapping[str, Any]
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Pictures:
    """Charts of one kind side by side, `across` in a line, each `height` millimetres high."""

    pictures: tuple[Picture, ...]
    across: int = 2
    height: float = 30
    title: str = ""
    note: str = ""
    kind: Literal["pictures"] = "pictures"


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of a strip: letters, the name of their legal colour (empty: none), and the value they stand for."""

    words: str
    colour: str
    value: Value


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of marks under a name."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Strips:
    """Rows of marks, one a day, under the days' `heads`."""

    heads: tuple[str, ...]
    strips: tuple[Strip, ...]
    title: str = ""
    note: str = ""
    kind: Literal["strips"] = "strips"


@dataclass(frozen=True, slots=True)
class Label:
    """A name on a map and the figure under it, in percent from the upper left corner."""

    x: float
    y: float
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign on a map: its place in percent from the upper left corner, and how bad it is there."""

    x: float
    y: float
    rank: int


@dataclass(frozen=True, slots=True)
class CityMap:
    """The city's areas as SVG, `high` times as high as wide, with labels and signs on it, and a table beside it."""

    svg: str
    high: float
    labels: tuple[Label, ...]
    signs: tuple[Sign, ...]
    alt: str
    title: str
    note: str
    beside: Table
    kind: Literal["map"] = "map"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `mark` (such as `contoh`) stands before it."""

    words: str
    mark: str = ""
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Code:
    """What is to be typed as it stands: an address, a statement; `title` says what it gives."""

    title: str
    words: str
    kind: Literal["code"] = "code"


Block: TypeAlias = Table | Pictures | Strips | CityMap | Words | Code


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from and by which rule they are judged; `sample`: no source confirms the rule."""

    what: str
    origin: str
    rule: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: `said` are sentences drawn from its data, of which the first may stand on the first page.

    `newest` is the newest time at the source among all that it rests on. `fresh`: it begins a page.
    """

    key: str
    title: str
    said: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    newest: datetime | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is told first of one subject."""

    head: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report. `kicker` says what kind it is, `about` whose; `day` are the sentences that tell it all."""

    name: str
    kicker: str
    title: str
    about: str
    city: str
    period: str
    until: str
    data: str
    simulated: bool
    ended: datetime
    day: tuple[Sentence, ...]
    leading: tuple[Figure, ...]
    sections: tuple[Section, ...]
    marks: tuple[str, ...] = field(default=())

    @property
    def figures(self) -> Mapping[str, Value]:
        """Every figure of the report by its key."""
        return {figure.key: figure.value for section in self.sections for figure in section.figures}


def sources_of(sections: tuple[Section, ...]) -> Section:
    """The table of sources: each once, in the order in which the report needs them."""
    found = dict.fromkeys(source for section in sections for source in section.sources)
    rows = tuple(
        (
            Cell(each.what),
            Cell(each.origin),
            Cell(each.rule or "–", sub="contoh: belum dikonfirmasi" if each.sample else ""),
        )
        for each in found
    )
    columns = (Column("Apa", part=1.1), Column("Dari", part=1.5), Column("Aturan dan sumbernya", part=2.4))
    note = "Baris bertanda contoh memakai ambang, tenggat atau lisensi yang belum dikonfirmasi sumber resmi."
    return Section("sources", "Sumber", blocks=(Table(columns, rows, note=note),))

"""What an export is asked for, as the web process tells it to the one that does it, and what that one says back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

import msgspec

from data.analysis.asked import Asked, Step
from data.analysis.streams import BUCKETS, STREAMS, Field

Form = Literal["csv", "xlsx", "parquet", "geojson"]
FORMS: tuple[Form, ...] = get_args(Form)


class Order(msgspec.Struct, frozen=True):
    """One export. `url` holds a password: orders go through a pipe, never on a command line.

    `bom` puts the mark before a CSV by which Excel knows UTF-8. `sheet` is what a workbook says of itself. No workbook
    has more than `most_rows`.
    """

    url: str
    form: Form
    stream: str
    since: datetime
    until: datetime
    zone: str
    filters: Mapping[str, list[str]]
    step: Step | None = None
    bom: bool = False
    most_rows: int = 1_000_000
    sheet: Mapping[str, str] = {}

    @property
    def asked(self) -> Asked:
        """The question whose answer is exported."""
        filters = tuple((name, tuple(words)) for name, words in self.filters.items())
        return Asked(STREAMS[self.stream], self.since, self.until, self.zone, filters, self.step)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns of the file."""
        return BUCKETS if self.step else STREAMS[self.stream].fields


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far an export is: rows so far, and which share (0..1) of its time they cover.

    The last one has the `sha256` of the whole file, or says what went `wrong`; `refused` is what asks for too much.
    """

    rows: int
    share: float
    bytes: int = 0
    sha256: str = ""
    wrong: str = ""
    refused: bool = False

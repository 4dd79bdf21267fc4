"""What a panel is: the questions it asks, the streams that concern it, and how its rows become a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from layouts.html import Element
from sensors.city import City

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""The answers, by the name of the question."""


@dataclass(frozen=True, slots=True)
class Question:
    """One file of data/queries, and the least number of seconds between two askings of it."""

    name: str
    every: float = 0.0


@dataclass(frozen=True, slots=True)
class Context:
    """What a render may know beside its rows. No ages: the browser counts those."""

    city: City
    now: datetime
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. `render` is pure; the hub redraws it at most every `every` seconds.

    `options` are the choices of an address (`layouts.options`) that its questions or its picture depend on: pages
    that differ only in others share its picture. `look` names the sheet it shares with its kin. `scripts` are the
    files (`dashboard.assets`) that a page loads, in this order, when it shows the panel, and not before.
    """

    key: str
    title: str
    streams: frozenset[str]
    questions: tuple[Question, ...]
    render: Callable[[Rows, Context], Element]
    late_after: timedelta
    stale_after: timedelta
    every: float = 0.05
    options: tuple[str, ...] = ()
    look: str = ""
    scripts: tuple[str, ...] = ()

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
    """One file of data/queries, and the least number of seconds between two askings of it.

    After `anyway` seconds it is asked although nothing was committed: its window of time has moved.
    """

    name: str
    every: float = 0.0
    anyway: float = 60.0


@dataclass(frozen=True, slots=True)
class Context:
    """What a render may know beside its rows. No ages: the browser counts those."""

    city: City
    now: datetime
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fit:
    """The room a panel needs on a wall, in rem, and what it leaves out where there is less.

    `width` is the least for its full form; below it its sheet gives a narrow one (`@container area (width < …)`).
    `height` is the least at which it is worth a place on a page beside others, `tall` the same in its narrow form.
    `broad` is a second form, as (width, height), for a page too low for the first. What is said in a line or two does
    not grow (`grows`) where a page has room to give away.
    Where what it says is still too high, first the parts that `spare` selects are left out, in that order, then of the
    `rows` the last ones, which are counted: "+12 lainnya". Without any row the panel still says enough while one of
    `says` is seen: a figure, a verdict, a picture. What `yields` goes by itself wherever its line is too narrow for the
    whole of it. Selectors hold inside the panel's body.
    """

    width: float = 30.0
    height: float = 14.0
    tall: float | None = None
    broad: tuple[float, float] | None = None
    grows: bool = True
    spare: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    says: tuple[str, ...] = (".figure", ".key", ".badge", ".calm", "img", "canvas")


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. `render` is pure; the hub redraws it at most every `every` seconds.

    `options` are the choices of an address (`layouts.options`) that its questions or its picture depend on: pages
    that differ only in others share its picture. `look` names the sheet it shares with its kin. `scripts` are the
    files (`dashboard.assets`) that a page loads, in this order, when it shows the panel, and not before. While a panel
    that `warns` shows something of rank 3, a wall neither dims nor reloads. What is `desk_only` stands on no wall.
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
    fit: Fit = Fit()
    warns: bool = False
    desk_only: bool = False

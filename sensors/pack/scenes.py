"""What hangs on the wall: the scenes in the order in which it turns, each with its grid; night, curves and take-overs.

Which panels there are is known where they are drawn (`layouts.scene`), so a panel's name is checked there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sensors.pack.entry import CityError, Entry, once
from sensors.pack.files import shown, table, tables

SCENES, NIGHT, CURVES, TAKEOVER, REPLAY = "scenes", "night", "curves", "takeover", "replay"
KEYS = ("key", "title", "dwell", "columns", "rows", "areas", "unseen")
NIGHT_KEYS = ("dims_from", "dims_until", "reloads_at")
CURVES_KEYS = ("rivers", "air", "works")
TAKEOVER_KEYS = ("seconds", "most_per_minute")
REPLAY_KEYS = ("wall_returns_after", "desk_returns_after")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
TRACK = re.compile(r"\d+(\.\d+)?(rem|fr)")
PANEL = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_DWELL = 3600
LEAST_SECONDS, LONGEST_SECONDS, MOST_TAKEOVERS = 5, 60, 4
MOST_MINUTES = 24 * 60
LEAST_HOURS, MOST_HOURS = 2, 24 * 7  # a pace needs more than an hour; quarters of a week are as fine as a wall shows


@dataclass(frozen=True, slots=True)
class SceneEntry:
    """One wall page. `columns` and `rows` are tracks like `31.5rem` or `1fr`; `areas` names a panel in every cell.

    It stays `dwell` seconds on a wall that turns. `unseen` panels are only read aloud.
    `where` names file and entry, for errors found later.
    """

    where: str
    key: str
    title: str
    dwell: int
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    areas: tuple[tuple[str, ...], ...]
    unseen: tuple[str, ...]

    @property
    def panels(self) -> tuple[str, ...]:
        """The keys of the panels in reading order, each once, those that are only read aloud last."""
        return tuple(dict.fromkeys([*(name for row in self.areas for name in row), *self.unseen]))


@dataclass(frozen=True, slots=True)
class Night:
    """Times of day in the city's zone, like `22:00`: walls are dimmed between two, and load anew once at the third."""

    dims_from: str
    dims_until: str
    reloads_at: str


@dataclass(frozen=True, slots=True)
class Curves:
    """Hours that the curve beside a figure looks back, on every page: levels of rivers, fine dust, what keeps going."""

    rivers: int
    air: int
    works: int


@dataclass(frozen=True, slots=True)
class Takeover:
    """For how many seconds an alarm that nobody has acknowledged takes a wall over, and how often in a minute."""

    seconds: int
    most_per_minute: int


@dataclass(frozen=True, slots=True)
class Replay:
    """After how many minutes in which nobody touches it a page that shows the past is live again."""

    wall_returns_after: int
    desk_returns_after: int


def read_scenes(path: Path) -> Mapping[str, SceneEntry]:
    """Scenes by key, in the file's order; at least one."""
    here, found = shown(path), tables(path)
    listed = found.get(SCENES)
    if set(found) != {SCENES, NIGHT, CURVES, TAKEOVER, REPLAY} or not isinstance(listed, list) or not listed:
        raise CityError(
            f"{here}: found {', '.join(found) or 'nothing'}, "
            f"expected [{NIGHT}], [{CURVES}], [{TAKEOVER}], [{REPLAY}] and one or more [[{SCENES}]]"
        )
    scenes: dict[str, SceneEntry] = {}
    for number, each in enumerate(listed, start=1):
        entry = table(f"{here}: [[{SCENES}]] {number}", each, KEYS)
        once(entry, "key", scenes)
        scenes[entry.key("key")] = _scene(entry)
    return MappingProxyType(scenes)


def read_night(path: Path) -> Night:
    """When the walls are dimmed and when they begin afresh."""
    entry = table(f"{shown(path)}: [{NIGHT}]", tables(path).get(NIGHT), NIGHT_KEYS)
    return Night(*(entry.matching(name, CLOCK, "a time of day like 22:00") for name in NIGHT_KEYS))


def read_curves(path: Path) -> Curves:
    """How far the small curves look back."""
    entry = table(f"{shown(path)}: [{CURVES}]", tables(path).get(CURVES), CURVES_KEYS)
    return Curves(*(entry.whole(name, LEAST_HOURS, MOST_HOURS) for name in CURVES_KEYS))


def read_takeover(path: Path) -> Takeover:
    """For how long and how often alarms take a wall over."""
    entry = table(f"{shown(path)}: [{TAKEOVER}]", tables(path).get(TAKEOVER), TAKEOVER_KEYS)
    return Takeover(
        entry.whole("seconds", LEAST_SECONDS, LONGEST_SECONDS), entry.whole("most_per_minute", 1, MOST_TAKEOVERS)
    )


def read_replay(path: Path) -> Replay:
    """How long a page stays in the past by itself."""
    entry = table(f"{shown(path)}: [{REPLAY}]", tables(path).get(REPLAY), REPLAY_KEYS)
    return Replay(*(entry.whole(name, 1, MOST_MINUTES) for name in REPLAY_KEYS))


def _scene(entry: Entry) -> SceneEntry:
    columns, rows = _tracks(entry, "columns"), _tracks(entry, "rows")
    areas = tuple(tuple(line.split()) for line in entry.text("areas").splitlines())
    if len(areas) != len(rows) or any(len(line) != len(columns) for line in areas):
        raise entry.wrong("areas", f"{len(rows)} lines of {len(columns)} panels, as rows and columns say")
    _check_rectangles(entry, areas)
    unseen = tuple(entry.cells["unseen"].split())
    if not all(PANEL.fullmatch(name) for name in unseen):
        raise entry.wrong("unseen", "names of panels, or nothing")
    return SceneEntry(
        where=entry.where,
        key=entry.key("key"),
        title=entry.text("title"),
        dwell=entry.whole("dwell", 1, LONGEST_DWELL),
        columns=columns,
        rows=rows,
        areas=areas,
        unseen=unseen,
    )


def _tracks(entry: Entry, name: str) -> tuple[str, ...]:
    tracks = tuple(entry.text(name).split())
    if not all(TRACK.fullmatch(track) for track in tracks):
        raise entry.wrong(name, "sizes like 31.5rem or 1fr")
    return tracks


def _check_rectangles(entry: Entry, areas: Sequence[Sequence[str]]) -> None:
    """A panel is one rectangle: a page with two pieces of one would have to draw it twice."""
    cells: dict[str, list[tuple[int, int]]] = {}
    for down, line in enumerate(areas):
        for across, name in enumerate(line):
            if not PANEL.fullmatch(name):
                raise entry.wrong("areas", f"names of panels; {name!r} is none")
            cells.setdefault(name, []).append((down, across))
    for name, taken in cells.items():
        downs, acrosses = {down for down, _ in taken}, {across for _, across in taken}
        if len(taken) != (max(downs) - min(downs) + 1) * (max(acrosses) - min(acrosses) + 1):
            raise entry.wrong("areas", f"each panel as one rectangle; {name!r} is none")

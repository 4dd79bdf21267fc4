"""Who acts: agencies (OPD) and the services whose cases have a life cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sensors.pack.entry import CityError, Entry, once
from sensors.pack.files import entries, shown, table, tables
from sensors.pack.stages import KEYS as STAGE_KEYS
from sensors.pack.stages import Stage, read_stages

ROUNDING = 0.001  # shares are written with two decimals
BUSIEST = 10_000  # cases a day; more is a slip
Role = Literal["waiting", "working", "done", "dismissed"]
ROLES: tuple[Role, ...] = get_args(Role)
OPEN_ROLES = frozenset({"waiting", "working"})
STATUS_KEYS = ("key", "name", "role", "open", "next")
CATEGORY_KEYS = ("key", "name", "agency", "type", "counts", "share")


@dataclass(frozen=True, slots=True)
class Agency:
    """An OPD. `sample` = from memory, not confirmed by the city."""

    key: str
    name: str
    short: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A state of a case; `open` while somebody still has to act. `next` are the states that may follow.

    `role` says what the state means, whatever the service calls it: nobody has taken it up, somebody works on it, it
    was done, or it was closed without being done.
    """

    key: str
    name: str
    open: bool
    role: Role
    next: frozenset[str]


@dataclass(frozen=True, slots=True)
class Category:
    """What a case is about and whose it usually is. `share` is the virtual city's weight.

    `type` is what the stages distinguish. Where not `counts`, the message is a class of call (prank, silent) and never
    an incident.
    """

    key: str
    name: str
    agency: str
    share: float
    type: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way a case may end, or be passed on, beside its status."""

    key: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Service:
    """An office whose cases have a life cycle. `sample`: its statuses are not published, only likely.

    `daily` is how many cases the virtual city opens on a day.
    """

    key: str
    name: str
    statuses: Mapping[str, Status]
    categories: Mapping[str, Category]
    stages: tuple[Stage, ...]
    outcomes: Mapping[str, Outcome]
    daily: float
    source: str
    sample: bool

    def allows(self, before: str | None, after: str) -> bool:
        """Whether a case may step from one status to another; `before` is None when it is opened."""
        if before is None:
            return self.statuses[after].role == "waiting"
        return after == before or after in self.statuses[before].next


def read_agencies(path: Path) -> dict[str, Agency]:
    """Agencies by key."""
    agencies: dict[str, Agency] = {}
    for line in entries(path, ("key", "name", "short", "sample")):
        once(line, "key", agencies)
        key = line.key("key")
        agencies[key] = Agency(key, line.text("name"), line.text("short"), line.truth("sample"))
    return agencies


def read_services(folder: Path, order: Sequence[str], agencies: Mapping[str, Agency]) -> dict[str, Service]:
    """The services named in `order`, by key: one TOML file of `folder` each, and no other."""
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in order:
            raise CityError(f"{shown(path)}: found a service not named in city.toml, expected {', '.join(order)}")
    return {key: _service(folder / f"{key}.toml", agencies) for key in order}


def _service(path: Path, agencies: Mapping[str, Agency]) -> Service:
    found = tables(path)
    lists = {word: found.pop(word, None) for word in ("statuses", "categories", "stages", "outcomes")}
    head = table(shown(path), found, ("key", "name", "daily", "source", "sample"))
    if head.key("key") != path.stem:
        raise head.wrong("key", f"{path.stem!r}, like the file")
    statuses = _statuses(path, lists["statuses"])
    categories = _categories(path, lists["categories"], agencies)
    stages = _optional(path, "stages", lists["stages"], STAGE_KEYS)
    return Service(
        key=path.stem,
        name=head.text("name"),
        statuses=statuses,
        categories=categories,
        stages=read_stages(stages, statuses, {category.type for category in categories.values()}),
        outcomes=_outcomes(path, lists["outcomes"]),
        daily=head.number("daily", 0, BUSIEST),
        source=head.text("source"),
        sample=head.truth("sample"),
    )


def _statuses(path: Path, found: object) -> dict[str, Status]:
    lines = _list(path, "statuses", found, STATUS_KEYS)
    keys = [line.cells["key"] for line in lines]
    statuses: dict[str, Status] = {}
    for line in lines:
        once(line, "key", statuses)
        status = _status(line, keys)
        if not statuses and status.role != "waiting":
            raise line.wrong("role", "waiting: the first status is the one a case is opened with")
        statuses[status.key] = status
    for role in ("waiting", "done"):
        if all(status.role != role for status in statuses.values()):
            raise CityError(f"{shown(path)}: statuses: found none of role {role!r}, expected at least one")
    _check_reached(path, statuses)
    return statuses


def _status(line: Entry, keys: Sequence[str]) -> Status:
    word, is_open = line.known("role", ROLES), line.truth("open")
    role = next(each for each in ROLES if each == word)
    if is_open != (role in OPEN_ROLES):
        raise line.wrong("open", f"{str(role in OPEN_ROLES).lower()}, as its role is {role}")
    following = frozenset(line.known_all("next", keys) if line.cells["next"] else ())
    if is_open and not following:
        raise line.wrong("next", "at least one status that may follow an open one")
    return Status(line.key("key"), line.text("name"), is_open, role, following)


def _check_reached(path: Path, statuses: Mapping[str, Status]) -> None:
    reached = {key for status in statuses.values() for key in status.next}
    for key, status in statuses.items():
        if status.role != "waiting" and key not in reached:
            raise CityError(f"{shown(path)}: statuses: found no step to {key!r}, expected it in a 'next'")


def _categories(path: Path, found: object, agencies: Mapping[str, Agency]) -> dict[str, Category]:
    categories: dict[str, Category] = {}
    for line in _list(path, "categories", found, CATEGORY_KEYS):
        once(line, "key", categories)
        agency, share = line.known("agency", agencies), line.number("share", 0, 1)
        key, kind = line.key("key"), line.key("type")
        categories[key] = Category(key, line.text("name"), agency, share, kind, line.truth("counts"))
    if abs((total := sum(category.share for category in categories.values())) - 1) > ROUNDING:
        raise CityError(f"{shown(path)}: categories: found shares that add up to {total:g}, expected 1")
    return categories


def _outcomes(path: Path, found: object) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for line in _optional(path, "outcomes", found, ("key", "name", "source")):
        once(line, "key", outcomes)
        outcomes[line.cells["key"]] = Outcome(line.key("key"), line.text("name"), line.text("source"))
    return outcomes


def _optional(path: Path, word: str, found: object, keys: tuple[str, ...]) -> list[Entry]:
    return [] if found is None else _list(path, word, found, keys)


def _list(path: Path, word: str, found: object, keys: tuple[str, ...]) -> list[Entry]:
    if not isinstance(found, list) or not found:
        raise CityError(f"{shown(path)}: found no [[{word}]], expected at least one")
    return [table(f"{shown(path)}: {word} {number}", item, keys) for number, item in enumerate(found, start=1)]

"""Who acts: agencies (OPD) and the services whose cases have a life cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sensors.pack.entry import CityError, Entry, once
from sensors.pack.files import entries, shown, table, tables

ROUNDING = 0.001  # shares are written with two decimals


@dataclass(frozen=True, slots=True)
class Agency:
    """An OPD. `sample` = from memory, not confirmed by the city."""

    key: str
    name: str
    short: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A state of a case; `open` while somebody still has to act."""

    key: str
    name: str
    open: bool


@dataclass(frozen=True, slots=True)
class Category:
    """What a case is about and whose it usually is. `share` is the virtual city's weight."""

    key: str
    name: str
    agency: str
    share: float


@dataclass(frozen=True, slots=True)
class Service:
    """An office whose cases have a life cycle."""

    key: str
    name: str
    statuses: Mapping[str, Status]
    categories: Mapping[str, Category]


def read_agencies(path: Path) -> dict[str, Agency]:
    """Agencies by key."""
    agencies: dict[str, Agency] = {}
    for line in entries(path, ("key", "name", "short", "sample")):
        once(line, "key", agencies)
        key = line.key("key")
        agencies[key] = Agency(key, line.text("name"), line.text("short"), line.truth("sample"))
    return agencies


def read_services(folder: Path, agencies: Mapping[str, Agency]) -> dict[str, Service]:
    """One service per TOML file of `folder`, by key (the file's name)."""
    services = {path.stem: _service(path, agencies) for path in sorted(folder.glob("*.toml"))}
    if not services:
        raise CityError(f"{shown(folder)}: found no service, expected at least one TOML file")
    return services


def _service(path: Path, agencies: Mapping[str, Agency]) -> Service:
    found = tables(path)
    lists = {word: found.pop(word, None) for word in ("statuses", "categories")}
    head = table(shown(path), found, ("key", "name"))
    if head.key("key") != path.stem:
        raise head.wrong("key", f"{path.stem!r}, like the file")
    statuses: dict[str, Status] = {}
    for entry in _list(path, "statuses", lists["statuses"], ("key", "name", "open")):
        once(entry, "key", statuses)
        statuses[entry.cells["key"]] = Status(entry.key("key"), entry.text("name"), entry.truth("open"))
    if {status.open for status in statuses.values()} != {True, False}:
        raise CityError(f"{shown(path)}: statuses: found only one kind, expected open ones and closed ones")
    categories: dict[str, Category] = {}
    for entry in _list(path, "categories", lists["categories"], ("key", "name", "agency", "share")):
        once(entry, "key", categories)
        agency, share = entry.known("agency", agencies), entry.number("share", 0, 1)
        categories[entry.cells["key"]] = Category(entry.key("key"), entry.text("name"), agency, share)
    if abs((total := sum(category.share for category in categories.values())) - 1) > ROUNDING:
        raise CityError(f"{shown(path)}: categories: found shares that add up to {total:g}, expected 1")
    return Service(path.stem, head.text("name"), statuses, categories)


def _list(path: Path, word: str, found: object, keys: tuple[str, ...]) -> list[Entry]:
    if not isinstance(found, list) or not found:
        raise CityError(f"{shown(path)}: found no [[{word}]], expected at least one")
    return [table(f"{shown(path)}: {word} {number}", item, keys) for number, item in enumerate(found, start=1)]

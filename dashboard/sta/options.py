"""The query options of SensorThings, at the top of a request and within `$expand`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from dashboard.sta.entities import ENTITIES, TIME, Entity
from dashboard.sta.errors import QueryError
from dashboard.sta.filters import FILTER, read_filter
from dashboard.sta.records import told_at
from data.selecting import Compare, Every, Term

TOP, SKIP, COUNT, ORDER, SELECT, EXPAND = "$top", "$skip", "$count", "$orderby", "$select", "$expand"
TOKEN = "$skiptoken"  # noqa: S105 - the name of an option
"""Our own, in links to a next page: until which time the page before went, and how many of that time it had."""
OPTIONS = (TOP, SKIP, COUNT, ORDER, SELECT, EXPAND, FILTER, TOKEN)
MOST, USUAL, USUAL_INSIDE = 1000, 100, 20
FARTHEST = 100_000
"""`$skip`; whoever wants what lies beyond it asks for a narrower span of time."""
DEEPEST, MOST_EXPANDED = 2, 8
LONGEST = 2000
_TOKEN = re.compile(r"(2[01]\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{6})?Z)~(\d{1,6})")


class Token(NamedTuple):
    """Where a page goes on: from this time, without so many of that time."""

    at: datetime
    seen: int


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of an entity set; `told` are the options as they were said."""

    top: int = USUAL
    skip: int = 0
    counted: bool = False
    order: tuple[tuple[str, bool], ...] = ()
    select: frozenset[str] = frozenset()
    where: Term | None = None
    expand: Mapping[str, Options] = field(default_factory=dict)
    token: Token | None = None
    told: Mapping[str, str] = field(default_factory=dict)


def read_options(told: Mapping[str, str], entity: Entity, *, depth: int = 0) -> Options:
    """Return the options for an entity set. Raises `QueryError`."""
    for name, value in told.items():
        if name not in OPTIONS:
            raise QueryError(name, value, f"one of the options {', '.join(OPTIONS)}")
        if len(value) > LONGEST:
            raise QueryError(name, value, f"at most {LONGEST} characters")
    order = _order(told.get(ORDER, ""), entity)
    where = read_filter(told[FILTER], entity.columns) if told.get(FILTER, "").strip() else None
    token = _token(told[TOKEN], order) if TOKEN in told else None
    if token is not None:
        rest = Compare(TIME, "time", "<=" if order[0][1] else ">=", token.at)
        where = rest if where is None else Every((where, rest))
    return Options(
        top=_whole(told, TOP, USUAL_INSIDE if depth else USUAL, MOST),
        skip=token.seen if token else _whole(told, SKIP, 0, FARTHEST),
        counted=_truth(told),
        order=order,
        select=_selected(told.get(SELECT, ""), entity),
        where=where,
        expand=_expanded(told.get(EXPAND, ""), entity, depth),
        token=token,
        told=told,
    )


def write_token(token: Token) -> str:
    """Return a token as it stands in a link."""
    return f"{told_at(token.at)}~{token.seen}"


def _token(text: str, order: Sequence[tuple[str, bool]]) -> Token:
    found = _TOKEN.fullmatch(text)
    if found is None or order[0][0] != TIME:
        raise QueryError(TOKEN, text, "one that a link to a next page has")
    try:
        return Token(datetime.fromisoformat(found[1]), int(found[2]))
    except ValueError:  # such as February 30
        raise QueryError(TOKEN, text, "one that a link to a next page has") from None


def _whole(told: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = told.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)) or int(text) > most:
        raise QueryError(name, text, f"a whole number from 0 to {most}")
    return int(text)


def _truth(told: Mapping[str, str]) -> bool:
    text = told.get(COUNT, "false").strip().lower()
    if text not in ("true", "false"):
        raise QueryError(COUNT, text, "true or false")
    return text == "true"


def _order(text: str, entity: Entity) -> tuple[tuple[str, bool], ...]:
    """The columns to sort by, ended by the usual ones, so that no two rows are equal."""
    found: dict[str, bool] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, way = part.replace("@iot.id", "id").partition(" ")
        if name not in entity.columns:
            raise QueryError(ORDER, name, f"one of {', '.join(entity.columns)}")
        if way.strip().lower() not in ("", "asc", "desc"):
            raise QueryError(ORDER, part, "asc or desc after a name")
        found.setdefault(entity.columns[name].name, way.strip().lower() == "desc")
    return (*found.items(), *((column, falls) for column, falls in entity.usual if column not in found))


def _selected(text: str, entity: Entity) -> frozenset[str]:
    names = [part.strip() for part in text.split(",") if part.strip()]
    for name in names:
        if name.startswith("$") or not name.replace("@iot.", "").replace("/", "").isalnum():
            raise QueryError(SELECT, name, f"names of properties of {entity.name}")
    return frozenset({"@iot.id" if name == "id" else name for name in names})


def _expanded(text: str, entity: Entity, depth: int) -> Mapping[str, Options]:
    """What to give along: `Datastreams`, `Datastreams/Thing` or `Datastreams($top=1;$expand=…)`, commas between."""
    if text.strip() and depth >= DEEPEST:
        raise QueryError(EXPAND, text, f"at most {DEEPEST} levels")
    told: dict[str, dict[str, str]] = {}
    for part in _split(text, ","):
        name, inside = _named(part)
        name, _, deeper = name.partition("/")
        if name not in entity.links:
            raise QueryError(EXPAND, name, f"some of {', '.join(entity.links)}")
        options = told.setdefault(name, {})
        options |= inside
        if deeper:
            options[EXPAND] = ",".join(filter(None, (options.get(EXPAND), deeper)))
    if len(told) > MOST_EXPANDED:
        raise QueryError(EXPAND, text, f"at most {MOST_EXPANDED} of them")
    return {
        name: read_options(options, ENTITIES[entity.links[name].target], depth=depth + 1)
        for name, options in told.items()
    }


def _named(part: str) -> tuple[str, dict[str, str]]:
    """A name, and the options in brackets behind it."""
    name, bracket, inside = part.partition("(")
    if not bracket:
        return name.strip(), {}
    if not inside.endswith(")"):
        raise QueryError(EXPAND, part, "a closing bracket at its end")
    pairs = (each.partition("=") for each in _split(inside[:-1], ";"))
    return name.strip(), {key.strip(): value.strip() for key, _, value in pairs}


def _split(text: str, mark: str) -> Iterable[str]:
    """The parts between marks that stand in no bracket and no quotes. Raises `QueryError` where a bracket is left."""
    parts, depth, quoted = [""], 0, False
    for sign in text:
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if depth < 0:
            break
        if sign == mark and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    if depth or quoted:
        raise QueryError(EXPAND, text, "brackets and quotes that are closed")
    return [part.strip() for part in parts if part.strip()]

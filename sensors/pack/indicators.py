"""How the city scores itself: goals, pillars and dated indicators; `sensors.judge.score` applies them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from sensors.kinds import KINDS
from sensors.pack.entry import CityError, Entry, once
from sensors.pack.files import shown, table, tables
from sensors.pack.offices import Service

Better = Literal["more", "less", "within"]
BETTERS: tuple[Better, ...] = get_args(Better)
Subject = Literal["kind", "two kinds", "service", "nothing"]
PERCENT, MINUTES, CASES_A_DAY = "%", "menit", "kasus/hari"
MOST = 1_000_000_000.0
HIGHEST_CAP, HEAVIEST = 10.0, 100.0
HEAD_KEYS = ("name", "formula", "cap", "near", "least_coverage", "valid_from", "source", "sample")
GROUP_KEYS = ("key", "name", "word")
INDICATOR_KEYS = (
    "key", "name", "goal", "pillar", "measure", "of", "better", "target", "tolerance", "unit", "decimals", "weight",
    "hours", "valid_from", "basis", "source", "sample",
)  # fmt: skip
MEASURES: Mapping[str, Subject] = MappingProxyType(
    {
        "reading-mean": "kind",
        "reading-total": "kind",
        "reading-per-day": "kind",
        "reading-share": "two kinds",
        "lamp-share": "two kinds",
        "air-share": "nothing",
        "river-share": "nothing",
        "cases-done": "service",
        "cases-per-day": "service",
        "cases-on-time": "service",
        "calls-apart": "service",
        "response-minutes": "service",
        "price-within-reference": "nothing",
    }
)
"""What can be measured, and what `of` then names. `layouts.findings.measured` says how each is computed."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """How scores are read: one counts at most `cap`; from `near` (and below 1) it is close to its target.

    Under `least_coverage` (0..1) a score is not judged. `formula` is what the wall says about it.
    """

    name: str
    formula: str
    cap: float
    near: float
    least_coverage: float
    valid_from: date
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """A goal or a pillar; `word` is its name in the city's own programme."""

    key: str
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure against its target, both in `unit`. `of` names what `measure` measures: kinds, a service or nothing.

    `better`: more, less, or within `tolerance` of the target. `hours` of a day are heard when nothing is missing (a
    bus does not run at night). `basis` says in a word or two what the target is, `source` where that is found.
    `sample`: that this figure is the target is this project's own choice, shown as "contoh".
    """

    key: str
    name: str
    goal: str
    pillar: str
    measure: str
    of: tuple[str, ...]
    better: Better
    target: float
    tolerance: float
    unit: str
    decimals: int
    weight: float
    hours: int
    valid_from: date
    basis: str
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Goals and pillars by key in the pack's order; the rows of one indicator are versions, each from a later day."""

    scoring: Scoring
    goals: Mapping[str, ScoreGroup]
    pillars: Mapping[str, ScoreGroup]
    indicators: tuple[Indicator, ...]

    def on(self, day: date) -> tuple[Indicator, ...]:
        """The indicators that hold on a local day, in the order of their first rows."""
        found: dict[str, Indicator] = {}
        for each in self.indicators:
            if each.valid_from <= day:
                found[each.key] = each
        return tuple(found.values())


def read_scorecard(path: Path, sensed: Collection[str], services: Mapping[str, Service]) -> Scorecard:
    """Read indicators.toml; `sensed` are the kinds that a device of the pack has."""
    found = tables(path)
    lists = {word: found.pop(word, None) for word in ("goals", "pillars", "indicators")}
    head = table(shown(path), found, HEAD_KEYS)
    goals, pillars = (_groups(path, word, lists[word]) for word in ("goals", "pillars"))
    indicators: list[Indicator] = []
    for line in _lines(path, "indicators", lists["indicators"], INDICATOR_KEYS):
        one = _indicator(line, goals, pillars, sensed, services)
        if any(other.key == one.key and other.valid_from >= one.valid_from for other in indicators):
            raise line.wrong("valid_from", f"a later day than the row of {one.key!r} before")
        indicators.append(one)
    for word, groups in (("goal", goals), ("pillar", pillars)):
        _check_used(path, word, groups, {getattr(each, word) for each in indicators})
    return Scorecard(_scoring(head), goals, pillars, tuple(indicators))


def _scoring(head: Entry) -> Scoring:
    return Scoring(
        name=head.text("name"),
        formula=head.text("formula"),
        cap=head.number("cap", 1, HIGHEST_CAP),
        near=head.number("near", 0, 1),
        least_coverage=head.number("least_coverage", 0, 1),
        valid_from=head.day("valid_from"),
        source=head.text("source"),
        sample=head.truth("sample"),
    )


def _groups(path: Path, word: str, found: object) -> dict[str, ScoreGroup]:
    groups: dict[str, ScoreGroup] = {}
    for line in _lines(path, word, found, GROUP_KEYS):
        once(line, "key", groups)
        groups[line.cells["key"]] = ScoreGroup(line.key("key"), line.text("name"), line.text("word"))
    return groups


def _indicator(
    line: Entry,
    goals: Collection[str],
    pillars: Collection[str],
    sensed: Collection[str],
    services: Mapping[str, Service],
) -> Indicator:
    measure, better = line.known("measure", MEASURES), line.known("better", BETTERS)
    of = _subject(line, measure, sensed, services)
    return Indicator(
        key=line.key("key"),
        name=line.text("name"),
        goal=line.known("goal", goals),
        pillar=line.known("pillar", pillars),
        measure=measure,
        of=of,
        better=next(each for each in BETTERS if each == better),
        target=_target(line, better),
        tolerance=_tolerance(line, better),
        unit=line.known("unit", [unit_of(measure, of)]),
        decimals=line.whole("decimals", 0, 3),
        weight=_positive(line, "weight", HEAVIEST),
        hours=line.whole("hours", 1, 24),
        valid_from=line.day("valid_from"),
        basis=line.text("basis"),
        source=line.text("source"),
        sample=line.truth("sample"),
    )


def unit_of(measure: str, of: tuple[str, ...]) -> str:
    """The unit in which a measure of these kinds or this service comes."""
    if measure in {"reading-mean", "reading-total"}:
        return KINDS[of[0]].unit
    if measure == "reading-per-day":
        return f"{KINDS[of[0]].unit}/hari"
    if measure == "cases-per-day":
        return CASES_A_DAY
    return MINUTES if measure == "response-minutes" else PERCENT


def _subject(line: Entry, measure: str, sensed: Collection[str], services: Mapping[str, Service]) -> tuple[str, ...]:
    subject = MEASURES[measure]
    if subject == "nothing":
        if line.cells["of"]:
            raise line.wrong("of", f"nothing, as {measure} is of the whole city")
        return ()
    if subject == "service":
        return (_service(line, measure, services),)
    of = line.known_all("of", sorted(sensed))
    wanted = 1 if subject == "kind" else 2
    if len(of) != wanted:
        raise line.wrong("of", f"{wanted} of the kinds that devices of the pack have")
    return of


def _service(line: Entry, measure: str, services: Mapping[str, Service]) -> str:
    key = line.known("of", services)
    units = {stage.unit for stage in services[key].stages}
    if measure == "response-minutes" and "minutes" not in units:
        raise line.wrong("of", "a service with a stage in minutes")
    if measure == "cases-on-time" and not units & {"days", "working-days"}:
        raise line.wrong("of", "a service with a stage in days")
    return key


def _target(line: Entry, better: str) -> float:
    return _positive(line, "target", MOST) if better == "more" else line.number("target", -MOST, MOST)


def _tolerance(line: Entry, better: str) -> float:
    if better == "within":
        return _positive(line, "tolerance", MOST)
    if line.number("tolerance", 0, MOST):
        raise line.wrong("tolerance", f"0, as {better} is better")
    return 0.0


def _positive(line: Entry, name: str, high: float) -> float:
    value = line.number(name, 0, high)
    if not value:
        raise line.wrong(name, "more than 0")
    return value


def _check_used(path: Path, word: str, groups: Collection[str], used: Collection[str]) -> None:
    for key in groups:
        if key not in used:
            raise CityError(f"{shown(path)}: indicators: found none of {word} {key!r}, expected at least one")


def _lines(path: Path, word: str, found: object, keys: tuple[str, ...]) -> list[Entry]:
    if not isinstance(found, list) or not found:
        raise CityError(f"{shown(path)}: found no [[{word}]], expected at least one")
    return [table(f"{shown(path)}: {word} {number}", item, keys) for number, item in enumerate(found, start=1)]

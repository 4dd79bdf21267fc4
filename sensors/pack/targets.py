"""What the city wants, has or once measured of a kind: dated figures to hold a reading against.

`sensors.judge.target` applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.kinds import KINDS
from sensors.pack.devices import Device
from sensors.pack.entry import Entry
from sensors.pack.files import entries

STATISTICS = ("latest", "day-sum", "share", "usual")
BETTER = ("more", "less", "near", "none")
PERCENT = "%"
MOST = 1_000_000_000.0
COLUMNS = (
    "kind", "devices", "statistic", "word", "better", "target", "warn", "unit", "due", "valid_from", "source", "sample",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A figure for a kind, of these devices taken together; without devices, of each device on its own.

    `statistic` says what is held against it: the `latest` value, the sum of a local day, its `share` of the whole it
    is part of, or its percentage of what is `usual` at this hour. `better` is the direction; `warn` is the bound
    beyond which it is bad (`near`: how far from the target is still good), None where nothing is judged (`none`).
    `word` names the figure on screen. Until `due` it need not be reached. `sample`: shown as "contoh".
    """

    kind: str
    devices: tuple[str, ...]
    statistic: str
    word: str
    better: str
    target: float
    warn: float | None
    unit: str
    due: date | None
    valid_from: date
    source: str
    sample: bool


def read_targets(path: Path, devices: Mapping[str, Device]) -> tuple[Target, ...]:
    """Targets in the file's order, a later row of the same figure valid from a later day; there may be none."""
    found: list[Target] = []
    for line in entries(path, COLUMNS, at_least=0):
        target = _target(line, devices)
        if any(_same(target, other) and target.valid_from <= other.valid_from for other in found):
            raise line.wrong("valid_from", "a later day than this figure's row before")
        found.append(target)
    return tuple(found)


def _target(line: Entry, devices: Mapping[str, Device]) -> Target:
    kind, statistic = line.known("kind", KINDS), line.known("statistic", STATISTICS)
    better, amount = line.known("better", BETTER), line.number("target", -MOST, MOST)
    sensing = [device.key for device in devices.values() if kind in device.kinds]
    due = line.optional_day("due")
    found = Target(
        kind=kind,
        devices=line.known_all("devices", sensing) if line.cells["devices"] else (),
        statistic=statistic,
        word=line.text("word"),
        better=better,
        target=amount,
        warn=_warn(line, better, amount),
        unit=line.known("unit", [PERCENT if statistic in {"share", "usual"} else KINDS[kind].unit]),
        due=due,
        valid_from=line.day("valid_from"),
        source=line.text("source"),
        sample=line.truth("sample"),
    )
    if due is not None and due < found.valid_from:
        raise line.wrong("due", f"a day from {found.valid_from} on")
    return found


def _warn(line: Entry, better: str, target: float) -> float | None:
    warn = line.optional_number("warn", -MOST, MOST)
    if better == "none":
        if warn is not None:
            raise line.wrong("warn", "nothing, as better is none")
        return None
    if warn is None:
        raise line.wrong("warn", f"a number, as better is {better}")
    if better == "more" and warn > target:
        raise line.wrong("warn", f"at most the target, {target:g}")
    if better == "less" and warn < target:
        raise line.wrong("warn", f"at least the target, {target:g}")
    if better == "near" and warn < 0:
        raise line.wrong("warn", "0 or more: how far from the target is still good")
    return warn


def _same(one: Target, other: Target) -> bool:
    return (one.kind, one.devices, one.statistic) == (other.kind, other.devices, other.statistic)

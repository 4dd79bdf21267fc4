"""The alarm rules of a pack: alarms.toml, one [[rules]] each, with the common keys and those of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sensors.alarm import PRIORITIES, AlarmRule
from sensors.alarms import RULE_KINDS, combination
from sensors.pack.devices import Device
from sensors.pack.entry import CityError, once
from sensors.pack.files import shown, table, tables
from sensors.pack.offices import Agency

RULES = "rules"
KEYS = ("key", "kind", "title", "priority", "agency", "action", "valid_from", "source", "sample")


def read_alarm_rules(
    path: Path, devices: Mapping[str, Device], agencies: Mapping[str, Agency]
) -> Mapping[str, AlarmRule]:
    """Rules by key in the file's order; a pack without the file raises no alarm."""
    if not path.exists():
        return MappingProxyType({})
    here, found = shown(path), tables(path)
    listed = found.get(RULES)
    if set(found) != {RULES} or not isinstance(listed, list):
        raise CityError(f"{here}: found {', '.join(found) or 'nothing'}, expected [[{RULES}]]")
    rules: dict[str, AlarmRule] = {}
    for number, each in enumerate(listed, start=1):
        where = f"{here}: [[{RULES}]] {number}"
        name = each.get("kind") if isinstance(each, dict) else None
        if not isinstance(name, str) or name not in RULE_KINDS:
            among = each if name is None else repr(name)
            raise CityError(f"{where}: key 'kind': found {among}, expected one of {', '.join(RULE_KINDS)}")
        entry = table(where, each, (*KEYS, *RULE_KINDS[name].KEYS))
        once(entry, "key", rules)
        agency = entry.known("agency", agencies) if entry.cells["agency"] else None
        rules[entry.key("key")] = AlarmRule(
            key=entry.key("key"),
            kind=entry.known("kind", RULE_KINDS),
            title=entry.text("title"),
            priority=entry.known("priority", PRIORITIES),
            agency=agency,
            action=entry.text("action"),
            valid_from=entry.day("valid_from"),
            source=entry.text("source"),
            sample=entry.truth("sample"),
            bounds=RULE_KINDS[entry.cells["kind"]].read(entry, devices),
        )
    _check_combinations(here, rules)
    return MappingProxyType(rules)


def _check_combinations(here: str, rules: Mapping[str, AlarmRule]) -> None:
    for rule in rules.values():
        if isinstance(rule.bounds, combination.Combination):
            for name in rule.bounds.rules:
                if name not in rules or name == rule.key:
                    raise CityError(
                        f"{here}: rule {rule.key!r}: found rules {name!r}, expected the key of another rule"
                    )

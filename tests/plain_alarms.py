"""What a night should have raised, told plainly from what was published: no latch, no engine, no database.

Rules on readings are walked through piece by piece, a value holding until the next one; bursts are counted anew at
every case; warnings are the alerts that say so. Times are those at the source.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sensors.alarm import AlarmRule
from sensors.city import City
from sensors.reading import Reading
from sensors.sphere import kilometres

Series = Sequence[tuple[datetime, float]]
Told = tuple[str, str, datetime]
"""A rule, a source, and when it began."""
HOUR = timedelta(hours=1)


def on_readings(city: City, readings: Iterable[Reading], until: datetime) -> set[Told]:
    """All that the rules of the pack on single series tell: siaga, threshold and rate, all of them from below."""
    series: defaultdict[tuple[str, str], dict[datetime, float]] = defaultdict(dict)
    for each in readings:
        series[each.device, each.kind][each.observed_at] = each.value
    return {
        (rule.key, f"{device}/{kind}", began)
        for (device, kind), values in series.items()
        for rule in city.alarm_rules.values()
        for began in _began(rule, city, device, kind, sorted(values.items()), until)
    }


def _began(rule: AlarmRule, city: City, device: str, kind: str, values: Series, until: datetime) -> list[datetime]:
    told = rule.bounds
    match rule.kind:
        case "siaga" if kind == "water_level":
            ladder = city.devices[device].ladder
            steps = {step.level: step.threshold for step in ladder.steps} if ladder else {}
            reach = steps.get(told.level)
            if reach is None:
                return []
            return list(_held(values, reach, reach - told.clear_below, told.on_delay, told.off_delay, until))
        case "threshold" if kind == told.kind:
            held = told.bounds
            return list(_held(values, held.reach, held.clear, held.on_delay, held.off_delay, until))
        case "rate" if kind == told.kind:
            held = told.bounds
            return list(_held(_slopes(values, told.span), held.reach, held.clear, held.on_delay, held.off_delay, until))
    return []


def _held(
    values: Series, reach: float, clear: float, on: timedelta, off: timedelta, until: datetime
) -> Iterator[datetime]:
    """When it began each time: reached for the whole of `on`; over once it was back for the whole of `off`."""
    open_, high, low = False, None, None
    for (at, value), (end, _) in pairwise([*values, (until, 0.0)]):
        if not open_:
            high = (high or at) if value >= reach else None
            if high is not None and end - high >= on:
                yield high + on
                open_, low = True, None
            continue
        if value < clear:
            low = low or at
        elif value >= reach:
            low = None
        if low is not None and end - low >= off:
            open_, high = False, None


def _slopes(values: Series, span: timedelta) -> Series:
    """The change an hour at each reading since the last one that is a whole `span` old, else the first of all."""
    found = []
    for number, (at, value) in enumerate(values):
        old = [each for each in values[: number + 1] if at - each[0] >= span]
        since, before = old[-1] if old else values[0]
        if at - since >= span / 2:
            found.append((at, (value - before) / ((at - since) / HOUR)))
    return found


def bursts(city: City, rule: AlarmRule, cases: Iterable[tuple[str, bytes]], for_at_least: timedelta) -> dict[str, bool]:
    """The kecamatan with so many cases together, and whether for so long that whoever looks at times has seen it."""
    told = rule.bounds
    opened: dict[tuple[str, str], tuple[datetime, tuple[float, float], str]] = {}
    for service, payload in cases:
        case = json.loads(payload)
        if service not in told.services or case.get("category") not in told.categories:
            continue
        at, area = datetime.fromisoformat(case["at"]), city.subdistricts[case["subdistrict"]]
        place = (case["lat"], case["lon"]) if case.get("lat") is not None else (area.point.lat, area.point.lon)
        known = opened.get((service, case["case_id"]))
        if known is None or at < known[0]:
            opened[service, case["case_id"]] = at, place, area.district
    found: dict[str, bool] = {}
    for _, place, district in opened.values():
        times = sorted(at for at, other, _ in opened.values() if kilometres(place, other) <= told.km)
        for first, last in zip(times, times[told.cases - 1 :], strict=False):
            if last - first < told.span:
                found[district] = found.get(district, False) or told.span - (last - first) >= for_at_least
    return found


def warnings(payloads: Iterable[bytes], severity: str) -> Mapping[str, datetime]:
    """The CAP alerts of a severity by their identifier, with when each began; updates and cancels are none."""
    found = {}
    for payload in payloads:
        text = payload.decode(errors="replace")
        if "<msgType>Alert</msgType>" in text and f"<severity>{severity}</severity>" in text:
            told = dict(re.findall(r"<(identifier|sent|onset)>([^<]+)</", text))
            sent, onset = (datetime.fromisoformat(told[name]) for name in ("sent", "onset"))
            found[told["identifier"]] = max(sent, onset)
    return found

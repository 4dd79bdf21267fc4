"""What the map can colour the districts by: each measure gives every district a figure, a shade and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from layouts import theme
from layouts.findings.cases import counts_of
from layouts.findings.rivers import gauge_findings
from layouts.findings.series import latest_of
from layouts.formats import known, number
from layouts.panel import Rows
from sensors.city import City


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """A district's figure on the chosen measure: its shade (index of `theme.MAP_SHADES`) and how it is written."""

    shade: int
    words: str


Figures = Mapping[str, DistrictFigure]


@dataclass(frozen=True, slots=True)
class Measure:
    """A choice of the map; `scale` says what a city's shades mean, from the least to the most (empty: not used)."""

    key: str
    title: str
    unit: str
    scale: Callable[[City], tuple[str, ...]]
    figures: Callable[[Rows, City], Figures]


MOST_BREAKS = len(theme.MAP_SHADES) - 1


def _shade(value: float, breaks: Iterable[float]) -> int:
    return sum(value >= start for start in breaks)


_CASES = (1.0, 3.0, 6.0, 10.0, 20.0)


def _cases(rows: Rows, city: City) -> Figures:
    if not rows.get("recent_cases"):
        return {}  # nothing heard is not none open
    counts = counts_of(rows, city).by_district
    found = {code: counts.get(code, 0) for code in city.districts}
    return {code: DistrictFigure(_shade(n, _CASES), number(n)) for code, n in found.items()}


def _pm25_breaks(city: City) -> tuple[float, ...]:
    """The ISPU's breakpoints as shades of the moment's value; the second class, everyday air, is halved."""
    levels = [row.concentration for row in city.ispu if row.pollutant == "pm25" and row.index]
    halved = [sum(levels[:2]) / 2] if len(levels) > 1 else []
    return tuple(sorted([*levels, *halved])[:MOST_BREAKS])


def _pm25(rows: Rows, city: City) -> Figures:
    values, breaks = _by_district(rows, city, "pm25"), _pm25_breaks(city)
    means = {code: sum(found) / len(found) for code, found in values.items()}
    return {code: DistrictFigure(_shade(mean, breaks), number(mean, 1)) for code, mean in means.items()}


_ANY_RAIN = 0.1  # mm: the first tip of a bucket


def _rain_breaks(city: City) -> tuple[float, ...]:
    return (_ANY_RAIN, *(each.low for each in city.rain_classes if each.span == "hour"))[:MOST_BREAKS]


def _rain(rows: Rows, city: City) -> Figures:
    most: dict[str, float] = {}
    for row in rows.get("rain_sums", ()):
        device, value = city.devices.get(row["device"]), known(row["mm_1h"])
        if device is not None and device.district is not None and value is not None:
            most[device.district] = max(most.get(device.district, 0.0), value)
    return {code: DistrictFigure(_shade(value, _rain_breaks(city)), number(value, 1)) for code, value in most.items()}


_SIAGA_SHADES = (1, 3, 4, 5)
_SIAGA_WORDS = ("", "Siaga 4", "", "Siaga 3", "Siaga 2", "Siaga 1")


def _rivers(rows: Rows, city: City) -> Figures:
    worst: dict[str, int] = {}
    for finding in gauge_findings(rows, city):
        code = finding.gauge.district
        if finding.siaga is not None and code is not None:
            worst[code] = max(worst.get(code, 0), finding.rank)
    return {code: DistrictFigure(_SIAGA_SHADES[rank], f"Siaga {4 - rank}") for code, rank in worst.items()}


def _by_district(rows: Rows, city: City, kind: str) -> Mapping[str, list[float]]:
    values: dict[str, list[float]] = defaultdict(list)
    for (device, found), row in latest_of(rows.get("latest_readings", ())).items():
        code = city.devices[device].district if device in city.devices else None
        if found == kind and code is not None:
            values[code].append(float(row["value"]))
    return values


def _written(breaks: Sequence[float], decimals: int = 0) -> tuple[str, ...]:
    """Say what each shade stands for: `0`, `1–2`, `≥ 20` for whole things, else `< 15,5`, `15,5–35,0` and so on."""
    if not breaks:
        return ()
    first, last = breaks[0], breaks[-1]
    gap = 0.0 if decimals else 1.0
    lowest = f"< {number(first, decimals)}" if decimals else number(first - gap)
    between = [_range(low, high - gap, decimals) for low, high in pairwise(breaks)]
    return (lowest, *between, f"≥ {number(last, decimals)}")


def _range(low: float, high: float, decimals: int) -> str:
    return number(low, decimals) if low == high else f"{number(low, decimals)}–{number(high, decimals)}"


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.key: measure
        for measure in (
            Measure("keluhan", "Aduan terbuka", "aduan", lambda _: _written(_CASES), _cases),
            Measure("pm25", "PM2,5 kini", "µg/m³", lambda city: _written(_pm25_breaks(city), 1), _pm25),
            Measure("hujan", "Hujan 1 jam", "mm", lambda city: _written(_rain_breaks(city), 1), _rain),
            Measure("air", "Sungai terburuk", "", lambda _: _SIAGA_WORDS, _rivers),
        )
    }
)
"""By key: what `?measure=` may say."""

DEFAULT = "keluhan"


def measure_of(key: str | None) -> Measure:
    """The measure of an option; the default for none or an unknown one."""
    return MEASURES.get(key or DEFAULT, MEASURES[DEFAULT])

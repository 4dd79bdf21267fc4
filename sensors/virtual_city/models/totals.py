"""A service's yearly summary: some 34.6 cases a day (12 080 until 15 December 2025, Antara), most of them done.

On most days the parts add up to the total; on some they do not, as in the summaries the city published: cases are left
without a state, or counted in two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.moment import Model, Moment

_DAILY = 34.6
_WAITING, _WORKING = 190.0, 20.0  # about what was published for 2025: 193 and 19
_MOST_WAITING, _MOST_WORKING = 0.04, 0.01  # of all, early in the year
_LOST, _DOUBLED = 0.15, 0.22  # chance of a day with cases left out; above it, up to this, of one with cases doubled
_MOST_LOST, _MOST_DOUBLED = 200, 40


def cases_total(moment: Moment) -> float:
    """Cases since the first of January."""
    day = moment.sky.local.day(moment.at)
    arrived = (1 - math.cos(math.pi * moment.hour / 24)) / 2
    return _before(moment.seed, moment.device.key, day) + math.floor(arrived * _on(moment.seed, moment.device.key, day))


def cases_waiting(moment: Moment) -> float:
    """Cases nobody has taken up."""
    return round(min(_WAITING + 50 * moment.drift("waiting", 15 * DAY), _MOST_WAITING * cases_total(moment)))


def cases_working(moment: Moment) -> float:
    """Cases somebody works on."""
    return round(min(_WORKING + 8 * moment.drift("working", 2 * DAY), _MOST_WORKING * cases_total(moment)))


def cases_done(moment: Moment) -> float:
    """All the others, but for the days on which the summary does not add up."""
    others = cases_total(moment) - cases_waiting(moment) - cases_working(moment)
    return max(0.0, others - _gap(moment))


def _gap(moment: Moment) -> float:
    names = (moment.device.key, "gap", moment.sky.local.day(moment.at))
    fate, size = draw(moment.seed, *names), draw(moment.seed, *names, "size")
    if fate < _LOST:
        return 1 + math.floor(size * _MOST_LOST)
    return -1.0 - math.floor(size * _MOST_DOUBLED) if fate < _DOUBLED else 0.0


def _on(seed: int, device: str, day: int) -> int:
    return count(seed, _DAILY, device, "received", day)


@lru_cache(maxsize=512)
def _before(seed: int, device: str, day: int) -> int:
    first = date(date.fromordinal(day).year, 1, 1).toordinal()
    return sum(_on(seed, device, each) for each in range(first, day))


MODELS: Mapping[str, Model] = {
    "cases_total": cases_total,
    "cases_done": cases_done,
    "cases_working": cases_working,
    "cases_waiting": cases_waiting,
}

"""The course of a case: the steps its service allows, one after the other, each at the service's own tempo."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from sensors.city import Category, Service, Status
from sensors.pack.calendar import Calendar
from sensors.virtual_city.daytime import HOUR, LocalTime
from sensors.virtual_city.tempo import Tempo, tempo

Course = tuple[tuple[float, str], ...]
"""The instants (epoch s, whole, rising) at which a case entered each of its statuses."""
_HANG_UP = 60.0  # s: a call that is no incident ends about then
URGENT = frozenset({"banjir", "kebakaran", "pohon-tumbang"})
"""Categories that are taken up at once, even where desks are closed."""


@dataclass(frozen=True, slots=True)
class Office:
    """A service at work in a city, with its clock and its working days."""

    service: Service
    local: LocalTime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A status to be entered, so many hours after the one before."""

    status: str
    hours: float


def course(office: Office, category: Category, opened: float, chance: Random, slower: float = 1.0) -> Course:
    """The life of a case opened at an instant; everything takes `slower` times as long as usual."""
    service, pace = office.service, tempo(office.service)
    first = next(iter(service.statuses))
    if not category.counts:
        ends, wait = _dropped(service, first), chance.uniform(0.3, 2) * _HANG_UP
        return _whole([(opened, first), (opened + wait, ends)])
    # Drawn in any case, whatever becomes of this one: it must not change the chances of the next.
    fate = chance.random()
    usual = [
        _Ahead(status, chance.lognormvariate(math.log(median), sigma) * slower)
        for number, status in enumerate(straight(service))
        for median, sigma in [pace.to_step(category.key, number)]
    ]
    return _whole([(opened, first), *_entered(office, category, opened, _fated(service, pace, fate, usual))])


def straight(service: Service) -> list[str]:
    """The statuses that a case passes when all goes well, after the one it is opened with: worked on, then done."""
    passed: list[str] = []
    at = next(iter(service.statuses.values()))
    while at.open and (following := _onward(service, at)) is not None:
        passed.append(following.key)
        at = following
    return passed


def _onward(service: Service, at: Status) -> Status | None:
    """Somebody works on it, else it is done, else it waits elsewhere; never back to what was declared before."""
    order = list(service.statuses.values())
    later = [status for status in order[order.index(at) + 1 :] if status.key in at.next]
    done = [status for status in order if status.role == "done" and status.key in at.next]
    working, waiting = ([status for status in later if status.role == role] for role in ("working", "waiting"))
    return next(iter([*working, *done, *waiting]), None)


def _fated(service: Service, pace: Tempo, fate: float, usual: list[_Ahead]) -> list[_Ahead]:
    bounds = [0.0]
    for share in (pace.waits_on, pace.stuck, pace.turned_away, pace.sent_back):
        bounds.append(bounds[-1] + share)
    ends: tuple[list[_Ahead], ...] = ([], usual[:-1], _turned_away(service, usual), _sent_back(service, usual))
    for (low, high), end in zip(pairwise(bounds), ends, strict=True):
        if low <= fate < high:
            return end
    return usual


def _turned_away(service: Service, usual: list[_Ahead]) -> list[_Ahead]:
    """As far as a case gets that is closed without being done, as late as the service allows; else as usual."""
    for number in range(len(usual) - 1, -1, -1):
        before = usual[number - 1].status if number else next(iter(service.statuses))
        closed = _next_of(service, before, "dismissed")
        if closed is not None:
            return [*usual[:number], _Ahead(closed, usual[number].hours)]
    return usual


def _sent_back(service: Service, usual: list[_Ahead]) -> list[_Ahead]:
    """Given back to who brought it, brought again, and done in the end; as usual where nothing goes back."""
    first = next(iter(service.statuses))
    for number, ahead in enumerate(usual[:-1]):
        if first in service.statuses[ahead.status].next:
            return [*usual[: number + 1], _Ahead(first, ahead.hours), *usual]
    return usual


def _dropped(service: Service, first: str) -> str:
    closed = _next_of(service, first, "dismissed") or _next_of(service, first, "done")
    return closed or next(key for key in service.statuses if key in service.statuses[first].next)


def _next_of(service: Service, before: str, role: str) -> str | None:
    following = service.statuses[before].next
    return next((key for key, status in service.statuses.items() if status.role == role and key in following), None)


def _entered(office: Office, category: Category, opened: float, ahead: list[_Ahead]) -> list[tuple[float, str]]:
    pace, at, least = tempo(office.service), opened, 0.0
    entered: list[tuple[float, str]] = []
    for step in ahead:
        due = at + step.hours * HOUR
        at_once = pace.desks is None or (not entered and category.key in URGENT)
        if pace.desks is not None and not at_once:
            due = pace.desks.next_open(due, office.local, office.calendar)
        at = max(due, at + least)
        least = pace.least
        entered.append((at, step.status))
    return entered


def _whole(life: list[tuple[float, str]]) -> Course:
    return tuple((float(round(at)), status) for at, status in life)

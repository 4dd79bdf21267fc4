"""Measures of cases: how many are done, how many in time, how soon help comes, and how many calls are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from layouts.findings.ledger import DAY, Ledger, Span
from layouts.findings.response import arrival_of
from layouts.findings.services import counted
from layouts.formats import known
from layouts.panel import Row
from sensors.city import Indicator, Service
from sensors.judge.deadline import CaseTimes, judge_deadline
from sensors.pack.stages import DAYS_UNITS, OPENED

HUNDRED = 100.0
NOON, ONE_DAY = time(12), timedelta(days=1)
Found = tuple[float | None, float]


def is_due(ledger: Ledger, indicator: Indicator, span: Span) -> bool:
    """Whether a service had anything to do within the span: an office has not in the 24 hours after a free day."""
    service = ledger.city.services[indicator.of[0]]
    return span is not DAY or _works(ledger, service, ledger.today - ONE_DAY)


def cases_done(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Cases done within the span, in percent of those opened in it."""
    service = ledger.city.services[indicator.of[0]]
    rows = tuple(ledger.counted(service))
    done = sum(_ended(ledger, row, span) for row in rows if service.statuses[row["status"]].role == "done")
    opened = sum(_opened(ledger, row, span) for row in rows)
    return (done / opened * HUNDRED if opened else None), _heard(ledger, service, span)


def cases_per_day(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Cases done on a day of the span, on those days on which the service sent anything."""
    service = ledger.city.services[indicator.of[0]]
    heard = _heard(ledger, service, span)
    rows = (row for row in ledger.counted(service) if service.statuses[row["status"]].role == "done")
    done = sum(_ended(ledger, row, span) for row in rows)
    return (done / (heard * span.days) if heard else None), heard


def cases_on_time(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Cases ended in time, in percent of those that ended within the span or whose time ran out in it."""
    service = ledger.city.services[indicator.of[0]]
    staged, kept, late = _to_the_end(service), 0, 0
    for row in ledger.counted(service):
        last = _last_day(ledger, staged, row["category"], row["opened_on"])
        if last is None:
            continue
        if row["ended_on"] is None:
            late += int(row["n"]) if ledger.within(span, last) else 0
        elif row["ended_on"] <= last:
            kept += _ended(ledger, row, span)
        else:
            late += _ended(ledger, row, span)
    return (kept / (kept + late) * HUNDRED if kept + late else None), _heard(ledger, service, span)


def calls_apart(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Messages that are no cases (pranks, silent calls, questions), in percent of all opened within the span."""
    service = ledger.city.services[indicator.of[0]]
    every = sum(_opened(ledger, row, span) for row in ledger.cases.get(service.key, ()))
    cases = sum(_opened(ledger, row, span) for row in ledger.counted(service))
    return ((every - cases) / every * HUNDRED if every else None), _heard(ledger, service, span)


def response_minutes(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """The mean minutes from the call to the arrival, over cases opened within the span where help has arrived."""
    service = ledger.city.services[indicator.of[0]]
    arrival = arrival_of(service)
    rows = [row for row in counted(service, ledger.response.get(service.key, ())) if row["status"] == arrival]
    found = [(known(row["minutes"]), int(row["n"])) for row in rows if row["span"] == span.days]
    n = sum(many for minutes, many in found if minutes is not None)
    minutes = sum(minutes for minutes, _ in found if minutes is not None)
    return (minutes / n if n else None), _heard(ledger, service, span)


def _opened(ledger: Ledger, row: Row, span: Span) -> int:
    if span is DAY:
        return int(row["opened_24h"])
    return int(row["n"]) if ledger.within(span, row["opened_on"]) else 0


def _ended(ledger: Ledger, row: Row, span: Span) -> int:
    if span is DAY:
        return int(row["ended_24h"])
    return int(row["n"]) if ledger.within(span, row["ended_on"]) else 0


def _heard(ledger: Ledger, service: Service, span: Span) -> float:
    """The share of the span's days on which the service works that it sent anything on."""
    rows = ledger.cases.get(service.key, ())
    if span is DAY:
        return float(any(_opened(ledger, row, span) or _ended(ledger, row, span) for row in rows))
    days = [ledger.today - back * ONE_DAY for back in range(1, span.days + 1)]
    expected = [day for day in days if _works(ledger, service, day)]
    heard = {day for row in rows for day in _days(row)}
    return sum(day in heard for day in expected) / len(expected) if expected else 0.0


def _works(ledger: Ledger, service: Service, day: date) -> bool:
    """Whether a service works on a local day: one with limits in working days and none in minutes is an office."""
    units = {stage.unit for stage in service.stages}
    office = "working-days" in units and "minutes" not in units
    return not office or ledger.city.calendar.free(day) is None


def _days(row: Row) -> Iterator[date | None]:
    yield row["opened_on"]
    yield row["ended_on"]


def _last_day(ledger: Ledger, service: Service, category: str | None, opened_on: date) -> date | None:
    """The last local day on which a case opened that day may end; None where no stage in days ends with the case."""
    at = datetime.combine(opened_on, NOON, ledger.city.zone)
    due = judge_deadline(CaseTimes(next(iter(service.statuses)), at, at, category), service, ledger.city.calendar)
    return None if due is None else due.day


def _to_the_end(service: Service) -> Service:
    """The service with only those stages that run in days from the opening to the end of a case."""
    stages = tuple(
        stage
        for stage in service.stages
        if stage.since == OPENED
        and stage.unit in DAYS_UNITS
        and not any(service.statuses[key].open for key in stage.until)
    )
    return replace(service, stages=stages)

"""How soon help came today: from the call to each step, and how many arrivals kept the norm of the pack's stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from layouts.findings.services import is_case
from layouts.panel import Row, Rows
from sensors.city import City, Service
from sensors.judge.deadline import CaseTimes, Due, judge_deadline

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class StepTime:
    """The median minutes from opening to one status, over `n` of today's cases; None where none got there."""

    status: str
    minutes: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Response:
    """Today's cases against the norm: `kept` of `arrived` came within it; `waiting_late` have not come and are late.

    `norms` are the limits met, in minutes; `sample`: for some of the cases the norm is the pack's assumption.
    """

    steps: tuple[StepTime, ...]
    arrival: StepTime
    kept: int
    arrived: int
    waiting_late: int
    norms: tuple[int, ...]
    sample: bool


@dataclass(frozen=True, slots=True)
class _Course:
    """One case of today: its norm, when it was opened, and when it first reached each status."""

    due: Due
    opened_at: datetime
    reached: Mapping[str, datetime]


def emergency_service(city: City) -> Service | None:
    """The first service with a limit in minutes: the one that acts at once."""
    return next((each for each in city.services.values() if arrival_of(each)), None)


def arrival_of(service: Service) -> str:
    """The status that ends the limit in minutes, the first in the life cycle; empty without such a stage."""
    ends = [stage.until for stage in service.stages if stage.unit == "minutes"]
    return next((key for key in service.statuses if any(key in until for until in ends)), "")


def response_of(rows: Rows, service: Service, city: City, now: datetime) -> Response:
    """Judge the rows of `service_steps`: steps of cases opened today."""
    courses = tuple(_courses(rows.get("service_steps", ()), service, city))
    arrival = arrival_of(service)
    ahead = [key for key, status in service.statuses.items() if status.role == "working" and key != arrival]
    came = [(course, at) for course in courses if (at := _arrived(course, service, arrival)) is not None]
    late = [each for each in courses if _still_waiting(each, service, arrival) and each.due.overdue(now)]
    minutes = [_minutes(course.opened_at, at) for course, at in came]
    return Response(
        steps=tuple(_step(key, courses) for key in ahead),
        arrival=StepTime(arrival, median(minutes) if minutes else None, len(minutes)),
        kept=sum(not course.due.overdue(at) for course, at in came),
        arrived=len(came),
        waiting_late=len(late),
        norms=tuple(sorted({stage.length for stage in service.stages if stage.unit == "minutes"})),
        sample=any(course.due.stage.sample for course in courses),
    )


def _courses(rows: Sequence[Row], service: Service, city: City) -> Iterator[_Course]:
    opened: dict[str, Row] = {}
    reached: dict[str, dict[str, datetime]] = {}
    for row in rows:
        if row["service"] == service.key and row["status"] in service.statuses and is_case(service, row["category"]):
            opened[row["case_id"]] = row
            reached.setdefault(row["case_id"], {})[row["status"]] = row["at"]
    first = next(iter(service.statuses))
    for case_id, row in opened.items():
        times = CaseTimes(first, row["opened_at"], row["opened_at"], row["category"])
        due = judge_deadline(times, service, city.calendar)
        if due is not None and due.stage.unit == "minutes":
            yield _Course(due, row["opened_at"], reached[case_id])


def _arrived(course: _Course, service: Service, arrival: str) -> datetime | None:
    """When help came. A case only heard of as done counts from then; one closed without help never had any."""
    done = (at for key, at in course.reached.items() if service.statuses[key].role == "done")
    return course.reached.get(arrival) or min(done, default=None)


def _still_waiting(course: _Course, service: Service, arrival: str) -> bool:
    return arrival not in course.reached and all(service.statuses[key].open for key in course.reached)


def _step(status: str, courses: Sequence[_Course]) -> StepTime:
    found = [_minutes(each.opened_at, each.reached[status]) for each in courses if status in each.reached]
    return StepTime(status, median(found) if found else None, len(found))


def _minutes(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / SECONDS

"""Whether a case moved as its service says it may, and when somebody first took it up.

The allowed steps are the `next` of each status in the pack's service, and a case opens in a status of the role waiting.
No regulation names these steps: they are the service's own order (LAKSA: menunggu, proses, selesai). A step outside it
is kept and counted, never corrected: it says that a change of state was not recorded, or that the record is wrong.
`data/writes/cases.sql` computes the same in the database; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sensors.pack.offices import Service

Event = tuple[datetime, str]
"""When a case entered a status, aware; events may come in any order and more than once."""
Step = tuple[str | None, str]
"""From one status to another; None before the first."""


def course_of(events: Iterable[Event], service: Service) -> tuple[Event, ...]:
    """The events in the order of time; of one instant, in the order of the life cycle. A status repeated is no step."""
    order = {key: place for place, key in enumerate(service.statuses)}
    course: list[Event] = []
    for at, status in sorted(set(events), key=lambda each: (each[0], order.get(each[1], len(order)), each[1])):
        if not course or course[-1][1] != status:
            course.append((at, status))
    return tuple(course)


def impossible_steps(statuses: Sequence[str], service: Service) -> tuple[Step, ...]:
    """The steps that the service does not allow, of statuses in order; one the pack does not name is never allowed."""
    return tuple(
        (before, after)
        for before, after in zip((None, *statuses), statuses, strict=False)
        if before != after and not _allows(service, before, after)
    )


def first_action(course: Iterable[Event], service: Service) -> datetime | None:
    """When the case first left waiting; None until then."""
    waiting = {key for key, status in service.statuses.items() if status.role == "waiting"}
    return min((at for at, status in course if status not in waiting), default=None)


def _allows(service: Service, before: str | None, after: str) -> bool:
    known = after in service.statuses and (before is None or before in service.statuses)
    return known and service.allows(before, after)

"""What the room expects of a broker: each promise is tried, in sessions and on topics that are gone afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from data.checks import Level
from ingest.delivery import LARGEST_PAYLOAD
from ingest.doctor.guest import GuestError
from ingest.doctor.visit import TOPICS, Visit

AWAY = 2_000  # more than the 1 000 that Mosquitto queues unless told otherwise
WINDOW = 1_000
SMALL_WINDOW = 100
_FEW = 10
_SHARED = 100


class Unkept(Exception):  # noqa: N818 - a state of the world, said as people say it
    """A promise is not kept; the message says what was found and what was expected."""

    def __init__(self, found: str, level: Level | None = None) -> None:
        super().__init__(f"found {found}")
        self.level = level


class Promise(NamedTuple):
    """What a good broker does, how to try it, what to do where it does not, and how grave that is."""

    says: str
    keep: Callable[[Visit], None]
    remedy: str
    level: Level = "FAIL"


def _numbers(count: int) -> list[bytes]:
    return [b"%d" % number for number in range(count)]


def _lets_us_try(visit: Visit) -> None:
    topic = visit.topic("first")
    with visit.guest() as guest:
        guest.subscribe(topic)
        visit.publish(topic, _numbers(1))
        if not guest.hear(1):
            raise Unkept("none of one message, expected it back")


def _keeps_sessions(visit: Visit) -> None:
    with visit.session() as come:
        with come() as guest:
            guest.subscribe(visit.topic("session"))
        with come() as guest:
            if not guest.session_present:
                raise Unkept("a new session on return, expected the old one")


def _queues(visit: Visit) -> None:
    topic = visit.topic("queue")
    with visit.session() as come:
        with come() as guest:
            guest.subscribe(topic)
        visit.publish(topic, _numbers(AWAY))
        with come() as guest:
            arrived = len({message.payload for message in guest.hear(AWAY)})
    if arrived < AWAY:
        raise Unkept(f"{arrived} of {AWAY}, expected all")


def _opens_window(visit: Visit) -> None:
    topic = visit.topic("window")
    with visit.session() as come, come() as guest:
        guest.subscribe(topic)
        visit.publish(topic, _numbers(WINDOW))
        arrived = len(guest.hear(WINDOW, acknowledge=False))
    if arrived < WINDOW:
        level: Level = "FAIL" if arrived < SMALL_WINDOW else "warn"
        raise Unkept(f"{arrived} of {WINDOW}, expected all", level)


def _delivers_again(visit: Visit) -> None:
    topic = visit.topic("again")
    with visit.session() as come:
        with come() as guest:
            guest.subscribe(topic)
            visit.publish(topic, _numbers(_FEW))
            first = guest.hear(_FEW, acknowledge=False)
        with come() as guest:
            again = guest.hear(len(first))[: len(first)]
    if not first or len(again) < len(first):
        raise Unkept(f"{len(again)} of {len(first) or _FEW}, expected all")
    if [each.payload for each in again] != [each.payload for each in first]:
        raise Unkept("another order, expected the one of the first time")
    if not all(each.dup for each in again):
        raise Unkept("no DUP flag, expected one on each")


def _carries_large(visit: Visit) -> None:
    topic, payload = visit.topic("large"), b"x" * LARGEST_PAYLOAD
    with visit.guest() as guest:
        guest.subscribe(topic)
        visit.publish(topic, [payload])
        if [each.payload for each in guest.hear(1)] != [payload]:
            raise Unkept("nothing of it, expected all")


def _retains(visit: Visit) -> None:
    topic = visit.topic("retained")
    try:
        visit.publish(topic, [b"kept"], retain=True)
        if not _finds(visit, topic):
            raise Unkept("nothing, expected the message")
        visit.publish(topic, [b""], retain=True)
        if _finds(visit, topic):
            raise Unkept("it again after it was cleared, expected nothing")
    finally:
        with suppress(GuestError):
            visit.publish(topic, [b""], retain=True)


def _finds(visit: Visit, topic: str) -> bool:
    with visit.guest() as guest:
        guest.subscribe(topic)
        return bool(guest.hear(1))


def _shares(visit: Visit) -> None:
    topic = visit.topic("shared")
    with visit.guest() as one, visit.guest() as other:
        for guest in (one, other):
            guest.subscribe(f"$share/doctor/{topic}")
        visit.publish(topic, _numbers(_SHARED))
        came = Counter(each.payload for guest in (one, other) for each in guest.hear(_SHARED))
    if len(came) < _SHARED or came.total() > _SHARED:
        raise Unkept(f"{len(came)} of {_SHARED}, {came.total() - len(came)} of them twice, expected each once")


ALLOWED = Promise(
    f"lets us publish and hear below {TOPICS}/",
    _lets_us_try,
    f"allow this user to read and write {TOPICS}/#; the checks that need it were left out",
)
PROMISES = (
    Promise("keeps the session of an absent worker", _keeps_sessions, "allow sessions that outlive their connection"),
    Promise("queues what comes while a worker is away", _queues, "set max_queued_messages 0"),
    Promise("hands out many messages before one is acknowledged", _opens_window, "set max_inflight_messages 20000"),
    Promise(
        "delivers again what was not acknowledged, marked and in order",
        _delivers_again,
        "use a broker that keeps to MQTT 3.1.1, section 4.4",
    ),
    Promise(
        f"carries a payload of {LARGEST_PAYLOAD // 1024} KiB",
        _carries_large,
        "set message_size_limit 1048576 and no smaller max_packet_size",
    ),
    Promise("keeps a retained message until it is cleared", _retains, "set retain_available true"),
    Promise("shares messages among workers, each to one", _shares, "only needed by several workers (--shared)", "warn"),
)

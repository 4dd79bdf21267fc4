"""Messages that are the fault: poisoned, out of time, a day late, or all of them once more."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.batches import ROLLUPS, ask
from tests.faults.fault import Fault
from tests.faults.known import Known, mixed, reading, refused
from tests.faults.poison import REFUSAL, SORTS
from tests.faults.stand import Stand
from tests.faults.tally import Tally

GOOD = 10_000  # two full batches
_DAY = timedelta(days=1)
_MINUTES = 24 * 60
_TABLES = (*(f"rollup_{unit}" for unit in ROLLUPS), "latest_readings")


def poisoned(stand: Stand) -> Tally:
    """Every sort of broken message among good ones, in batches as large as they get: only the broken are put aside."""
    stand.apply(REFUSAL)
    room = stand.worker()
    room.kill()  # what it finds when it returns fills whole batches
    good = [mixed(number, stand.start) for number in range(GOOD)]
    bad = [sort(number, stand.start) for sort in SORTS for number in range(3)]
    messages = good + bad
    stand.chance.shuffle(messages)
    with stand.stream(messages, per_second=GOOD):
        pass
    room.start()
    return stand.count()


_CLOCKS = {
    "slow": timedelta(hours=-5),
    "days-behind": timedelta(days=-3),
    "a-little-ahead": timedelta(minutes=8),
    "far-ahead": timedelta(minutes=20),
    "a-day-ahead": timedelta(days=1),
}
_JUMPS = (timedelta(0), timedelta(hours=-3), timedelta(minutes=8), timedelta(hours=-7))
_AHEAD = timedelta(minutes=10)


def drifting(number: int, now: datetime, messages: int) -> Known:
    """A reading of a device whose clock is wrong, of one whose clock jumps back and forth, or of one that lost it."""
    at = now + timedelta(milliseconds=number)
    match number % 8:
        case 0:
            body = reading("no-clock", datetime.fromtimestamp(number / 1000, now.tzinfo))
            return refused("too-old", body.topic, body.payload)
        case 1 | 2:
            return reading("jumping", at + _JUMPS[number * 20 // messages % len(_JUMPS)])
        case turn:
            name, wrong = list(_CLOCKS.items())[turn - 3]
            body = reading(name, at + wrong)
            return body if wrong < _AHEAD else refused("future-time", body.topic, body.payload)


def clocks_jump(stand: Stand) -> Tally:
    """Devices hours behind, ahead, and to and fro: all stored where they say, but what is far ahead is refused."""
    stand.worker()
    now = stand.start + timedelta(hours=1)
    messages = stand.scale.messages
    with stand.stream([drifting(number, now, messages) for number in range(messages)]):
        pass
    return stand.count()


def a_day(devices: int, start: datetime) -> list[Known]:
    """What a gateway heard in a whole day, a reading a minute of each device."""
    times = [start + timedelta(minutes=minute) for minute in range(_MINUTES)]
    return [reading(f"gateway-{device}", at, at.minute) for at in times for device in range(devices)]


def day_late(stand: Stand) -> Tally:
    """A gateway hands in a whole day 24 hours late, half of it backwards and half in no order, beside live readings."""
    stand.worker()
    late = a_day(max(1, stand.scale.messages // 2 // _MINUTES), stand.start - 2 * _DAY)
    backwards, scattered = late[::2][::-1], late[1::2]
    stand.chance.shuffle(scattered)
    woven = [each for pair in zip(backwards, scattered, strict=True) for each in pair]
    with stand.stream(), stand.stream(woven, per_second=stand.scale.per_second // 2):
        pass
    return stand.count()


def sent_again(stand: Stand) -> Tally:
    """A whole day comes twice more from another publisher, in another order: nothing changes, all of it is counted."""
    stand.worker()
    day = a_day(max(1, stand.scale.messages // 2 // _MINUTES), stand.start - _DAY)
    with stand.stream(day):
        pass
    stand.count()
    before = _kept(stand)
    again = stand.chance.sample(day, len(day))
    with stand.stream(again), stand.stream(day):
        pass
    counted = stand.count()
    assert _kept(stand) == before, "the aggregates changed"
    told = ask(stand.url, "SELECT sum(duplicates)::bigint FROM feeds")
    assert told == [(2 * len(day),)], f"feeds count {told} duplicates, expected {2 * len(day)}"
    return counted


def _kept(stand: Stand) -> Sequence[object]:
    rows = (ask(stand.url, f"SELECT {table}::text FROM {table}") for table in _TABLES)
    return sorted(map(repr, itertools.chain.from_iterable(rows)))


FAULTS = (
    Fault("poisoned messages", poisoned),
    Fault("clocks jump", clocks_jump),
    Fault("a day late", day_late),
    Fault("a day sent again", sent_again),
)

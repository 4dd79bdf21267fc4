"""The live feeds: endless iterators of messages in the order in which they are due."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sensors.virtual_city import complaints, forecasts, messages, prices, quakes
from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.flaws import Flaws
from sensors.virtual_city.gateways import changes, silence
from sensors.virtual_city.messages import Message, Sample
from sensors.virtual_city.pace import Beat, Pace
from sensors.virtual_city.world import World

_PACK = 80  # readings in a message of what was kept back
_BEHIND_GATEWAY = 0.4  # part of the devices that a gateway speaks for, in SenML


@dataclass(frozen=True, slots=True)
class City:
    """Everything the feeds need: the world, its pace, who speaks when, and what goes wrong (None: nothing)."""

    world: World
    pace: Pace
    beats: Sequence[Beat]
    flaws: Flaws | None
    opened_after: float

    @property
    def root(self) -> str:
        """The topic root of the pack."""
        return self.world.city.topic_root


def live(city: City, since: float) -> Iterator[Message]:
    """All messages due after an instant of the clock, endlessly."""
    feeds = (
        readings(city, since),
        morning_reports(city, since),
        case_steps(city, since),
        statuses(city, since),
        forecast_issues(city, since),
        earthquakes(city, since),
    )
    return heapq.merge(*feeds, key=lambda message: message.due)


def readings(city: City, since: float) -> Iterator[Message]:
    """The devices' readings."""
    queue = [
        (beat.instant(slot), number, slot)
        for number, beat in enumerate(city.beats)
        for slot in [beat.slot_after(since)]
    ]
    heapq.heapify(queue)
    while queue:
        at, number, slot = queue[0]
        beat = city.beats[number]
        heapq.heapreplace(queue, (beat.instant(slot + 1), number, slot + 1))
        yield from _spoken(city, beat, slot, at)


def morning_reports(city: City, since: float) -> Iterator[Message]:
    """The markets' prices."""
    while city.world.city.markets and city.world.city.commodities:
        until = since + 6 * HOUR
        for made in prices.reports(city.world, city.pace.world_time(since), city.pace.world_time(until)):
            stamped = replace(made, at=city.pace.clock_time(made.at))
            yield messages.report(city.root, stamped, city.world.sky.local)
        since = until


def case_steps(city: City, since: float) -> Iterator[Message]:
    """The complaints' changes of state."""
    while city.world.city.services:
        until = since + HOUR
        span = city.pace.world_time(since), city.pace.world_time(until)
        for step in recorded_steps(city, *span):
            stamped = replace(step, at=city.pace.clock_time(step.at))
            yield messages.case(city.root, stamped, city.world.sky.local)
        since = until


def statuses(city: City, since: float) -> Iterator[Message]:
    """Which devices go offline and come back, where the scenario has it."""
    while city.world.sky.scenario.outage:
        until = since + HOUR
        for change in changes(city.world.sky, city.pace.world_time(since), city.pace.world_time(until)):
            at = city.pace.clock_time(change.at)
            yield replace(messages.status(city.root, change.device, change.word), due=at, retained=True)
        since = until


def recorded_steps(city: City, since: float, until: float) -> Iterator[complaints.Step]:
    """The complaints' changes of state that somebody recorded, in (since, until] of the world's time."""
    for step in complaints.steps(city.world, since, until, city.opened_after):
        if not (city.flaws and city.flaws.unrecorded(step)):
            yield step


def forecast_issues(city: City, since: float) -> Iterator[Message]:
    """The forecasts for every kelurahan, twice a day by the clock."""
    while city.world.city.subdistricts:
        until = since + HOUR
        for issue in forecasts.issues(city.world, since, until):
            yield forecast(city, issue)
        since = until


def forecast(city: City, issue: forecasts.Issue) -> Message:
    """One kelurahan's forecast."""
    found = forecasts.document(city.world, city.pace, issue)
    return messages.bulletin(city.root, forecasts.CHANNEL, issue.due, found)


def earthquakes(city: City, since: float) -> Iterator[Message]:
    """The notices of earthquakes, by the clock: the ground does not live faster."""
    while True:
        until = since + HOUR
        for quake in quakes.quakes(city.world, since, until):
            yield earthquake(city, quake)
        since = until


def earthquake(city: City, quake: quakes.Quake) -> Message:
    """One notice."""
    return messages.bulletin(city.root, quakes.CHANNEL, quake.due, {"Infogempa": {"gempa": quake.gempa}})


def samples(city: City, beat: Beat, at: float) -> list[Sample]:
    """What the device reads at one of its instants."""
    world_at = city.pace.world_time(at)
    spans = {kind: city.pace.span(kind, beat.interval, at) for kind in beat.kinds}
    return [(at, kind, city.world.value(beat.device, kind, world_at, span)) for kind, span in spans.items()]


def reading(city: City, beat: Beat, at: float) -> Message:
    """One message of a device, in the words of its own protocol."""
    key, read = beat.device.key, samples(city, beat, at)
    if draw(0, "protocol", key) < _BEHIND_GATEWAY:
        return messages.senml(city.root, key, read, at)
    values: dict[str, float] = {kind: value for _, kind, value in read}
    spoken = city.flaws.spoil(key, at, values) if city.flaws else dict(values)
    return messages.plain(city.root, key, at, spoken, city.world.sky.local)


def _spoken(city: City, beat: Beat, slot: int, at: float) -> Iterator[Message]:
    before, outages = beat.instant(slot - 1), _outages(city, beat, at)
    if any(since < at <= until for since, until in outages):
        return
    for outage in outages:
        if before <= outage[1] < at:
            yield from _sent_late(city, beat, outage, at)
    message = reading(city, beat, at)
    yield message
    if city.flaws and city.flaws.twice(beat.device.key, at):
        yield message


def _outages(city: City, beat: Beat, at: float) -> list[tuple[float, float]]:
    """The newest outages (from, until, by the clock) of a device: its own, and its gateway's."""
    key, pace = beat.device.key, city.pace
    own = city.flaws.outage(key, at) if city.flaws else None
    gateway = silence(city.world.sky, key, pace.world_time(at))
    shared = (pace.clock_time(gateway[0]), pace.clock_time(gateway[1])) if gateway else None
    return [outage for outage in (own, shared) if outage]


def _sent_late(city: City, beat: Beat, outage: tuple[float, float], at: float) -> Iterator[Message]:
    late: list[Sample] = []
    slot = beat.slot_after(outage[0])
    while beat.instant(slot) <= outage[1]:
        late.extend(samples(city, beat, beat.instant(slot)))
        slot += 1
    for first in range(0, len(late), _PACK):
        yield messages.senml(city.root, beat.device.key, late[first : first + _PACK], at)

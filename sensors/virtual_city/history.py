"""History: the days before now as gateways send it, in packs, the newest first so that a wall is useful early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sensors.kinds import KINDS
from sensors.virtual_city import forecasts, messages, prices, quakes
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.feeds import City, earthquake, forecast, recorded_steps
from sensors.virtual_city.messages import Message, Sample
from sensors.virtual_city.pace import Beat

_BLOCK = 6 * HOUR
_FINE = DAY  # younger than this: every reading; older: one of each ten minutes
_COARSE = 600.0
_PACK = 80  # readings in a message


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of history (epoch s, `since` excluded) with its messages; `share` of the whole is done after it."""

    since: float
    until: float
    share: float
    messages: Iterator[Message]


def blocks(city: City, since: float, until: float, now: float) -> Iterator[Block]:
    """The stretches of (since, until], newest first; all cases and bulletins follow the first day's readings."""
    end, told = until, False
    while end > since:
        start = max(since, end - _BLOCK)
        yield Block(start, end, (until - start) / (until - since), _readings(city, start, end, now))
        if not told and (start <= until - _FINE or start <= since):
            told = True
            yield Block(start, start, (until - start) / (until - since), _told(city, since, until))
        end = start


def price_reports(city: City, since: float, until: float) -> Iterator[Message]:
    """What the markets reported in (since, until]: a span of its own, since a month of prices is judged."""
    for made in prices.reports(city.world, since, until):
        yield messages.report(city.root, made, city.world.sky.local)


def _readings(city: City, since: float, until: float, now: float) -> Iterator[Message]:
    fine = since >= now - _FINE - _BLOCK
    for beat in city.beats:
        every = 1 if fine else max(1, round(_COARSE / beat.interval))
        pack: list[Sample] = []
        for at, kind in _instants(beat, since, until, every):
            pack.append((at, kind, city.world.value(beat.device, kind, city.pace.world_time(at), beat.interval)))
            if len(pack) >= _PACK:
                yield messages.senml(city.root, beat.device.key, pack, at)
                pack = []
        if pack:
            yield messages.senml(city.root, beat.device.key, pack, pack[-1][0])


def _instants(beat: Beat, since: float, until: float, every: int) -> Iterator[tuple[float, str]]:
    """Which kinds to send when. Amounts of an interval are never thinned out: their sums would be wrong."""
    slot = beat.slot_after(since)
    while beat.instant(slot) <= until:
        for kind in beat.kinds:
            if slot % every == 0 or KINDS[kind].aggregate == "sum":
                yield beat.instant(slot), kind
        slot += 1


def _told(city: City, since: float, until: float) -> Iterator[Message]:
    yield from _cases(city, since, until)
    yield from _bulletins(city, since, until)


def _cases(city: City, since: float, until: float) -> Iterator[Message]:
    for step in recorded_steps(city, since, until):
        yield messages.case(city.root, step, city.world.sky.local)


def _bulletins(city: City, since: float, until: float) -> Iterator[Message]:
    """The earthquakes; of the forecasts only the newest, for nobody needs the others any more."""
    for quake in quakes.quakes(city.world, since, until):
        yield earthquake(city, quake)
    if until >= city.pace.anchor:
        for issue in forecasts.newest(city.world, until):
            yield forecast(city, issue)

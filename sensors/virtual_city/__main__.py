"""`python -m sensors.virtual_city`: the stand-in for field devices."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from threading import Event
from time import time

from sensors.city import load_city
from sensors.errors import SensorsError
from sensors.settings import Settings, load_settings
from sensors.virtual_city import feeds, messages, prices
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.flaws import Flaws
from sensors.virtual_city.messages import Message
from sensors.virtual_city.outbox import Broker, Outbox
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.scenario import SCENARIOS
from sensors.virtual_city.stage import Ledger, Stage
from sensors.virtual_city.state import Memory, recall
from sensors.virtual_city.world import World

_log = logging.getLogger(__name__)
_MILLION, _YEAR = 1_000_000, 365
_FAREWELL = 3.0  # s that a clean stop may take to hand over what is under way
_ABOUT = """\
A stand-in for the devices, markets and citizens of a city pack. It publishes by MQTT exactly as they would: readings
(plain JSON, and SenML where a gateway speaks), market prices in the morning, the cases of every service (complaints,
calls for help, licences and the like) and their follow-up. The same seed gives the same city at the same instant.
While it runs, its status topic says online and the room says DATA SIMULASI."""


def main() -> int:
    """Run until stopped; 0 after a clean stop, 2 when it cannot start (with one line saying why)."""
    options = _options(sys.argv[1:])
    try:
        settings = load_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s virtual-city: %(message)s", stream=sys.stderr)
        _run(options, settings)
    except SensorsError as error:
        sys.stderr.write(f"virtual-city: {error}\n")
        return 2
    return 0


def _run(options: argparse.Namespace, settings: Settings) -> None:
    stop = Event()
    for signalled in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signalled, lambda *_: stop.set())
    city, memory = _city(options, settings)
    root = city.root
    outbox = Outbox(Broker.at(settings.require_mqtt_url()), messages.status(root, options.name, "offline"), stop)
    outbox.open(messages.status(root, options.name, "online"), *_announced(city, options))
    stage = Stage(city, outbox, Ledger(settings.state_dir if options.backfill_days else None), stop)
    if options.once:
        stage.play_once(_once(city))
    else:
        until = city.pace.anchor + options.duration if options.duration else None
        stage.play(memory, city.pace.anchor - options.backfill_days * DAY, until)
    stop.set()
    outbox.close(messages.status(root, options.name, "offline"), _FAREWELL)
    _log.info("published %d messages with %d readings, prices and cases", outbox.published, outbox.readings)


def _city(options: argparse.Namespace, settings: Settings) -> tuple[feeds.City, Memory]:
    now = float(int(time()))
    memory = _memory(options, settings, now)
    ahead = 0.0 if options.start_at is None else options.start_at - now
    begins = memory.begins + ahead + options.lead_hours * HOUR
    world = World.of(load_city(settings.city), options.seed, SCENARIOS[options.scenario], begins)
    flaws = Flaws(options.seed) if options.rate is None else None
    pace = Pace(now, options.speed, ahead)
    return feeds.City(world, pace, beats(world, options.rate), flaws, memory.opened_after + ahead), memory


def _memory(options: argparse.Namespace, settings: Settings, now: float) -> Memory:
    oldest = now - options.backfill_days * DAY
    old = recall(settings.state_dir, options.seed) if options.backfill_days else None
    if old is None:
        return Memory(options.seed, options.scenario, now, oldest, now, now)
    begins = old.begins if old.scenario == options.scenario else now
    whole = oldest <= old.until <= now  # else a hole is left, or the clock was set back: all of it once more
    since, until, prices_since = (old.since, old.until, old.prices_since) if whole else (now, now, None)
    return Memory(options.seed, options.scenario, begins, min(old.opened_after, oldest), since, until, prices_since)


def _announced(city: feeds.City, options: argparse.Namespace) -> list[Message]:
    if options.rate is not None:
        return []
    return [messages.status(city.root, device, "online") for device in city.world.city.devices]


def _once(city: feeds.City) -> Iterator[Message]:
    now = city.pace.anchor
    today = city.pace.world_time(now)
    for beat in city.beats:
        yield feeds.reading(city, beat, beat.instant(beat.slot_after(now) - 1))
    # Two days back: whatever the hour, each market has had a morning to report.
    last = {made.market: made for made in prices.reports(city.world, today - 2 * DAY, today)}
    for made in last.values():
        stamped = replace(made, at=city.pace.clock_time(made.at))
        yield messages.report(city.root, stamped, city.world.sky.local)


def _options(arguments: list[str]) -> argparse.Namespace:
    scenarios = "\n".join(f"  {scenario.name:8} {scenario.summary}" for scenario in SCENARIOS.values())
    parser = argparse.ArgumentParser(
        prog="python -m sensors.virtual_city",
        description=_ABOUT,
        epilog=f"scenarios:\n{scenarios}\n\nWhere to publish and which city: LIVEROOM_MQTT_URL, LIVEROOM_CITY.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--seed", type=int, default=1, metavar="N", help="which of the possible cities (default 1)")
    add(
        "--rate",
        type=_positive,
        metavar="R",
        help="messages a second in all, by faultless devices (default: their own rhythm)",
    )
    add(
        "--speed",
        type=_positive,
        default=1.0,
        metavar="X",
        help="seconds the world lives in a second of the clock (default 1)",
    )
    add(
        "--scenario",
        choices=sorted(SCENARIOS),
        default="season",
        metavar="NAME",
        help="what happens; see below (default season)",
    )
    add(
        "--start-at",
        type=_instant,
        metavar="T",
        help="the world's own time at the start, like 2026-08-12T15:00:00+07:00 (default: the clock's)",
    )
    add(
        "--lead-hours",
        type=_hours,
        default=0.0,
        metavar="H",
        help="hours of the world before the scenario begins (default 0)",
    )
    add(
        "--backfill-days",
        type=_days,
        default=0.0,
        metavar="N",
        help="publish what is missing of the last N days first, of prices 60 days (default 0: nothing)",
    )
    add(
        "--name",
        default="virtual-city",
        metavar="ID",
        help="the device whose status topic says online (default virtual-city)",
    )
    ending = parser.add_mutually_exclusive_group()
    ending.add_argument(
        "--once", action="store_true", help="publish one message of every device and the last prices, then stop"
    )
    ending.add_argument(
        "--duration", type=_positive, metavar="S", help="stop after what is due in S seconds (default: never)"
    )
    options = parser.parse_args(arguments)
    if options.backfill_days and (options.start_at is not None or options.lead_hours):
        parser.error("--backfill-days goes with neither --start-at nor --lead-hours: the past is the clock's own")
    return options


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < _MILLION:
        raise argparse.ArgumentTypeError(f"found {text}, expected a number above 0 and below a million")
    return number


def _hours(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 24 * _YEAR:
        raise argparse.ArgumentTypeError(f"found {text}, expected 0 to {24 * _YEAR} hours")
    return number


def _instant(text: str) -> float:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"found {text}, expected a time with its offset like 2026-08-12T15:00:00+07:00"
        )
    return at.timestamp()


def _days(text: str) -> float:
    number = float(text)
    if not 0 <= number <= _YEAR:
        raise argparse.ArgumentTypeError(f"found {text}, expected 0 to 365 days")
    return number


if __name__ == "__main__":
    sys.exit(main())

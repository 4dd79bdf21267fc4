"""`python -m ingest.fetch`: ask the pack's sources for what is new and publish it by MQTT, like any other sender.

It asks only with LIVEROOM_FETCH=1. `--file` publishes one document from a file, whatever the setting says.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
import time
from functools import partial
from pathlib import Path

import httpx

from data.components import Component
from ingest.errors import IngestError
from ingest.fetch.bucket import Bucket
from ingest.fetch.counts import Counts
from ingest.fetch.download import TIMEOUT, Downloader, FetchError
from ingest.fetch.memory import Memory
from ingest.fetch.rounds import Rounds, addresses
from ingest.heartbeat import Heartbeat
from ingest.process import on_stop_signals
from ingest.publisher import Publisher
from sensors.city import City, load_city
from sensors.errors import SensorsError
from sensors.pack.entry import ID
from sensors.settings import Settings, load_settings


class NotAskedError(IngestError):
    """Nobody switched fetching on."""


def user_agent(city: City, public_url: str | None) -> str:
    """Who asks, so that whoever is asked can find us: ASCII, as headers are."""
    name = city.name.encode("ascii", "replace").decode()
    return f"LIVE-Room ({name}{f'; +{public_url}' if public_url else ''})"


def client_of(city: City, public_url: str | None) -> httpx.Client:
    """The client every request goes through."""
    return httpx.Client(timeout=TIMEOUT, headers={"User-Agent": user_agent(city, public_url)})


def main() -> int:
    """Run until SIGTERM or SIGINT: 0; 1 with one line on stderr when it cannot start."""
    found = _arguments()
    try:
        settings = load_settings()
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
        )
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log addresses, which may hold keys
        if found.file:
            _publish_file(settings, found.file, found.channel)
        else:
            _fetch(settings, once=found.once)
    except (IngestError, SensorsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ingest.fetch", description=__doc__)
    parser.add_argument("--once", action="store_true", help="ask every address one time, then stop")
    parser.add_argument("--file", type=Path, help="publish this file instead of asking anybody")
    parser.add_argument("--channel", help="the channel that --file speaks on")
    found = parser.parse_args()
    if (found.file is None) != (found.channel is None):
        parser.error("--file and --channel: expected both, or none")
    if found.channel and not ID.fullmatch(found.channel):
        parser.error(f"--channel: found {found.channel!r}, expected lower-case letters, digits and hyphens")
    return found


def _publish_file(settings: Settings, file: Path, channel: str) -> None:
    try:
        payload = file.read_bytes()
    except OSError as error:
        raise IngestError(f"--file: found no readable {file} ({error.strerror}), expected a document") from None
    with Publisher(settings.require_mqtt_url(), "fetch") as publisher:
        publisher.publish(_topic(load_city(settings.city), channel), payload)


def _fetch(settings: Settings, *, once: bool) -> None:
    if not settings.fetch:
        raise NotAskedError("LIVEROOM_FETCH is not 1: nothing is fetched (--file works without it)")
    city, counts, stopping = load_city(settings.city), Counts(), threading.Event()
    on_stop_signals(stopping.set)
    with (
        client_of(city, settings.public_url) as client,
        Publisher(settings.require_mqtt_url(), "fetch") as publisher,
    ):
        downloader = Downloader(client, Bucket(), partial(_pause, stopping))
        rounds = Rounds(
            downloader,
            lambda channel, payload: publisher.publish(_topic(city, channel), payload),
            Memory(settings.state_dir),
            counts,
            time.time,
        )
        heartbeat = Heartbeat(
            Component(settings.require_database_url(), "fetch", "fetch-0"),
            lambda: {"broker": "connected" if publisher.connected else "away"},
            counts.text,
        )
        heartbeat.start()
        try:
            (rounds.once if once else rounds.run)(addresses(city), stopping)
        finally:
            heartbeat.stop()


def _topic(city: City, channel: str) -> str:
    return f"{city.topic_root}/bulletins/{channel}"


def _pause(stopping: threading.Event, seconds: float) -> None:
    """Wait; a stop ends the waiting and what it was for."""
    if stopping.wait(seconds):
        raise FetchError("stopped", "told to stop")


if __name__ == "__main__":
    sys.exit(main())

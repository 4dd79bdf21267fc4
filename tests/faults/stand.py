"""A place to break things in: a database, a broker and workers of a case's own, and a count at the end."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import LiteralString

import psycopg

from deploy.local.mosquitto import Mosquitto
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.programs import find_programs
from tests import servers
from tests.batches import ask
from tests.faults import tally
from tests.faults.known import Known, mixed
from tests.faults.stream import Stream
from tests.faults.tally import Tally
from tests.ingesting import Worker, an_hour_ago, until
from tests.relay import Relay

PROGRAM = ("-m", "ingest")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much a case publishes and how fast, how often it breaks something, and how long what lasts lasts, s."""

    messages: int
    per_second: int
    rounds: int
    lasting: float


SMALL = Scale(messages=6_000, per_second=2_000, rounds=2, lasting=3.0)
LARGE = Scale(messages=50_000, per_second=5_000, rounds=5, lasting=30.0)


class Broker(Mosquitto):
    """A Mosquitto that saves its sessions every `autosave` seconds."""

    def __init__(self, folder: Path, autosave: int) -> None:
        super().__init__(find_programs(servers.STATE), folder, free_port())
        self._autosave = autosave

    def prepare(self) -> None:
        super().prepare()
        usual = self._config.read_text()
        self._config.write_text(usual.replace("autosave_interval 10", f"autosave_interval {self._autosave}"))


@dataclass(slots=True)
class Stand:
    """What one case has for itself. `chance` is the same whenever the case comes to the same turn."""

    postgres: Postgres
    url: str
    broker: Broker
    scale: Scale
    chance: random.Random
    stack: ExitStack
    start: datetime = field(default_factory=an_hour_ago)
    streams: list[Stream] = field(default_factory=list)

    def worker(
        self,
        *arguments: str,
        client_id: str = "ingest-0",
        program: Sequence[str] | None = None,
        url: str | None = None,
        mqtt_url: str | None = None,
    ) -> Worker:
        """A started worker on these servers, gone when the case is over."""
        made = Worker(url or self.url, mqtt_url or self.broker.url, arguments, program or PROGRAM, client_id)
        self.stack.callback(made.log.unlink, missing_ok=True)
        self.stack.callback(made.kill)
        return made.start()

    def relay(self, port: int) -> Relay:
        """A cable to that port, to cut."""
        cable = Relay(port)
        self.stack.callback(cable.close)
        return cable

    def known(self, messages: int | None = None, devices: int = 40) -> list[Known]:
        """The messages of a case that needs no others."""
        return [mixed(number, self.start, devices) for number in range(messages or self.scale.messages)]

    @contextmanager
    def stream(self, messages: Sequence[Known] | None = None, per_second: int | None = None) -> Iterator[Stream]:
        """Publish in the background meanwhile; afterwards the broker has taken everything."""
        made = Stream(self.broker.url, messages or self.known(), per_second or self.scale.per_second)
        self.streams.append(made)
        made.start()
        try:
            yield made
        except BaseException:
            made.give_up()
            raise
        made.finish()

    def pause(self, shortest: float, longest: float) -> None:
        """Wait for a moment of chance."""
        time.sleep(self.chance.uniform(shortest, longest))

    def apply(self, sql: LiteralString) -> None:
        """Change the database."""
        with psycopg.connect(self.url) as session:
            session.execute(sql)

    def committed(self) -> int:
        """Messages committed so far."""
        return int(ask(self.url, "SELECT coalesce(sum(messages), 0)::bigint FROM feeds")[0][0])

    def await_work(self, stream: Stream, before: int = 0) -> None:
        """Wait until more is committed than `before`, so that what breaks next breaks something."""
        until(lambda: self.committed() > before or not stream.is_alive(), "the worker to commit something")

    def count(self, quiet: float = tally.QUIET) -> Tally:
        """Wait for everything that was published and count what became of it."""
        return tally.take(self.url, self.streams, quiet)

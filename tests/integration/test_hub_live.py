"""The hub against a real database: what is committed reaches every display, newest and once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from dashboard.hub import Hub
from dashboard.live import frames
from dashboard.sights import Sights
from data.listener import listen
from data.records import Message
from data.store import Store
from data.writer import Writer
from sensors.city import City, load_city
from sensors.codecs import Reading

pytestmark = pytest.mark.integration
WITHIN = 20.0
DEVICE = "gauge-pintu-air-10"
VALUE = f"rivers-reading-{DEVICE}-water_level"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@asynccontextmanager
async def running(city: City, url: str) -> AsyncIterator[Hub]:
    store = await Store.open(url)
    hub = Hub(city, Sights.of(city).wall(), store.ask, partial(listen, url), build="b", simulating=False)
    task = asyncio.create_task(hub.run())
    try:
        async with asyncio.timeout(WITHIN):
            while not (hub.listening and hub.room.database):  # noqa: ASYNC110 - states without an event
                await asyncio.sleep(0.01)
        yield hub
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await store.close()


class Display:
    """A page: what the newest frames say of each element."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._pieces: AsyncIterator[bytes] | None = None
        self.shown: dict[str, dict[str, Any]] = {}
        self.frames = 0

    async def open(self) -> Display:
        view = await self._hub.view("overview", {"measure": "keluhan"})
        self._pieces = frames(self._hub, view, None)
        return self

    async def until(self, element: str, value: str) -> None:
        assert self._pieces is not None
        async with asyncio.timeout(WITHIN):
            while self.shown.get(element, {}).get("data-value") != value:
                self._take(await anext(self._pieces))

    def _take(self, piece: bytes) -> None:
        for block in piece.decode().strip().split("\n\n"):
            body = json.loads(block.partition("data: ")[2])
            self.frames += "items" in body
            for item in body.get("items", []):
                self._show(item["id"], item["props"])

    def _show(self, name: str, props: dict[str, Any]) -> None:
        self.shown.setdefault(name, {}).update(props)
        children = props.get("children")
        for child in children if isinstance(children, list) else [children]:
            if isinstance(child, dict):
                self._show(child["props"].get("id") or f"{name}/", child["props"])


def commit(writer: Writer, value: float) -> None:
    now = datetime.now(UTC)
    reading = Reading(DEVICE, "water_level", now, value)
    writer.write([Message("tangerang/readings/x", b"{}", 2, now, "readings", readings=(reading,))])


def test_every_commit_reaches_every_display(city: City, database_url: str) -> None:
    async def story() -> None:
        writer = Writer(database_url, "w", city.devices, city.zone.key)
        async with running(city, database_url) as hub:
            displays = [await Display(hub).open() for _ in range(3)]
            for value in range(100, 130):
                await asyncio.to_thread(commit, writer, float(value))
                for display in displays:
                    await display.until(VALUE, str(value))
        writer.close()

    asyncio.run(story())


def test_a_burst_of_commits_is_few_frames_and_ends_with_the_last(city: City, database_url: str) -> None:
    async def story() -> None:
        writer = Writer(database_url, "w", city.devices, city.zone.key)
        async with running(city, database_url) as hub:
            display = await Display(hub).open()
            await asyncio.to_thread(lambda: [commit(writer, float(value)) for value in range(100, 300)])
            await display.until(VALUE, "299")
            assert display.frames < 100
        writer.close()

    asyncio.run(story())

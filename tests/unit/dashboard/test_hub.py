"""The hub with a small wall and a database made of dictionaries: what is asked, drawn and sent, and how often."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from dashboard.errors import UnknownSceneError
from dashboard.hub import ASIDE, QUICK, Hub, Wall
from dashboard.live import frames
from dashboard.view import View
from data.errors import DatabaseAway
from layouts import html
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City, load_city

WITHIN = 5.0
LEVEL = Question("level")


@dataclass(frozen=True)
class Said:
    """What a listener says."""

    streams: frozenset[str]
    gap: bool = False
    connected: bool = True
    behind: int = 0


@dataclass
class Database:
    """Answers from dictionaries, counts what it is asked, can be away."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    away: bool = False
    held: asyncio.Event | None = None  # while set and not open, questions called `long…` get no answer
    waiting: int = 0
    said: asyncio.Queue[Said] = field(default_factory=asyncio.Queue)

    async def ask(self, name: str, _: Mapping[str, Any]) -> Sequence[Row]:
        if self.away:
            raise DatabaseAway("nobody answers")
        self.asked[name] += 1
        if self.held is not None and name.startswith("long"):
            self.waiting += 1
            await self.held.wait()
        return [dict(row) for row in self.rows.get(name, [])]

    async def follow(self) -> AsyncIterator[Said]:
        while True:
            yield await self.said.get()

    def commit(self, name: str, value: object, stream: str = "readings") -> None:
        self.rows[name] = [{"value": value}]
        self.said.put_nowait(Said(frozenset({stream})))


def draw(key: str) -> Callable[[Rows, Context], Element]:
    def render(rows: Rows, context: Context) -> Element:
        value = rows["level"][0]["value"] if rows["level"] else "–"
        if value == "broken":
            raise ValueError("a picture nobody can draw")
        return html.Section(
            html.Span(str(value), id=f"{key}-value"), id=f"panel-{key}", title=context.options.get("measure", "")
        )

    return render


def draw_nothing(rows: Rows, context: Context) -> Element:
    return html.Section(id="panel-slow")


def panel(key: str, every: float = 0.0, question: Question = LEVEL) -> Panel:
    minute = timedelta(minutes=1)
    return Panel(key, key.title(), frozenset({"readings"}), (question,), draw(key), minute, minute, every)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.fixture
def database() -> Database:
    return Database(rows={"level": [{"value": 1}]})


@asynccontextmanager
async def running(city: City, database: Database, *panels: Panel) -> AsyncIterator[Hub]:
    keys = [panel.key for panel in panels]
    wall = Wall({panel.key: panel for panel in panels}, {"overview": keys, "other": keys}, "overview", {})
    hub = Hub(city, wall, database.ask, database.follow, build="b1", simulating=False)
    task = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Display:
    """A page: reads the stream and keeps what the newest frames say of each element."""

    def __init__(self, hub: Hub, view: View) -> None:
        self._pieces = frames(hub, view, None)
        self.shown: dict[str, dict[str, Any]] = {}
        self.beat: dict[str, Any] = {}
        self.kinds: list[str] = []
        self.changes: list[set[str]] = []  # the elements that each frame of changes names

    async def until(self, wanted: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN):
            while not wanted():
                self._take(await anext(self._pieces))

    def _take(self, piece: bytes) -> None:
        for block in piece.decode().strip().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines())
            body = json.loads(fields["data"])
            self.kinds.append(fields["event"])
            self.beat = body if fields["event"] == "beat" else self.beat
            if fields["event"] == "changes":
                self.changes.append({item["id"] for item in body["items"]})
            for item in body.get("items", []):
                self.shown.setdefault(item["id"], {}).update(item["props"])

    async def close(self) -> None:
        await self._pieces.aclose()  # type: ignore[attr-defined]


async def commit_and_see(database: Database, display: Display, value: int) -> None:
    """Let the level be another one, and wait until panel `a` says so."""
    database.commit("level", value)
    await display.until(lambda: display.shown.get("a-value", {}).get("children") == str(value))


def test_a_commit_becomes_one_change_of_one_element(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a")) as hub:
            display = Display(hub, await hub.view("overview", {}))
            await display.until(lambda: "snapshot" in display.kinds)
            database.commit("level", 2)
            await display.until(lambda: display.shown.get("a-value", {}).get("children") == "2")
            assert set(display.shown["a-value"]) == {"children"}

    asyncio.run(story())


def test_panels_views_and_displays_share_one_asking(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a"), panel("b")) as hub:
            displays = [Display(hub, await hub.view(scene, {})) for scene in ("overview", "other", "overview")]
            before = database.asked["level"]
            database.commit("level", 7)
            for display in displays:
                await display.until(lambda display=display: "7" in json.dumps(display.shown))  # type: ignore[misc]
            assert database.asked["level"] == before + 1

    asyncio.run(story())


def test_a_question_with_patience_is_not_asked_at_every_commit(city: City, database: Database) -> None:
    async def story() -> None:
        slow = panel("slow", question=Question("trend", every=60))
        async with running(city, database, panel("a"), dataclasses.replace(slow, render=draw_nothing)) as hub:
            display = Display(hub, await hub.view("overview", {}))
            for value in range(2, 5):
                await commit_and_see(database, display, value)
            assert database.asked["level"] == 4
            assert database.asked["trend"] == 1

    asyncio.run(story())


@pytest.mark.parametrize(("closely", "together"), [(3600.0, True), (0.0, False)])
def test_what_seldom_panels_changed_goes_with_the_next_frame_while_they_come_closely(
    city: City, database: Database, monkeypatch: pytest.MonkeyPatch, closely: float, together: bool
) -> None:
    monkeypatch.setattr("dashboard.next_frame.CLOSELY", closely)
    monkeypatch.setattr("dashboard.next_frame.HELD_FOR", 3600.0)

    async def story() -> None:
        async with running(city, database, panel("a"), panel("b", every=QUICK)) as hub:
            display = Display(hub, await hub.view("overview", {}))
            for value in range(2, 12):
                await commit_and_see(database, display, value)
                await asyncio.sleep(QUICK)
            late = [each for each in display.changes[2:] if "b-value" in each]  # two frames say how close they come
            assert late
            assert all(("a-value" in each) is together for each in late), display.changes

    asyncio.run(story())


def test_what_was_held_goes_by_itself_where_no_frame_comes(
    city: City, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.next_frame.CLOSELY", 3600.0)

    async def story() -> None:
        async with running(city, database, panel("a"), panel("b", every=QUICK)) as hub:
            display = Display(hub, await hub.view("overview", {}))
            for value in range(2, 6):
                await commit_and_see(database, display, value)
            await display.until(lambda: display.shown.get("b-value", {}).get("children") == "5")
            assert {"b-value"} in display.changes

    asyncio.run(story())


def test_long_questions_leave_connections_to_the_news(city: City, database: Database) -> None:
    async def story() -> None:
        database.held = asyncio.Event()
        longs = [panel(f"p{n}", question=Question(f"long{n}", every=60)) for n in range(6)]
        longs = [dataclasses.replace(each, render=draw_nothing) for each in longs]
        async with running(city, database, panel("a"), *longs) as hub:
            display = Display(hub, hub.open("overview", {}))
            for value in range(2, 5):
                database.commit("level", value)
                await display.until(lambda value=value: f'"{value}"' in json.dumps(display.shown))  # type: ignore[misc]
            assert database.waiting == ASIDE
            database.held.set()
            await display.until(lambda: database.waiting == len(longs))

    asyncio.run(story())


def test_a_panel_that_fails_keeps_its_picture_and_is_named(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a"), panel("b")) as hub:
            view = await hub.view("overview", {})
            display = Display(hub, view)
            database.commit("level", "broken")
            await display.until(lambda: display.beat.get("failing") == ["a", "b"])
            assert view.pictures["a"]["props"]["children"]["props"]["children"] == "1"
            database.commit("level", 3)
            await display.until(lambda: display.beat.get("failing") == [] and "3" in json.dumps(display.shown))

    asyncio.run(story())


def test_a_database_that_goes_and_comes_back_brings_the_newest_rows(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a")) as hub:
            display = Display(hub, await hub.view("overview", {}))
            await display.until(lambda: display.beat.get("room", {}).get("database") is True)
            database.away = True
            await display.until(lambda: display.beat["room"]["reasons"] == ["database"])
            database.rows["level"] = [{"value": 9}]
            database.away = False
            database.said.put_nowait(Said(frozenset(), gap=True))
            await display.until(lambda: "9" in json.dumps(display.shown) and display.beat["room"]["database"] is True)

    asyncio.run(story())


def test_a_page_opened_while_the_database_is_away_says_so_instead_of_waiting(city: City, database: Database) -> None:
    async def story() -> None:
        database.away = True
        async with running(city, database, panel("a")) as hub:
            view = await hub.view("overview", {})
            assert view.pictures["a"]["props"]["data-state"] == "empty"

    asyncio.run(story())


def test_a_display_that_leaves_is_counted_out(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a")) as hub:
            view = await hub.view("overview", {})
            display = Display(hub, view)
            await display.until(lambda: "snapshot" in display.kinds)
            assert view.displays == 1
            await display.close()
            assert view.displays == 0

    asyncio.run(story())


def test_a_picture_that_nobody_sees_is_kept_warm_and_is_new_for_whoever_comes(city: City, database: Database) -> None:
    drawings: list[str] = []

    def drawn(rows: Rows, context: Context) -> Element:
        drawings.append(str(rows["level"][0]["value"]))
        return draw("a")(rows, context)

    async def story() -> None:
        async with running(city, database, dataclasses.replace(panel("a"), render=drawn)) as hub:
            view = await hub.view("overview", {})
            async with asyncio.timeout(WITHIN):
                for value in range(2, 12):
                    before = database.asked["level"]
                    database.commit("level", value)
                    while database.asked["level"] == before:  # noqa: ASYNC110 - a count without an event
                        await asyncio.sleep(0.001)
            assert len(drawings) < 5, drawings
            display = Display(hub, view)
            await display.until(lambda: "11" in json.dumps(display.shown))

    asyncio.run(story())


def test_who_has_done_something_is_shown_it_however_seldom_the_panel_is_drawn(city: City, database: Database) -> None:
    async def story() -> None:
        seldom = panel("a", every=3600.0, question=Question("level", every=3600.0))
        async with running(city, database, seldom) as hub:
            view = await hub.view("overview", {})
            database.rows["level"] = [{"value": 9}]
            async with asyncio.timeout(WITHIN):
                await hub.renewed(view)
            assert "9" in json.dumps(view.pictures["a"])

    asyncio.run(story())


def test_streams_end_when_the_server_stops(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a")) as hub:
            pieces = frames(hub, await hub.view("overview", {}), None)
            await anext(pieces)
            hub.stop()
            async with asyncio.timeout(WITHIN):
                assert [piece async for piece in pieces if b"event: beat" not in piece] == []

    asyncio.run(story())


def test_a_scene_nobody_made_is_refused_by_name(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, panel("a")) as hub:
            with pytest.raises(UnknownSceneError, match=r"'cellar'.*overview"):
                await hub.view("cellar", {})

    asyncio.run(story())


def test_options_reach_the_picture(city: City, database: Database) -> None:
    async def story() -> None:
        async with running(city, database, dataclasses.replace(panel("a"), options=("measure",)), panel("b")) as hub:
            one, other = [await hub.view("overview", {"measure": measure}) for measure in ("pm25", "hujan")]
            assert [view.pictures["a"]["props"]["title"] for view in (one, other)] == ["pm25", "hujan"]
            assert one.pictures["b"] is other.pictures["b"], "a panel that does not depend on a choice is drawn once"

    asyncio.run(story())


def test_a_question_that_takes_a_choice_is_asked_for_each_and_forgotten_with_its_page(
    city: City, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        cases = dataclasses.replace(panel("a", question=Question("district_cases")), options=("district",))
        cases = dataclasses.replace(cases, render=draw_nothing, streams=frozenset({"cases"}))
        async with running(city, database, panel("b"), cases) as hub:
            await hub.view("other", {"district": "36.71.01"})
            await hub.view("other", {"district": "36.71.02"})
            await hub.view("other", {"district": "36.71.02"})
            assert database.asked["district_cases"] == 3, "once for each, and once for the warm page that says none"
            monkeypatch.setattr("dashboard.hub.KEEP_VIEW", 0.0)
            await asyncio.sleep(1.5)
            before = database.asked["district_cases"]
            database.said.put_nowait(Said(frozenset({"cases"})))
            await asyncio.sleep(0.3)
            assert database.asked["district_cases"] == before + 1

    asyncio.run(story())

"""A replay with a past made of dictionaries: what is asked as of when, and what a display is sent."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.moments import Moment, present
from dashboard.replays import MOST, Replays
from dashboard.sights import Sight
from data.errors import DatabaseAway
from layouts import html
from layouts.html import Element
from layouts.page import Page
from layouts.panel import Context, Panel, Question, Row, Rows
from tests.pack import CITY

MINUTE = timedelta(minutes=1)
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
AT = datetime(2026, 11, 20, 16, 15, tzinfo=UTC)


class Past:
    """Knows for every moment how many minutes it is from `AT`; counts what it is asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.away = False

    async def ask(self, name: str, params: Mapping[str, Any]) -> Sequence[Row]:
        if self.away:
            raise DatabaseAway("nobody answers")
        self.asked[name] += 1
        if name in ("level", "slow"):
            return [{"minutes": (params["now"] - AT) // MINUTE}]
        return [{"since": SINCE}] if name == "replay_since" else []


def draw(rows: Rows, context: Context) -> Element:
    (answer,) = rows.values()
    return html.Section(html.Span(str(answer[0]["minutes"]), id="value"), id="panel", title=context.now.isoformat())


def panel(question: Question) -> Panel:
    return Panel(question.name, "Muka air", frozenset({"readings"}), (question,), draw, MINUTE, MINUTE)


QUICK, SLOW = panel(Question("level")), panel(Question("slow", every=600.0))
SIGHT = Sight("sungai", Page("sungai", "/sungai", lambda *_: "Sungai", (QUICK, SLOW)))
Event = tuple[str, str, dict[str, Any]]


async def events(pieces: AsyncIterator[bytes]) -> AsyncIterator[Event]:
    async for piece in pieces:
        for block in piece.decode().strip().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines())
            yield fields["event"], fields.get("id", ""), json.loads(fields["data"])


def played(past: Past, moment: Moment, until: Callable[[list[Event]], bool], after: str | None = None) -> list[Event]:
    """What a display is sent until it has enough."""

    async def story() -> list[Event]:
        found: list[Event] = []
        replays = Replays(CITY, past.ask, "b1")
        async with asyncio.timeout(10), aclosing(replays.frames(SIGHT, {}, moment, after, None)) as pieces:  # type: ignore[type-var]
            async for event in events(pieces):
                found.append(event)
                if until(found):
                    break
        return found

    return asyncio.run(story())


def test_a_moment_that_stands_is_asked_once_and_its_heart_goes_on() -> None:
    past = Past()
    found = played(past, Moment(AT, 0, SINCE), lambda found: len(found) >= 6)
    assert [name for name, _, _ in found] == ["snapshot", "beat", "changes", "beat", "changes", "beat"]
    assert {body["at"] for _, _, body in found} == {AT.isoformat()}
    assert [len(body["items"]) for name, _, body in found if name != "beat"] == [2, 0, 0]
    assert (past.asked["level"], past.asked["slow"], past.asked["components"]) == (1, 1, 1)


def test_what_may_wait_is_asked_by_the_time_that_has_gone_by_there() -> None:
    past = Past()
    played(past, Moment(AT, 60, SINCE), lambda found: len(found) >= 6)
    assert (past.asked["level"], past.asked["slow"]) == (3, 1)  # a minute of ten has gone by
    past = Past()
    played(past, Moment(AT, 600, SINCE), lambda found: len(found) >= 8)
    assert past.asked["level"] == 4
    assert 1 < past.asked["slow"] < 4


def test_a_picture_and_its_clock_are_of_one_moment() -> None:
    found = played(Past(), Moment(AT, 600, SINCE), lambda found: len(found) >= 6)
    for name, cursor, body in found[2:]:
        gone = (datetime.fromisoformat(body["at"]) - AT) // MINUTE
        assert gone >= 4
        if name == "changes":
            assert {"id": "value", "props": {"children": str(gone)}} in body["items"]
            assert int(cursor) == pytest.approx(datetime.fromisoformat(body["at"]).timestamp() * 1000, abs=1)


def test_a_stream_goes_on_where_the_display_was() -> None:
    after = f"{(AT + 7 * MINUTE).timestamp() * 1000:.0f}"
    (event,) = played(Past(), Moment(AT, 60, SINCE), bool, after)
    assert event[2]["at"] == (AT + 7 * MINUTE).isoformat()
    for nonsense in ("", "abc-3", "1", "9" * 30):
        (event,) = played(Past(), Moment(AT, 60, SINCE), bool, nonsense)
        assert event[2]["at"] == AT.isoformat()


def test_a_replay_never_goes_beyond_the_present() -> None:
    found = played(Past(), Moment(present() - 2 * MINUTE, 600, SINCE), lambda _: False)
    name, _, last = found[-1]
    assert (name, last["over"]) == ("beat", True)
    assert datetime.fromisoformat(last["at"]) <= datetime.fromisoformat(last["present"])


def test_a_past_that_is_away_is_told_and_asked_again() -> None:
    past = Past()
    past.away = True

    def back(found: list[Event]) -> bool:
        past.away = len(found) < 4
        return found[-1][2].get("failing") == ["slow"]  # which may wait, there too

    found = played(past, Moment(AT, 60, SINCE), back)
    assert found[1][2]["failing"] == ["level", "slow"]
    assert found[1][2]["room"]["reasons"] == ["database"]


def test_a_display_that_leaves_frees_its_place() -> None:
    async def story() -> None:
        replays = Replays(CITY, Past().ask, "b1")
        moment = Moment(AT, 0, SINCE)
        streams = [replays.frames(SIGHT, {}, moment, None, None) for _ in range(MOST)]
        for stream in streams:
            await anext(stream)
        assert replays.full
        await streams[0].aclose()  # type: ignore[attr-defined]
        assert not replays.full
        assert (await replays.still(SIGHT, {}, replace(moment, at=AT + MINUTE))).pictures["level"]["props"]["title"]
        replays.stop()
        for stream in streams[1:]:
            with pytest.raises(StopAsyncIteration):
                await anext(stream)

    asyncio.run(story())

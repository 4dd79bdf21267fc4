"""The ring of frames: changes when a display is near, the whole picture when it fell off, and only what is new."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.diff import Change
from dashboard.view import FRAMES_KEPT, Cursor, View

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)


@pytest.fixture
def view() -> View:
    view = View("overview", {}, ["x"], "epoch")
    view.pictures["x"] = {"type": "Section", "props": {"id": "panel-x", "children": "0"}}
    return view


def push(view: View, number: int) -> None:
    view.pictures["x"]["props"]["children"] = str(number)
    view.push([Change("panel-x", {"children": str(number)})], NOW)


def events(piece: bytes) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in piece.decode().strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_a_new_display_gets_the_whole_picture(view: View) -> None:
    push(view, 1)
    (event,) = events(view.read(None, NOW))
    assert event == (
        "snapshot",
        {"seq": 1, "at": NOW.isoformat(), "items": [{"id": "slot-x", "props": {"children": view.pictures["x"]}}]},
    )


def test_a_display_gets_every_frame_after_its_cursor_once(view: View) -> None:
    push(view, 1)
    cursor = view.cursor
    push(view, 2)
    push(view, 3)
    assert [(name, body["seq"]) for name, body in events(view.read(cursor, NOW))] == [("changes", 2), ("changes", 3)]
    assert view.read(view.cursor, NOW) == b""


def test_a_display_that_fell_off_the_ring_gets_the_newest_picture(view: View) -> None:
    push(view, 1)
    cursor = view.cursor
    for number in range(2, FRAMES_KEPT + 3):
        push(view, number)
    ((name, body),) = events(view.read(cursor, NOW))
    assert name == "snapshot"
    assert body["items"][0]["props"]["children"]["props"]["children"] == str(FRAMES_KEPT + 2)


@pytest.mark.parametrize("cursor", [Cursor("another life", 1), Cursor("epoch", 99)])
def test_a_cursor_of_another_life_or_of_the_future_is_worth_nothing(view: View, cursor: Cursor) -> None:
    push(view, 1)
    assert events(view.read(cursor, NOW))[0][0] == "snapshot"


def test_only_the_newest_heartbeat_waits_for_a_slow_display(view: View) -> None:
    for number in range(5):
        view.beat({"number": number}, NOW)
    seen, piece = view.newest_beat(0)
    assert [body["number"] for _, body in events(piece)] == [4]
    assert view.newest_beat(seen)[1] == b""


def test_a_display_that_waits_is_woken_by_a_frame(view: View) -> None:
    news = view.news()
    push(view, 1)
    assert news.is_set()
    assert not view.news().is_set()


@pytest.mark.parametrize("text", [None, "", "-", "5", "epoch-", "epoch-x", "epoch-٣", "e-" + "9" * 30])
def test_what_is_no_cursor_is_none(text: str | None) -> None:
    assert Cursor.parse(text) is None


def test_a_cursor_survives_the_browser() -> None:
    assert Cursor.parse(str(Cursor("ab12", 7))) == Cursor("ab12", 7)

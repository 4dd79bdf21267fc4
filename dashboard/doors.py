"""Coming in and going out: Dash's set-up at the start, and a quick stop."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import FrameType

from starlette.types import ASGIApp, Message, Scope

from dashboard.errors import DashboardError

DASH = "/dash/"
"""Where Dash's own addresses are; a page never is there."""
SET_UP = (f"{DASH}_dash-dependencies", DASH)


async def finish_set_up(app: ASGIApp) -> None:
    """Ask the application what only Dash answers, so that Dash completes itself before the first client comes.

    Otherwise a page that was open during a restart is told "Callback function not found" for ever; and its index tells
    what a page needs in order to load it.
    Raises `DashboardError` when Dash does not answer.
    """
    for path in SET_UP:
        if await _status(app, path) != HTTPStatus.OK:
            raise DashboardError(f"Dash did not complete its set-up: expected 200 from {path}")


async def _status(app: ASGIApp, path: str) -> int | None:
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await app(_request(path), receive, send)
    return answer[0]["status"] if answer else None


def _request(path: str) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }


@contextmanager
def stop_streams_on_signal(*stops: Callable[[], None]) -> Iterator[None]:
    """End the event streams when the process is told to stop: the web server waits for open answers first."""
    if threading.current_thread() is not threading.main_thread():
        yield  # inside a test's thread nobody sends us signals
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(number: int, frame: FrameType | None) -> None:
        for each in stops:
            loop.call_soon_threadsafe(each)
        previous = before[signal.Signals(number)]
        if callable(previous):
            previous(number, frame)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)

"""Displays without a browser: each holds one event stream open, reads it whole and notes when each frame was there.

    python -m tests.bench.audience URL COUNT [narrow]

Says `ready` once every display has its first picture. Then takes a word a line: `clear` forgets what was noted,
`stall` stops reading, `resume` reads again, `report` tells as JSON what was noted, `end` ends.
`narrow` gives the displays a small window, as a poor line has: what they do not read soon weighs on the server.

One loop over raw sockets, and a frame is the same bytes for all: it is parsed once, when the report is asked for.
So hundreds of displays cost little beside the server that they measure.
"""

from __future__ import annotations

import json
import re
import select
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

READ = 1 << 18
EVENT = re.compile(rb"(?:\A|\n)id: ([^\n]+)\nevent: (\w+)\n")
WITHIN = 60.0  # seconds for all displays to get their first picture
NARROW_WINDOW, NARROW_PACKET = 4096, 1400  # bytes; on the loopback a packet is 64 KB and so is what the kernel holds
Key = tuple[bytes, bytes]


@dataclass(slots=True)
class Display:
    """One event stream: the frames it got and when, epoch seconds; `rest` is what came of the next one."""

    line: socket.socket
    seen: list[tuple[Key, float]] = field(default_factory=list)
    rest: bytes = b""
    met: bool = False
    read: int = 0

    def take(self, piece: bytes, at: float) -> Iterator[tuple[Key, bytes]]:
        """Note the frames that this piece completes; gives each. Heartbeats have no id and are passed over."""
        self.read += len(piece)
        *events, self.rest = (self.rest + piece).split(b"\n\n")
        for event in events:
            found = EVENT.search(event)
            if found:
                key = (found[1], found[2])
                self.seen.append((key, at))
                self.met = True
                yield key, event


class Audience:
    """Many displays in front of one scene."""

    def __init__(self, url: str, count: int, *, narrow: bool) -> None:
        """Connect them all."""
        self._poll = select.epoll()
        self._displays: dict[int, Display] = {}
        self._frames: dict[Key, bytes] = {}  # not parsed yet
        self._values: dict[Key, list[tuple[str, float]]] = {}
        self._readings: dict[str, str] = {}  # id of an element -> the reading it shows
        for _ in range(count):
            display = Display(_open(url, narrow=narrow))
            self._displays[display.line.fileno()] = display
        self.resume()
        self._poll.register(sys.stdin.fileno(), select.EPOLLIN)

    def meet(self) -> None:
        """Read until every display has its first picture. Raises `TimeoutError`."""
        deadline = time.monotonic() + WITHIN
        while not all(display.met for display in self._displays.values()):
            if time.monotonic() > deadline:
                missing = sum(not display.met for display in self._displays.values())
                raise TimeoutError(f"{missing} of {len(self._displays)} displays have no picture after {WITHIN:.0f} s")
            self.read(1.0)

    def read(self, seconds: float) -> bool:
        """Take what is there, waiting at most so long; whether somebody has spoken to us."""
        spoken = False
        for number, _ in self._poll.poll(seconds):
            display = self._displays.get(number)
            if display is None:
                spoken = True
                continue
            piece = display.line.recv(READ)
            if not piece:
                raise ConnectionError("the server ended a display's stream")
            for key, event in display.take(piece, time.time()):
                if key not in self._values:
                    self._frames.setdefault(key, event)
        return spoken

    def clear(self) -> None:
        """Forget when frames came; what the pictures hold is kept."""
        for display in self._displays.values():
            display.seen.clear()
            display.read = 0

    def stall(self) -> None:
        """Stop reading."""
        for number in self._displays:
            self._poll.unregister(number)

    def resume(self) -> None:
        """Read (again)."""
        for number in self._displays:
            self._poll.register(number, select.EPOLLIN)

    def report(self) -> dict[str, Any]:
        """Tell the readings in each distinct frame, and for each display which frame came when, and bytes read."""
        spent = time.process_time()
        while self._frames:
            key = next(iter(self._frames))
            self._values[key] = self._parse(self._frames.pop(key))
        numbers = {key: number for number, key in enumerate(self._values)}
        return {
            "frames": list(self._values.values()),
            "names": [b" ".join(key).decode() for key in self._values],
            "seen": [[[numbers[key], at] for key, at in display.seen] for display in self._displays.values()],
            "read": [display.read for display in self._displays.values()],
            "readings": list(dict.fromkeys(self._readings.values())),
            "spent": spent,
        }

    def _parse(self, event: bytes) -> list[tuple[str, float]]:
        """The readings that a frame brings: in whole elements, or as new properties of elements known from before."""
        frame = json.loads(event.partition(b"\ndata: ")[2])
        return [
            found for item in frame["items"] for found in self._walk({"props": {"id": item["id"], **item["props"]}})
        ]

    def _walk(self, node: object) -> Iterator[tuple[str, float]]:
        if isinstance(node, list):
            for each in node:
                yield from self._walk(each)
        elif isinstance(node, dict):
            props: dict[str, Any] = node["props"]
            ident = props.get("id", "")
            if props.get("data-reading"):
                self._readings[ident] = props["data-reading"]
            if props.get("data-value") and ident in self._readings:
                yield self._readings[ident], float(props["data-value"])
            yield from self._walk(props.get("children"))


def _open(url: str, *, narrow: bool) -> socket.socket:
    """A connection that has asked for the event stream."""
    address = urlsplit(url)
    line = socket.socket()
    line.settimeout(WITHIN)
    if narrow:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW_WINDOW)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, NARROW_PACKET)
    line.connect((address.hostname or "127.0.0.1", address.port or 80))
    line.sendall(f"GET {address.path}?{address.query} HTTP/1.1\r\nhost: {address.netloc}\r\n\r\n".encode())
    return line


def main(url: str, count: int, *, narrow: bool = False) -> None:
    """Hold the displays and do as told on standard input."""
    audience = Audience(url, count, narrow=narrow)
    audience.meet()
    _say("ready")
    does = {"clear": audience.clear, "stall": audience.stall, "resume": audience.resume}
    while True:
        if not audience.read(1.0):
            continue
        word = sys.stdin.readline().strip()
        if word in does:
            does[word]()
            _say("done")
        elif word == "report":
            _say(json.dumps(audience.report()))
        else:
            return


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), narrow="narrow" in sys.argv[3:])

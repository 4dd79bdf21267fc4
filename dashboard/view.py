"""One scene with one choice of options, as the displays in front of it share it.

Every frame is serialized once and kept in a bounded ring; a display that fell off the ring gets the
whole picture again. A display that does not read costs nothing but its cursor.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.answers import Options, options_in
from dashboard.diff import Change
from dashboard.tree import Tree, encode
from layouts.scene import slot
from layouts.translate import Language

FRAMES_KEPT = 64
LONGEST = 16  # digits of a sequence number; longer ones are nobody's
RETRY_MS = 1000  # how long a browser waits before it opens a broken stream again


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a display has read: `epoch` is the server's life, `seq` the last frame it applied."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        """Return the cursor as the event id of the stream."""
        return f"{self.epoch}-{self.seq}"

    @classmethod
    def parse(cls, text: str | None) -> Cursor | None:
        """Read what a browser hands back; None for anything that is no cursor of ours."""
        epoch, _, seq = (text or "").rpartition("-")
        return cls(epoch, int(seq)) if epoch and seq.isascii() and seq.isdigit() and len(seq) < LONGEST else None


class View:
    """The pictures, the frames and the waiting displays of one scene with one choice of options."""

    def __init__(
        self,
        scene: str,
        options: Mapping[str, str],
        panels: Sequence[str],
        epoch: str,
        language: Language | None = None,
    ) -> None:
        """Begin without pictures; give them before anybody reads. `panels` are the keys in the order of the page.

        Pictures are as they were drawn; what is sent is in `language`, where one is given.
        """
        self.scene = scene
        self.options = dict(options)
        self.key: Options = options_in(options, options)
        self.panels = tuple(panels)
        self.epoch = epoch
        self._language = language
        self.seq = 0
        self.displays = 0
        self.left_at = 0.0
        self.pictures: dict[str, Tree] = {}
        self.ready = asyncio.Event()
        self._frames: deque[bytes] = deque(maxlen=FRAMES_KEPT)  # the last one is number `seq`
        self._snapshot: tuple[int, bytes] | None = None
        self._beat: tuple[int, bytes] = (0, b"")
        self._news = asyncio.Event()

    @property
    def cursor(self) -> Cursor:
        """Where a display stands that has everything up to now."""
        return Cursor(self.epoch, self.seq)

    def push(self, items: Sequence[Change], at: datetime) -> None:
        """Add one frame of changes and wake every display. Call only with something to say."""
        self.seq += 1
        self._frames.append(self._frame(items, at, "changes"))
        self.wake()

    def beat(self, room: Mapping[str, object], at: datetime) -> None:
        """Replace the last heartbeat: a display that missed some needs only the newest."""
        number = self._beat[0] + 1
        self._beat = (number, heartbeat({"seq": self.seq, "at": at.isoformat(), **room}))
        self.wake()

    def read(self, cursor: Cursor | None, at: datetime) -> bytes:
        """Return the frames after `cursor`, or the whole picture when they are not all there any more."""
        if cursor is not None and cursor.epoch == self.epoch and cursor.seq <= self.seq:
            missed = self.seq - cursor.seq
            if missed <= len(self._frames):
                return b"".join(self._frames[place] for place in range(-missed, 0))
        return self._whole(at)

    def newest_beat(self, seen: int) -> tuple[int, bytes]:
        """Return the number and bytes of the newest heartbeat; no bytes when `seen` is that number."""
        number, frame = self._beat
        return number, frame if number != seen else b""

    def news(self) -> asyncio.Event:
        """Return the event that the next frame or heartbeat sets. Take it before you read."""
        return self._news

    def wake(self) -> None:
        """Let every display look whether there is something to read."""
        told, self._news = self._news, asyncio.Event()
        told.set()

    def _whole(self, at: datetime) -> bytes:
        if self._snapshot is None or self._snapshot[0] != self.seq:
            self._snapshot = (self.seq, self._frame(whole(self.pictures, self.panels), at, "snapshot"))
        return self._snapshot[1]

    def _frame(self, items: Sequence[Change], at: datetime, event: str) -> bytes:
        return frame(event, self.cursor, self.seq, at, items, self._language)


def whole(pictures: Mapping[str, Tree], keys: Sequence[str]) -> list[Change]:
    """Return what fills the slots of these panels, whatever stood in them before."""
    return [Change(slot(key), {"children": pictures[key]}) for key in keys]


def frame(
    event: str, ident: object, seq: int, at: datetime, items: Sequence[Change], language: Language | None
) -> bytes:
    """Return a `snapshot` or `changes` as an event of the stream; a display hands `ident` back to go on from it."""
    said = [{"id": item.id, "props": item.props if language is None else language.props(item.props)} for item in items]
    head = f"id: {ident}\nevent: {event}\nretry: {RETRY_MS}\ndata: ".encode()
    return head + encode({"seq": seq, "at": at.isoformat(), "items": said}) + b"\n\n"


def heartbeat(body: Mapping[str, object]) -> bytes:
    """Return a heartbeat as an event of the stream."""
    return b"event: beat\ndata: " + encode(body) + b"\n\n"

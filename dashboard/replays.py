"""Replays: the room as it was known at a moment, for one display each, standing still or going on up to the present.

The same questions, drawing and frames as the live hub's, asked of a store of the past with `now` as the moment. A
picture is made when the display has taken the one before: a display that does not read costs nothing, and nothing
here runs that nobody looks at.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import monotonic

import msgspec

from dashboard.answers import Answers, options_in
from dashboard.asking import Ask, renew
from dashboard.diff import Change
from dashboard.figures import REPLAYS
from dashboard.hearing import Hearing
from dashboard.heart import Heart
from dashboard.moments import AT, STANDING, Moment, longest_ago, moment_of, present
from dashboard.pictures import Picture
from dashboard.sights import Sight
from dashboard.terms import params_of
from dashboard.tree import Tree
from dashboard.view import frame, heartbeat, whole
from layouts.panel import Panel
from layouts.translate import Language
from sensors.city import City

MOST = 6
"""Replays at once: at 600 times, each takes up to a tenth of a core and one connection at a time."""
FULL_FOR = 20
"""Seconds after which somebody who was turned away may ask again."""
QUICKLY, SLOWLY = 0.5, 1.0
"""Seconds between two pictures: while hours go by in a minute, and otherwise."""
FAST = 60
"""From this speed on a second is too long between two pictures."""
LEAST_REST = 0.05
_AFTER = re.compile(r"\d{12,14}")  # milliseconds since 1970


@dataclass(frozen=True, slots=True)
class Still:
    """The pictures of one moment; `cursor` is what a stream goes on from."""

    pictures: Mapping[str, Tree]
    cursor: str


@dataclass(slots=True)
class Replays:
    """Begins replays, a few at a time, of what one store knows of the past."""

    city: City
    ask: Ask
    build: str
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _seats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST))

    @property
    def full(self) -> bool:
        """Whether whoever asks now is to be told to come back."""
        return self._seats.locked()

    async def moment(self, query: Mapping[str, str], *, usual: int = STANDING) -> Moment | None:
        """Return the moment that an address names, None where it is live. Raises `MomentError` or `DataError`."""
        if not query.get(AT):
            return None
        now = present()
        (row,) = await self.ask("replay_since", {"now": now})
        return moment_of(self.city, query, now, max(row["since"], longest_ago(self.city, now)), usual=usual)

    def stop(self) -> None:
        """End every replay, so that a server that was told to stop has nothing to wait for."""
        self.stopped.set()

    async def still(self, sight: Sight, options: Mapping[str, str], moment: Moment) -> Still:
        """Return the pictures of a moment."""
        async with self._seats:
            reel = _Reel(self, sight.panels, options, None)
            await reel.draw(moment.at, 0.0)
            return Still(reel.pictures, _cursor(moment.at))

    async def frames(
        self, sight: Sight, options: Mapping[str, str], moment: Moment, after: str | None, language: Language | None
    ) -> AsyncIterator[bytes]:
        """Yield what a display needs to show a moment and what follows it; `after` is the cursor of what it has."""
        async with self._seats:
            REPLAYS.inc()
            try:
                reel = _Reel(self, sight.panels, options, language)
                async for piece in reel.play(_reached(moment, after)):
                    yield piece
            finally:
                REPLAYS.dec()


class _Reel:
    """The pictures of one display, and how they follow each other."""

    def __init__(
        self, of: Replays, panels: Sequence[Panel], options: Mapping[str, str], language: Language | None
    ) -> None:
        self._of, self._language = of, language
        self._pictures = {panel.key: Picture.begin(panel, dict(options_in(options, panel.options))) for panel in panels}
        self._answers = Answers(panels)
        self._answers.use({asked for picture in self._pictures.values() for asked in picture.asks})
        self._heart = Heart(of.ask, Hearing(), simulating=False)  # what fed the room then, its past says
        self._seq = 0

    @property
    def pictures(self) -> dict[str, Tree]:
        return {key: picture.tree for key, picture in self._pictures.items()}

    async def draw(self, at: datetime, elapsed: float) -> list[Change]:
        """Ask what is due as at this moment and draw what it changes. `elapsed` is that of `play`.

        A panel is drawn as soon as its own questions are answered, while the database answers the others'.
        """
        params = params_of(self._of.city, at)
        found: list[Change] = []
        async with asyncio.TaskGroup() as together:
            asking = {
                (answer.name, answer.options): together.create_task(
                    renew(answer, self._of.ask, params, lambda: elapsed)
                )
                for answer in self._answers.due(elapsed)
            }
            for picture in self._pictures.values():
                fresh = [await asking[asked] for asked in picture.asks if asked in asking]
                rows = self._answers.rows(picture.asks)
                if rows is not None and any(fresh):
                    found += picture.draw(rows, self._of.city, at)
                    await asyncio.sleep(0)  # the walls that are live go first
        return found

    async def play(self, moment: Moment) -> AsyncIterator[bytes]:
        """Draw, send, wait, until the present is reached. Each moment is drawn as one picture."""
        at, elapsed, begun = moment.at, 0.0, 0.0
        while not self._of.stopped.is_set():
            started, now = monotonic(), present()
            over = moment.speed != STANDING and at >= now
            yield await self._piece(min(at, now), elapsed, moment, over=over)
            if over:
                return
            begun = begun or monotonic()  # time goes on once the first picture is there, however long that took
            pace = QUICKLY if moment.speed >= FAST else SLOWLY
            await self._pause(max(pace - (monotonic() - started), LEAST_REST))
            at = moment.at + timedelta(seconds=(monotonic() - begun) * moment.speed)
            elapsed = (monotonic() - begun) * max(moment.speed, 1)
            if moment.speed != STANDING:
                self._answers.mark(None)  # what was committed meanwhile, nobody tells

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._of.stopped.wait(), seconds)
        except TimeoutError:
            return

    async def _piece(self, at: datetime, elapsed: float, moment: Moment, *, over: bool) -> bytes:
        """Return the frame of a moment, where it differs from the one before, and the heartbeat that goes with it."""
        async with asyncio.TaskGroup() as together:
            drawing = together.create_task(self.draw(at, elapsed))
            if moment.speed != STANDING or not self._seq:
                together.create_task(self._heart.beat(params_of(self._of.city, at)))
        event, items = "changes", drawing.result()
        if not self._seq:
            event, items = "snapshot", whole(self.pictures, list(self._pictures))
        self._seq += 1
        shown = frame(event, _cursor(at), self._seq, at, items, self._language)
        return shown + heartbeat(
            {
                "seq": self._seq,
                "at": at.isoformat(),
                "speed": moment.speed,
                "present": present().isoformat(),
                "over": over,
                "room": msgspec.to_builtins(self._heart.room),
                "build": self._of.build,
                "failing": [key for key, picture in self._pictures.items() if self._failing(picture)],
            }
        )

    def _failing(self, picture: Picture) -> bool:
        return picture.failed or self._answers.failing(picture.asks)


def _cursor(at: datetime) -> str:
    return str(round(at.timestamp() * 1000))


def _reached(moment: Moment, after: str | None) -> Moment:
    """Return where a display goes on whose stream broke: where it was, not where it began."""
    if after is None or not _AFTER.fullmatch(after):
        return moment
    at = datetime.fromtimestamp(int(after) / 1000, moment.at.tzinfo)
    return replace(moment, at=max(at, moment.at))

"""The live hub: one listener and one loop turn commits into frames for every display.

Woken by a commit, it asks each distinct question once, draws the panels concerned, compares each picture
with the one before and hands every view one serialized frame of what changed.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TypeAlias

import msgspec

from dashboard.answers import Answer, Answers, Asked, Options, options_in
from dashboard.asking import Ask, renew
from dashboard.diff import Change
from dashboard.errors import UnknownSceneError
from dashboard.figures import DISPLAYS, FRAMES, PUSH_SECONDS
from dashboard.hearing import Hearing, News
from dashboard.heart import Heart
from dashboard.next_frame import Drawn, NextFrame, PictureKey
from dashboard.pictures import Picture
from dashboard.room import Room
from dashboard.terms import params_of
from dashboard.view import View
from layouts.options import LANGUAGE
from layouts.panel import Panel, Row
from layouts.translate import Language
from sensors.city import City

log = logging.getLogger(__name__)

COALESCE = 0.02
"""Least seconds between two passes: the first commit is shown at once, those right behind it together."""
LONGEST_REST = 0.05
QUICK = 0.2
"""Panels that may be drawn more often than this are drawn and sent before the others."""
EARLY = 0.3
"""The part of its time by which a quick panel is drawn sooner, to go with the frame of one that is due."""
ASIDE = 2
"""Long questions asked at a time: the store has more connections, so that news never stands in line behind them."""
BEAT_EVERY = 1.0
KEEP_VIEW = 30.0
"""Seconds a view without displays is kept warm, so that a reload finds its picture."""
FIRST_PICTURE_WITHIN = 3.0


Follow: TypeAlias = Callable[[], AsyncIterator[News]]


@dataclass(frozen=True, slots=True)
class Wall:
    """What can be shown: the panels by key, each scene's panel keys in the order of the page, the warm scene.

    `languages` are those beside the one in which panels are drawn.
    """

    panels: Mapping[str, Panel]
    scenes: Mapping[str, Sequence[str]]
    warm: str
    warm_options: Mapping[str, str]
    languages: Mapping[str, Language] = field(default_factory=dict)


class Hub:
    """Keeps every view in use up to date. All of it runs on one event loop."""

    def __init__(self, city: City, wall: Wall, ask: Ask, follow: Follow, *, build: str, simulating: bool) -> None:
        """Prepare without touching the database; `run` does the work."""
        self._city, self._wall, self._ask, self._follow, self._build = city, wall, ask, follow, build
        self._epoch = secrets.token_hex(4)
        self._hearing = Hearing()
        self._heart = Heart(ask, self._hearing, simulating=simulating)
        self._answers = Answers(wall.panels.values())
        self._pictures: dict[PictureKey, Picture] = {}
        self._views: dict[tuple[str, Options], View] = {}
        self._wake = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self._aside = asyncio.Semaphore(ASIDE)
        self._noticed: float | None = None
        self._next_frame = NextFrame()
        self._hearers: list[Callable[[Collection[str]], None]] = []
        self.stopping = False
        self._warm = self.open(wall.warm, wall.warm_options)

    # -- for the page and its stream ------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """What the room says of itself."""
        return self._heart.room

    @property
    def listening(self) -> bool:
        """Whether commits are heard."""
        return self._hearing.listening

    def open(self, scene: str, options: Mapping[str, str]) -> View:
        """Return the view of a scene, begun now if nobody has it open. Raises `UnknownSceneError`."""
        if scene not in self._wall.scenes:
            raise UnknownSceneError(f"scene {scene!r}: expected one of {', '.join(self._wall.scenes)}")
        view = self._views.get((scene, options_in(options, options))) or self._begin_view(scene, options)
        view.left_at = monotonic()  # whoever opens it has a while to enter
        return view

    async def view(self, scene: str, options: Mapping[str, str]) -> View:
        """Return the view of a scene once its panels have been tried. Raises `UnknownSceneError`."""
        view = self.open(scene, options)
        try:
            await asyncio.wait_for(view.ready.wait(), FIRST_PICTURE_WITHIN)
        except TimeoutError:
            log.warning("scene %s has no full picture yet: %s", scene, ", ".join(self.room.reasons) or "still asking")
        return view

    async def renewed(self, view: View, streams: Collection[str] | None = None) -> None:
        """Wait until a view shows what has been committed by now: for whoever has just changed something there.

        `streams` are those to wait for; None waits for all that the view rests on.
        """
        moment = monotonic()
        self._count(view, 1)  # as one that is seen it is drawn at once
        self._answers.renew(self._asked(view), streams)
        try:
            async with asyncio.timeout(FIRST_PICTURE_WITHIN):
                await self._until(lambda: self._answers.since(self._asked(view), streams, moment))
                for _, picture in self._pictures_of(view):
                    picture.pending, picture.rendered_at = True, float("-inf")
                await self._until(lambda: not any(picture.pending for _, picture in self._pictures_of(view)))
            self._push({})
        except TimeoutError:
            log.warning("scene %s is shown as it was", view.scene)
        finally:
            self._count(view, -1)

    async def _until(self, wanted: Callable[[], bool]) -> None:
        while not wanted():
            self._wake.set()
            await asyncio.sleep(COALESCE / 2)

    def enter(self, view: View) -> None:
        """Count one more display in front of an open view; it stays in use until `leave`."""
        self._count(view, 1)
        self._wake.set()  # what was only kept warm is drawn now
        DISPLAYS.labels(view.scene).inc()

    def leave(self, view: View) -> None:
        """Count one display less."""
        self._count(view, -1)
        view.left_at = monotonic()
        DISPLAYS.labels(view.scene).dec()

    def _count(self, view: View, displays: int) -> None:
        view.displays += displays
        for _, picture in self._pictures_of(view):
            picture.displays += displays

    def tell(self, hearer: Callable[[Collection[str]], None]) -> None:
        """Call this with the streams of each commit, and with none of them when every stream must end."""
        self._hearers.append(hearer)

    def stop(self) -> None:
        """End every event stream, so that a server that was told to stop has nothing to wait for."""
        self.stopping = True
        for view in self._views.values():
            view.wake()
        for hearer in self._hearers:
            hearer(())

    # -- the work -------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Follow the database, draw and beat until cancelled."""
        async with self._tasks as tasks:
            tasks.create_task(self._follow_commits(), name="hub listener")
            tasks.create_task(self._work(), name="hub loop")
            tasks.create_task(self._beat(), name="hub heartbeat")

    async def _follow_commits(self) -> None:
        self._hearing.begin()
        async for news in self._follow():
            self._hearing.note(news)
            self._answers.mark(None if news.gap else news.streams)
            for hearer in self._hearers:
                hearer(news.streams)
            self._noticed = self._noticed or monotonic()
            self._wake.set()

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            noticed, self._noticed = self._noticed, None
            started = monotonic()
            await self._pass(noticed)
            # Leave about half of the time to others: a flood of commits makes fewer frames, not a slower page.
            await asyncio.sleep(min(max(COALESCE, monotonic() - started), LONGEST_REST))
            await self._wait_until(self._next_due())

    async def _wait_until(self, due: float) -> None:
        left = min(due - monotonic(), BEAT_EVERY)
        if left > 0:
            try:
                await asyncio.wait_for(self._wake.wait(), left)
            except TimeoutError:
                return

    def _next_due(self) -> float:
        asking = self._answers.next_due()
        drawing = (picture.due() for picture in self._pictures.values() if self._rows(picture) is not None)
        return min([asking, self._next_frame.due(), *drawing])

    async def _pass(self, noticed: float | None) -> None:
        due = self._answers.due(monotonic())
        for answer in due:
            if answer.every >= QUICK:  # long windows of time: their answers may come later than the news
                self._tasks.create_task(self._ask_aside(answer), name=f"hub question {answer.name}")
        self._spread(await asyncio.gather(*(self._ask_one(answer) for answer in due if answer.every < QUICK)))
        drawn = self._draw(quick=True)
        if any(drawn.values()) or self._next_frame.due() <= monotonic() or not self._all_ready():
            self._push(drawn)
            if noticed is not None and any(drawn.values()):
                PUSH_SECONDS.observe(monotonic() - noticed)
        await asyncio.sleep(0)  # what is ready goes out before more is drawn
        self._hold(self._draw(quick=False))

    async def _ask_aside(self, answer: Answer) -> None:
        async with self._aside:
            asked = await self._ask_one(answer)
        self._spread([asked])
        self._wake.set()

    def _spread(self, fresh: Collection[Asked | None]) -> None:
        """Let the panels that ask one of these questions be drawn again."""
        for picture in self._pictures.values():
            picture.pending |= any(asked in fresh for asked in picture.asks)

    async def _ask_one(self, answer: Answer) -> Asked | None:
        return await renew(answer, self._ask, params_of(self._city, datetime.now(UTC)), monotonic)

    def _draw(self, *, quick: bool) -> Drawn:
        """Draw the quick panels that are due, or one of the others: those never keep a quick one waiting for long."""
        drawn: Drawn = {}
        ours = [
            (key, picture, rows)
            for key, picture in sorted(self._pictures.items(), key=lambda item: item[1].rendered_at)
            if (picture.panel.every < QUICK) is quick and (rows := self._rows(picture)) is not None
        ]
        early = EARLY if quick and any(self._is_due(picture) for _, picture, _ in ours) else 0.0
        for key, picture, rows in ours:
            if self._is_due(picture, early):
                drawn[key] = picture.draw(rows, self._city, datetime.now(UTC))
                first, picture.rendered_at = picture.rendered_at < 0, monotonic()
                if not (quick or first):
                    break
        return drawn

    def _is_due(self, picture: Picture, early: float = 0.0) -> bool:
        return picture.due() <= monotonic() + early * picture.panel.every

    def _hold(self, drawn: Drawn) -> None:
        """Keep changes for the next frame where one is soon to come, else send them."""
        self._next_frame.hold(drawn)
        if drawn and not (self._next_frame.is_soon() and self._all_ready()):
            self._push({})

    def _all_ready(self) -> bool:
        return all(view.ready.is_set() for view in self._views.values())

    def _push(self, quick: Drawn) -> None:
        """Give every view the changes of its quick panels, and what was held, as one frame."""
        drawn = self._next_frame.take(quick)
        now = datetime.now(UTC)
        for view in self._views.values():
            items: list[Change] = []
            for key, picture in self._pictures_of(view):
                if view.pictures[key] is not picture.tree:
                    view.pictures[key] = picture.tree
                    items += drawn.get(self._key(key, view), [])
            if items:
                view.push(items, now)
                FRAMES.inc()
            if all(picture.drawn or self._failing(picture) for _, picture in self._pictures_of(view)):
                view.ready.set()

    async def _beat(self) -> None:
        while True:
            started = monotonic()
            room = await self._heart.beat(params_of(self._city, datetime.now(UTC)))
            body = {"room": msgspec.to_builtins(room), "build": self._build}
            for view in self._views.values():
                failing = [key for key, picture in self._pictures_of(view) if self._failing(picture)]
                view.beat(body | {"failing": failing}, datetime.now(UTC))
            self._close_idle_views()
            await asyncio.sleep(max(0.05, BEAT_EVERY - (monotonic() - started)))

    # -- views and their pictures ---------------------------------------------------------------------

    def _begin_view(self, scene: str, options: Mapping[str, str]) -> View:
        language = self._wall.languages.get(options.get(LANGUAGE, ""))
        view = View(scene, options, self._wall.scenes[scene], self._epoch, language)
        self._views[scene, view.key] = view
        for key in view.panels:
            place = self._key(key, view)
            if place not in self._pictures:
                self._pictures[place] = Picture.begin(self._wall.panels[key], dict(place[1]))
            view.pictures[key] = self._pictures[place].tree
        self._use_answers()
        self._wake.set()
        return view

    def _close_idle_views(self) -> None:
        idle = [
            key
            for key, view in self._views.items()
            if view is not self._warm and view.displays == 0 and monotonic() - view.left_at > KEEP_VIEW
        ]
        for key in idle:
            del self._views[key]
        if idle:
            used = {self._key(panel, view) for view in self._views.values() for panel in view.panels}
            for unused in self._pictures.keys() - used:
                del self._pictures[unused]
            self._use_answers()

    def _use_answers(self) -> None:
        self._answers.use({asked for picture in self._pictures.values() for asked in picture.asks})

    def _key(self, panel: str, view: View) -> PictureKey:
        """A picture is shared by all views that agree in what the panel depends on."""
        return panel, options_in(view.options, self._wall.panels[panel].options)

    def _pictures_of(self, view: View) -> list[tuple[str, Picture]]:
        return [(key, self._pictures[self._key(key, view)]) for key in view.panels]

    def _asked(self, view: View) -> set[Asked]:
        return {asked for _, picture in self._pictures_of(view) for asked in picture.asks}

    def _rows(self, picture: Picture) -> dict[str, Sequence[Row]] | None:
        return self._answers.rows(picture.asks)

    def _failing(self, picture: Picture) -> bool:
        return picture.failed or self._answers.failing(picture.asks)

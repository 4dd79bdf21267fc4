"""`/`, `/wall/<scene>` and the desk pages: the first answer holds the picture, the event stream goes on from it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboard.assets import Assets
from dashboard.document import DESK, FIRST, REPLAY, THEMES, WALL, Controls, document
from dashboard.duty import forget_said, last_said, on_duty
from dashboard.hub import Hub
from dashboard.languages import chosen, spoken
from dashboard.markup import markup
from dashboard.moments import SPEEDS, STANDING, Moment, is_canonical
from dashboard.past import Address
from dashboard.replays import FULL_FOR, Replays, Still
from dashboard.screens import screen_of
from dashboard.shell import busy, duty_line, lost, room
from dashboard.sights import OptionError, Sight, Sights
from dashboard.tree import Tree
from dashboard.view import View
from data.errors import DataError
from layouts.alarm_forms import display_at
from layouts.options import LANGUAGE
from layouts.scene import OVER, slot
from layouts.screen import Screen

log = logging.getLogger(__name__)

DEEDS = ("alarms",)
"""The streams that people change from the desk."""
FRESH = {"cache-control": "no-store"}


class Pages:
    """Answers every address that is a page."""

    def __init__(self, hub: Hub, replays: Replays, sights: Sights, assets: Assets, controls: Controls) -> None:
        """Take what they are made of."""
        self._hub, self._replays = hub, replays
        self._sights, self._assets, self._controls = sights, assets, controls

    def routes(self) -> APIRouter:
        """Return the routes of all pages, and last of all that of everything that is none."""
        router = APIRouter()
        sights = self._sights
        router.add_api_route("/", self._answer(sights.overview, wall=False), include_in_schema=False)
        for name, sight in sights.scenes.items():
            router.add_api_route(f"/wall/{name}", self._answer(sight, wall=True), include_in_schema=False)
        router.add_api_route("/wall", self._turn, include_in_schema=False)
        for path, sight in sights.pages.items():
            router.add_api_route(path, self._answer(sight, wall=False), include_in_schema=False)
        return router

    def lost_route(self) -> APIRouter:
        """Return the route for every address that nobody else answers."""
        router = APIRouter()

        @router.get("/{path:path}", include_in_schema=False)
        async def nothing(request: Request, path: str) -> Response:
            return self._lost(request, f"Alamat /{path} tidak ada.", HTTPStatus.NOT_FOUND)

        return router

    def _answer(self, sight: Sight, *, wall: bool) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            query = request.query_params
            try:
                screen = screen_of(query) if wall else None
                said = {LANGUAGE: chosen(request), **query, **request.path_params}
                options = sight.choose(self._sights.city, said)
                moment = await self._replays.moment(query, usual=SPEEDS[0] if wall else STANDING)
            except OptionError as error:
                return self._refuse(request, error)
            except DataError as error:
                log.warning("a moment cannot be shown: %s", error)
                return self._busy(request, "Basis data tidak terjangkau.")
            if moment is not None:
                return await self._past(sight, options, moment, screen, request, wall=wall)
            view = await self._hub.view(sight.name, options)
            acted = bool(_said(sight, request))
            if acted:
                await self._hub.renewed(view, DEEDS)
            elif _missing(view):  # a link may be opened the moment its alarm is raised
                await self._hub.renewed(view)
            if _missing(view):
                return self._lost(request, f"Alamat {request.url.path} tidak ada.", HTTPStatus.NOT_FOUND)
            response = self._show(sight, options, view, screen, request, wall=wall)
            if acted:
                forget_said(response)
            return response

        return answer

    async def _past(
        self,
        sight: Sight,
        options: Mapping[str, str],
        moment: Moment,
        screen: Screen | None,
        request: Request,
        *,
        wall: bool,
    ) -> Response:
        """Answer with the room as it was known at a moment."""
        here = Address.of(request.url.path, request.query_params.multi_items())
        if not is_canonical(request.query_params, moment):
            return RedirectResponse(here.at(moment), HTTPStatus.SEE_OTHER)
        if self._replays.full:
            return self._busy(request, "Semua tempat untuk melihat masa lalu sedang terpakai.")
        still = await self._replays.still(sight, options, moment)
        if _missing(still):
            return self._lost(request, f"Alamat {request.url.path} tidak ada.", HTTPStatus.NOT_FOUND)
        return self._show(sight, options, still, screen, request, wall=wall, moment=moment)

    async def _turn(self, request: Request) -> Response:
        """Answer `/wall`: all scenes, or those of `?scenes=`, in turn."""
        try:
            sight = self._sights.turning([key for key in request.query_params.get("scenes", "").split(",") if key])
        except OptionError as error:
            return self._refuse(request, error)
        return await self._answer(sight, wall=True)(request)

    def _show(
        self,
        sight: Sight,
        options: Mapping[str, str],
        view: View | Still,
        screen: Screen | None,
        request: Request,
        *,
        wall: bool,
        moment: Moment | None = None,
    ) -> Response:
        page, city = sight.page, self._sights.city
        live_page = page is not None and moment is None
        position = on_duty(request, city) if live_page else None
        here = Address.of(request.url.path, request.query_params.multi_items())
        desk = duty_line(city, position, _said(sight, request), here.at(None)) if live_page else None
        tree = room(self._sights, sight, options, here, wall=wall, moment=moment, desk=desk)
        theme = "dark" if wall else request.cookies.get("theme", "dark")
        tree["props"]["data-duty"] = position.key if position else None
        tree["props"]["data-duty-name"] = position.name if position else None
        tree["props"]["style"] = {display_at(position.key): "none"} if position else None
        tree["props"]["data-cursor"] = str(view.cursor)
        tree["props"]["data-served-at"] = datetime.now(UTC).isoformat(timespec="milliseconds")
        _fill(tree, {slot(key): picture for key, picture in view.pictures.items()})
        self._name_scripts(tree, sight)
        language = self._sights.languages.get(options[LANGUAGE])
        if language is not None:
            tree = language.tree(tree)
        controls = self._controls if page is not None and page.controls else None
        return HTMLResponse(
            document(
                self._assets,
                _title(tree),
                markup(tree, links=not wall),
                scripts=(*(WALL if wall else DESK), *([REPLAY] if moment else [])),
                first=FIRST if wall else "",
                controls=controls,
                theme=theme if theme in THEMES else "dark",
                scale=screen.scale if screen else 1,
                language=language,
            ),
            headers=FRESH,
        )

    def _name_scripts(self, tree: Tree, sight: Sight) -> None:
        """Say at each slot which scripts its panel needs; the page loads them when it shows the slot."""
        scripts = {slot(panel.key): [self._assets.address(name) for name in panel.scripts] for panel in sight.panels}
        for area in _areas(tree):
            area["props"]["data-scripts"] = " ".join(scripts.get(area["props"].get("id"), ())) or None

    def _refuse(self, request: Request, error: OptionError) -> Response:
        """Answer an address one of whose choices nothing offers."""
        named = error.name in request.path_params
        status = HTTPStatus.NOT_FOUND if named else HTTPStatus.UNPROCESSABLE_ENTITY
        return self._lost(request, error.words, status)

    def _busy(self, request: Request, reason: str) -> Response:
        here = Address.of(request.url.path, request.query_params.multi_items())
        page = self._plain(request, f"Putar ulang · {self._sights.city.name}", busy(here, reason))
        return HTMLResponse(page, HTTPStatus.SERVICE_UNAVAILABLE, {**FRESH, "retry-after": str(FULL_FOR)})

    def _lost(self, request: Request, reason: str, status: HTTPStatus) -> Response:
        page = self._plain(request, f"Tidak ditemukan · {self._sights.city.name}", lost(self._sights, reason))
        return HTMLResponse(page, status_code=status, headers=FRESH)

    def _plain(self, request: Request, title: str, tree: Tree) -> str:
        """Return a page that shows no sight, in the language asked for."""
        language = spoken(self._sights, request)
        if language is not None:
            title, tree = language.say(title), language.tree(tree)
        return document(self._assets, title, markup(tree), language=language)


def _said(sight: Sight, request: Request) -> str:
    """What the last deed came to: said once, on a page of deeds, for it leads back to one."""
    return last_said(request) if sight.page is not None and sight.page.deeds else ""


def _title(tree: Tree) -> str:
    """What the window is called; that it shows the past comes first."""
    props = tree["props"]
    return " · ".join(props[name] for name in ("data-past", "data-title") if props.get(name))


def _missing(view: View | Still) -> bool:
    """Whether what the page is about is nowhere to be found."""
    return any(picture["props"].get("data-missing") for picture in view.pictures.values())


def _fill(tree: Tree, pictures: Mapping[str, Tree]) -> None:
    """Put each picture into its slot."""
    for area in _areas(tree):
        area["props"]["children"] = pictures.get(area["props"].get("id"))


def _areas(tree: Tree) -> list[Tree]:
    """The slots of the picture, and that of what may stand over it."""
    parts = tree["props"]["children"]
    (main,) = [each for each in parts if each["type"] == "Main"]
    return [
        *main["props"]["children"],
        *(each["props"]["children"] for each in parts if each["props"].get("id") == OVER.key),
    ]

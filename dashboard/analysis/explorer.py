"""`/jelajah/hasil`: the answer to a question of the explorer, the part of its page that the page's script fetches."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from dashboard.analysis.asking import REFUSALS, Asking
from dashboard.languages import spoken
from dashboard.markup import markup
from dashboard.sights import Sights
from layouts import links
from layouts.explored import refusal, result
from layouts.html import Element

log = logging.getLogger(__name__)


class Explorer:
    """Answers questions as pictures."""

    def __init__(self, sights: Sights, asking: Asking) -> None:
        self._sights, self._asking = sights, asking

    def routes(self) -> APIRouter:
        """Return its route."""
        router = APIRouter()

        @router.get(links.ANSWER, include_in_schema=False)
        async def hasil(request: Request) -> Response:
            status, tree = await self._answer(request)
            language = spoken(self._sights, request)
            body = markup(language.tree(tree) if language else tree)
            return HTMLResponse(body, status_code=status, headers={"cache-control": "no-store"})

        return router

    async def _answer(self, request: Request) -> tuple[HTTPStatus, Element]:
        try:
            return HTTPStatus.OK, result(await self._asking.told(dict(request.query_params), datetime.now(UTC)))
        except REFUSALS as error:
            status, words = self._asking.refused(error)
            if status == HTTPStatus.SERVICE_UNAVAILABLE:
                log.warning("%s is not answered: %s", request.url.path, error)
            return status, refusal(words)

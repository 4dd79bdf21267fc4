"""How a shift is handed over: one post that leaves a note or accepts one, from the page that shows them."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboard.assets import Assets
from dashboard.desk import AWAY, Desk, FieldError
from dashboard.forms import Fields, one, read_form
from dashboard.origin import refusal
from dashboard.sights import Sights
from data.errors import DataError
from data.handovers import accept, write
from data.store import Store
from layouts.handover_forms import ACCEPTED, WRITTEN, accepted_words, written_words
from layouts.links import HANDOVER
from sensors.handover import ALREADY, LONGEST_NOTE, UNKNOWN, Handover
from sensors.privacy import mask_announcement
from sensors.shifts import turn_at

log = logging.getLogger(__name__)

_ID = re.compile(r"[1-9]\d{0,17}")
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_STATUS = {None: HTTPStatus.OK, ALREADY: HTTPStatus.OK, UNKNOWN: HTTPStatus.NOT_FOUND}


class Handing:
    """Answers the posts of the page on which shifts are handed over."""

    def __init__(self, sights: Sights, store: Store, assets: Assets) -> None:
        """Take what there is, and the store of the primary database."""
        self._city, self._store, self._desk = sights.city, store, Desk(sights, assets, HANDOVER)

    def routes(self) -> APIRouter:
        """Return their route."""
        router = APIRouter()
        router.add_api_route(HANDOVER, self._hand, methods=["POST"], include_in_schema=False)
        return router

    async def _hand(self, request: Request) -> Response:
        if (answer := refusal(request)) is not None:
            return answer
        fields = await read_form(request)
        try:
            words, status = await self._done(request, fields)
        except FieldError as error:
            words, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
        except DataError as error:
            log.warning("a shift was not handed over: %s", error)
            words, status = AWAY, HTTPStatus.SERVICE_UNAVAILABLE
        return self._desk.say(request, fields, words, status)

    async def _done(self, request: Request, fields: Fields) -> tuple[str, HTTPStatus]:
        """Do what a form says. Raises `FieldError` and `DataError`."""
        position, now, step = self._desk.position(request), datetime.now(UTC), one(fields, "step")
        if step == WRITTEN:
            turn = turn_at(self._city.shifts, self._city.zone, now)
            new = await write(self._store, Handover(position.key, now, turn, _note(fields)))
            return written_words(turn, new=new), HTTPStatus.OK
        if step != ACCEPTED:
            raise FieldError("step", f"{WRITTEN} atau {ACCEPTED}")
        if not _ID.fullmatch(one(fields, "id")):
            raise FieldError("id", "nomor catatan serah terima")
        taken = await accept(self._store, int(one(fields, "id")), position.key, now)
        words = accepted_words(taken.objection, taken.actor, taken.at, self._city)
        return words, _STATUS.get(taken.objection, HTTPStatus.CONFLICT)


def _note(fields: Fields) -> str:
    """The words of a note, line by line. Its hours and heights are not taken for telephone numbers."""
    note = one(fields, "note").replace("\r\n", "\n")
    if not note:
        raise FieldError("note", "isi catatannya")
    if len(note) > LONGEST_NOTE or _UNPRINTABLE.search(note):
        raise FieldError("note", f"paling banyak {LONGEST_NOTE} huruf")
    return mask_announcement(note)

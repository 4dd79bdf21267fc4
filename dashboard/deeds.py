"""What people change from the desk: plain form posts of our own pages, answered with the page they came from.

A script that asks for JSON gets the same line instead of a page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dashboard.assets import Assets
from dashboard.document import document
from dashboard.duty import keep_duty, keep_said, on_duty
from dashboard.errors import DashboardError
from dashboard.forms import Fields, one, read_form
from dashboard.languages import spoken
from dashboard.markup import markup
from dashboard.origin import foreign
from dashboard.shell import refused
from dashboard.sights import Sights
from data.alarm_steps import Taken, take
from data.errors import DataError
from data.store import Store
from layouts.alarm_forms import DUTY_PATH, SPANS, STEP_PATH
from layouts.alarm_outcome import outcome
from layouts.links import alarms
from sensors.alarm_life import ALREADY, LONGEST_NOTE, STEPS, Deed
from sensors.privacy import mask

log = logging.getLogger(__name__)

MOST_AT_ONCE = 500
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
_ID = re.compile(r"[1-9]\d{0,17}")


class FieldError(DashboardError):
    """A field of a form that says nothing usable; the message names it first."""

    def __init__(self, name: str, expected: str) -> None:
        """Say which field, and what belongs there."""
        super().__init__(f"{name}: {expected}")
        self.name = name


class Deeds:
    """Answers every post that changes an alarm, or says who is on duty."""

    def __init__(self, sights: Sights, store: Store, assets: Assets) -> None:
        """Take what there is, and the store of the primary database."""
        self._sights, self._store, self._assets = sights, store, assets

    def routes(self) -> APIRouter:
        """Return their routes."""
        router = APIRouter()
        router.add_api_route(STEP_PATH, self._step, methods=["POST"], include_in_schema=False)
        router.add_api_route(DUTY_PATH, self._duty, methods=["POST"], include_in_schema=False)
        return router

    async def _duty(self, request: Request) -> Response:
        if (refusal := foreign(request)) is not None:
            return refusal
        fields = await read_form(request)
        position = self._sights.city.duty.get(one(fields, "duty"))
        if position is None:
            return self._say(request, fields, "duty: pilih salah satu posisi", HTTPStatus.UNPROCESSABLE_ENTITY)
        response = RedirectResponse(_back(fields), status_code=HTTPStatus.SEE_OTHER)
        keep_duty(response, request, position)
        return response

    async def _step(self, request: Request) -> Response:
        if (refusal := foreign(request)) is not None:
            return refusal
        fields = await read_form(request)
        try:
            deed = self._deed(request, fields)
            taken = await take(self._store, deed)
        except FieldError as error:
            return self._say(request, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
        except DataError as error:
            log.warning("a step at an alarm was not taken: %s", error)
            words = "Basis data tidak terjangkau: belum ada yang disimpan, coba lagi"
            return self._say(request, fields, words, HTTPStatus.SERVICE_UNAVAILABLE)
        return self._say(request, fields, outcome(deed, taken, self._sights.city), _status(taken))

    def _deed(self, request: Request, fields: Fields) -> Deed:
        """Read a form. Raises `FieldError`."""
        city, now, step = self._sights.city, datetime.now(UTC), one(fields, "step")
        position = on_duty(request, city)
        if position is None:
            raise FieldError("duty", "sebutkan dulu Anda bertugas sebagai apa")
        if step not in STEPS:
            raise FieldError("step", f"salah satu dari {', '.join(STEPS)}")
        agency = _among("agency", one(fields, "agency"), city.agencies) if step == "assigned" else None
        minutes = _among("minutes", one(fields, "minutes"), SPANS) if step == "shelved" else None
        until = None if minutes is None else now + timedelta(minutes=int(minutes))
        note = _note(fields, needed=step == "noted")
        return Deed(step, _ids(fields), position.key, now, note, agency, until)

    def _say(self, request: Request, fields: Fields, words: str, status: HTTPStatus) -> Response:
        """Answer with one line: on the page it came from where it was done, else on a page of its own."""
        language = spoken(self._sights, request)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"said": language.say(words) if language else words}, status_code=status)
        if status == HTTPStatus.OK:
            response = RedirectResponse(_back(fields), status_code=HTTPStatus.SEE_OTHER)
            keep_said(response, request, words)
            return response
        tree = refused(words, _back(fields))
        title = f"Tidak disimpan · {self._sights.city.name}"
        if language is not None:
            title, tree = language.say(title), language.tree(tree)
        return HTMLResponse(document(self._assets, title, markup(tree), language=language), status_code=status)


def _status(taken: Sequence[Taken]) -> HTTPStatus:
    """Done or done before is well; where nothing could be done, that is a conflict with how things stand."""
    if any(each.objection in (None, ALREADY) for each in taken):
        return HTTPStatus.OK
    known = any(each.objection != "unknown" for each in taken)
    return HTTPStatus.CONFLICT if known else HTTPStatus.NOT_FOUND


def _ids(fields: Fields) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(fields.get("id", ())))
    if not found:
        raise FieldError("id", "pilih paling sedikit satu alarm")
    if len(found) > MOST_AT_ONCE or not all(_ID.fullmatch(each) for each in found):
        raise FieldError("id", f"nomor alarm, paling banyak {MOST_AT_ONCE} sekaligus")
    return tuple(map(int, found))


def _note(fields: Fields, *, needed: bool) -> str:
    note = one(fields, "note")
    if needed and not note:
        raise FieldError("note", "isi catatannya")
    if len(note) > LONGEST_NOTE or not note.isprintable():
        raise FieldError("note", f"paling banyak {LONGEST_NOTE} huruf, tanpa baris baru")
    return mask(note)


def _among(name: str, found: str, words: Mapping[str, object]) -> str:
    if found not in words:
        raise FieldError(name, "pilih salah satu yang ditawarkan")
    return found


def _back(fields: Fields) -> str:
    """The page a form came from; never another site."""
    found = one(fields, "back")
    return found if _HERE.fullmatch(found) else alarms()

"""What people change from the desk: the steps at alarms, and who is on duty."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboard.assets import Assets
from dashboard.desk import AWAY, Desk, FieldError
from dashboard.duty import keep_duty
from dashboard.forms import Fields, one, read_form
from dashboard.origin import refusal
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
_ID = re.compile(r"[1-9]\d{0,17}")


class Deeds:
    """Answers every post that changes an alarm, or says who is on duty."""

    def __init__(self, sights: Sights, store: Store, assets: Assets) -> None:
        """Take what there is, and the store of the primary database."""
        self._city, self._store, self._desk = sights.city, store, Desk(sights, assets, alarms())

    def routes(self) -> APIRouter:
        """Return their routes."""
        router = APIRouter()
        router.add_api_route(STEP_PATH, self._step, methods=["POST"], include_in_schema=False)
        router.add_api_route(DUTY_PATH, self._duty, methods=["POST"], include_in_schema=False)
        return router

    async def _duty(self, request: Request) -> Response:
        if (answer := refusal(request)) is not None:
            return answer
        fields = await read_form(request)
        position = self._city.duty.get(one(fields, "duty"))
        if position is None:
            return self._desk.say(request, fields, "duty: pilih salah satu posisi", HTTPStatus.UNPROCESSABLE_ENTITY)
        response = self._desk.back(fields)
        keep_duty(response, request, position)
        return response

    async def _step(self, request: Request) -> Response:
        if (answer := refusal(request)) is not None:
            return answer
        fields = await read_form(request)
        try:
            deed = self._deed(request, fields)
            taken = await take(self._store, deed)
        except FieldError as error:
            return self._desk.say(request, fields, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
        except DataError as error:
            log.warning("a step at an alarm was not taken: %s", error)
            return self._desk.say(request, fields, AWAY, HTTPStatus.SERVICE_UNAVAILABLE)
        return self._desk.say(request, fields, outcome(deed, taken, self._city), _status(taken))

    def _deed(self, request: Request, fields: Fields) -> Deed:
        """Read a form. Raises `FieldError`."""
        city, now, step = self._city, datetime.now(UTC), one(fields, "step")
        position = self._desk.position(request)
        if step not in STEPS:
            raise FieldError("step", f"salah satu dari {', '.join(STEPS)}")
        agency = _among("agency", one(fields, "agency"), city.agencies) if step == "assigned" else None
        minutes = _among("minutes", one(fields, "minutes"), SPANS) if step == "shelved" else None
        until = None if minutes is None else now + timedelta(minutes=int(minutes))
        note = _note(fields, needed=step == "noted")
        return Deed(step, _ids(fields), position.key, now, note, agency, until)


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

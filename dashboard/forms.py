"""What a form of ours says, and how a post is answered: plain forms, read whole, answered with the page they came from.

A script that asks for JSON gets the same line instead of a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dashboard.assets import Assets
from dashboard.document import document
from dashboard.duty import keep_said, on_duty
from dashboard.errors import DashboardError
from dashboard.languages import spoken
from dashboard.markup import markup
from dashboard.shell import refused
from dashboard.sights import Sights
from sensors.pack.duty import Position

AWAY = "Basis data tidak terjangkau: belum ada yang disimpan, coba lagi"
LONGEST_BODY = 65_536
MOST_FIELDS = 1000
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")

Fields = Mapping[str, Sequence[str]]


class FieldError(DashboardError):
    """A field of a form that says nothing usable; the message names it first."""

    def __init__(self, name: str, expected: str) -> None:
        """Say which field, and what belongs there."""
        super().__init__(f"{name}: {expected}")
        self.name = name


async def fields_of(request: Request) -> Fields:
    """Return what a form says; nothing where the body is no form of ours."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            return {}
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # no UTF-8, or more fields than anybody sends
        return {}


def one(fields: Fields, name: str) -> str:
    """The first value of a field, without blanks around it; empty where there is none."""
    return next(iter(fields.get(name, ())), "").strip()


def back_of(fields: Fields, home: str) -> str:
    """The page a form came from, never another site; `home` where it does not say."""
    found = one(fields, "back")
    return found if _HERE.fullmatch(found) else home


class Desk:
    """Knows who sits at a desk, and answers what was posted there."""

    def __init__(self, sights: Sights, assets: Assets, home: str) -> None:
        """Take what there is, and the page to go back to where a form names none."""
        self._sights, self._assets, self._home = sights, assets, home

    def position(self, request: Request) -> Position:
        """Return who is on duty. Raises `FieldError` while nobody has said so."""
        position = on_duty(request, self._sights.city)
        if position is None:
            raise FieldError("duty", "sebutkan dulu Anda bertugas sebagai apa")
        return position

    def back(self, fields: Fields) -> RedirectResponse:
        """Lead back to where a form came from."""
        return RedirectResponse(back_of(fields, self._home), status_code=HTTPStatus.SEE_OTHER)

    def say(self, request: Request, fields: Fields, words: str, status: HTTPStatus) -> Response:
        """Answer with one line: on the page it came from where it was done, else on a page of its own."""
        language = spoken(self._sights, request)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"said": language.say(words) if language else words}, status_code=status)
        if status == HTTPStatus.OK:
            response = self.back(fields)
            keep_said(response, request, words)
            return response
        tree = refused(words, back_of(fields, self._home))
        title = f"Tidak disimpan · {self._sights.city.name}"
        if language is not None:
            title, tree = language.say(title), language.tree(tree)
        return HTMLResponse(document(self._assets, title, markup(tree), language=language), status_code=status)

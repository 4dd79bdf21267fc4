"""A desk as whoever takes its posts knows it: who sits there, and how a post is answered, with the page it came from.

A script that asks for JSON gets the same line instead of a page.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dashboard.assets import Assets
from dashboard.document import document
from dashboard.duty import keep_said, on_duty
from dashboard.errors import DashboardError
from dashboard.forms import Fields, one
from dashboard.languages import spoken
from dashboard.markup import markup
from dashboard.shell import refused
from dashboard.sights import Sights
from sensors.pack.duty import Position

AWAY = "Basis data tidak terjangkau: belum ada yang disimpan, coba lagi"
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")


class FieldError(DashboardError):
    """A field of a form that says nothing usable; the message names it first."""

    def __init__(self, name: str, expected: str) -> None:
        """Say which field, and what belongs there."""
        super().__init__(f"{name}: {expected}")
        self.name = name


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

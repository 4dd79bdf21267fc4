"""Who is on duty at a desk, and what the last deed there came to: two cookies that no script reads.

A position is no proof of anybody: until people sign in, it says who took a step as a name on a duty sheet does.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request
from starlette.responses import Response

from sensors.city import City
from sensors.pack.duty import Position

DUTY, SAID = "duty", "said"
_YEAR, _SOON = 31_536_000, 20  # seconds
_LONGEST = 400


def on_duty(request: Request, city: City) -> Position | None:
    """Return the position that this desk has named, None before that or where the pack has it no more."""
    return city.duty.get(request.cookies.get(DUTY, ""))


def last_said(request: Request) -> str:
    """Return what the deed came to that led to this page."""
    return unquote(request.cookies.get(SAID, ""))[:_LONGEST]


def keep_duty(response: Response, request: Request, position: Position) -> None:
    """Let the browser remember who is on duty."""
    _keep(response, request, DUTY, position.key, _YEAR)


def keep_said(response: Response, request: Request, words: str) -> None:
    """Let the next page say what a deed came to."""
    _keep(response, request, SAID, quote(words), _SOON)


def forget_said(response: Response) -> None:
    """It has been said."""
    response.delete_cookie(SAID, path="/")


def _keep(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="strict", secure=secure)

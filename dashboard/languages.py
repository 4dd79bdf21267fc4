"""The language of an answer: what its address says, else what the desk has chosen, else Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request

from dashboard.sights import Sights
from layouts.options import LANGUAGE
from layouts.translate import LANGUAGES, SOURCE, Language


def chosen(request: Request) -> str:
    """Return the language that a desk has chosen."""
    return kept(request.cookies)


def kept(cookies: Mapping[str, str]) -> str:
    """Return the language in a desk's cookies (`assets/desk.js`)."""
    found = cookies.get(LANGUAGE, SOURCE)
    return found if found in LANGUAGES else SOURCE


def spoken(sights: Sights, request: Request) -> Language | None:
    """Return what says a page of its own in the language asked for; None in Indonesian."""
    return sights.languages.get(request.query_params.get(LANGUAGE) or chosen(request))

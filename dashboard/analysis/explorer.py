"""`/jelajah/hasil`: the answer to a question of the explorer, the part of its page that the page's script fetches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from dashboard.analysis.filters import asked_of, stream_of
from dashboard.analysis.record import statement_of
from dashboard.analysis.routes import AnalysisDesk
from dashboard.api.cursor import Instant, Place, Word, read_cursor, write_cursor
from dashboard.api.errors import FilterError
from dashboard.languages import spoken
from dashboard.markup import markup
from dashboard.sights import DESK, OptionError, Sights
from data.analysis.answers import Row
from data.analysis.asked import Asked
from data.errors import DataError
from layouts import links
from layouts.explored import refusal, result
from layouts.explored_told import Told
from layouts.findings.explored import too_many
from layouts.findings.explored_words import TAKEN
from layouts.html import Element

log = logging.getLogger(__name__)

PAGE = f"{DESK}jelajah"


class RowPlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of rows, the newest first: its time, and what tells it from others of that time."""

    at: Instant
    ties: tuple[Word | int, ...]


class Explorer:
    """Answers questions as pictures."""

    def __init__(self, sights: Sights, desk: AnalysisDesk) -> None:
        self._sights, self._desk = sights, desk

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
            return HTTPStatus.OK, result(await self._told(dict(request.query_params)))
        except OptionError as error:
            return HTTPStatus.UNPROCESSABLE_ENTITY, refusal(f"Pilihan {error.name}: {error.found} tidak ada.")
        except FilterError as error:
            return HTTPStatus.UNPROCESSABLE_ENTITY, refusal(_refused(error, self._desk))
        except DataError as error:
            log.warning("%s is not answered: %s", request.url.path, error)
            words = "Belum terjawab: basis data sedang sibuk. Persempit waktunya atau coba lagi."
            return HTTPStatus.SERVICE_UNAVAILABLE, refusal(words)

    async def _told(self, query: Mapping[str, str]) -> Told:
        city, answers = self._desk.city, self._desk.answers
        chosen = self._sights.find(PAGE).choose(city, query)
        taken = TAKEN[chosen["stream"]]
        asked = self._asked(chosen)
        if too_many(asked):
            raise FilterError("step", chosen["step"], "a longer step for so long a time")
        limit = self._limit(chosen["rows"])
        rest = replace(asked, step=None)
        after = self._after(chosen["after"], rest)
        other = self._other(chosen, asked)
        answer, beside, rows = await asyncio.gather(
            self._desk.answer(asked),
            self._desk.answer(other) if other else _none(),
            answers.page(rest, after, limit + 1),
        )
        days = {"from": asked.since.date(), "to": (asked.until - timedelta(days=1)).date()}
        question = {name: value for name, value in query.items() if value and name in taken}
        question |= {name: day.isoformat() for name, day in days.items()}  # tomorrow a page still goes on from here
        following = ""
        if len(rows) > limit:
            cursor = write_cursor(_place(rows[limit - 1], rest), repr(rest))
            following = links.with_choices(links.EXPLORER, **{**question, "after": cursor})
        filled = question | {name: words[0] for name, words in asked.filters}
        return Told(answer, beside, rows[:limit], filled, statement_of(asked), statement_of(rest), following, city)

    def _limit(self, found: str) -> int:
        most = self._desk.city.analysis.page_rows
        if int(found) > most:
            raise FilterError("rows", found, f"at most {most}")
        return int(found)

    def _asked(self, chosen: Mapping[str, str], **instead: str) -> Asked:
        stream = stream_of(chosen["stream"])
        found = {**chosen, **instead}
        said = {name: found[name] for name in stream.filters if found.get(name)}
        days = (_day("from", found["from"]), _day("to", found["to"]))
        return asked_of(self._desk.city, stream, said, days, found["step"], datetime.now(UTC))  # type: ignore[arg-type]

    def _other(self, chosen: Mapping[str, str], asked: Asked) -> Asked | None:
        """The question it is compared with: the same from another day on, or in another district."""
        since = _day("versus", chosen["versus"])
        if since is None and not (chosen["other"] and "district" in asked.stream.filters):
            return None
        instead = {"district": chosen["other"]} if chosen["other"] and "district" in asked.stream.filters else {}
        if since is not None:
            days = round((asked.until - asked.since) / timedelta(days=1))
            instead |= {"from": since.isoformat(), "to": (since + timedelta(days=days - 1)).isoformat()}
        return self._asked(chosen, **instead)

    def _after(self, cursor: str, asked: Asked) -> tuple[object, ...]:
        if not cursor:
            return ()
        place = read_cursor(cursor, repr(asked), RowPlace)
        return (place.at, *place.ties)


async def _none() -> None:
    return None


def _place(row: Row, asked: Asked) -> RowPlace:
    names = {field.column: field.name for field in asked.stream.fields}
    return RowPlace(row[names[asked.stream.time]], tuple(row[names[tie]] for tie in asked.stream.ties))


def _day(name: str, found: str) -> date | None:
    """A choice of a day; the explorer takes whole days only."""
    try:
        return date.fromisoformat(found) if found else None
    except ValueError:
        raise FilterError(name, found, "a day like 2026-11-21") from None


def _refused(error: FilterError, desk: AnalysisDesk) -> str:
    """Why a question is not asked, in the words of the desk."""
    years = desk.city.analysis.range_years
    words = {
        "from": f"Waktunya tidak dapat dipakai: tanggal mulai sebelum tanggal akhir, paling lama {years} tahun.",
        "step": "Langkahnya terlalu pendek untuk waktu selama ini: pilih langkah yang lebih panjang.",
        "next": "Halaman ini tidak ada lagi: mulai dari awal.",
    }
    return words.get(error.name, f"Pilihan {error.name} tidak dapat dipakai.")

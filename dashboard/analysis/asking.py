"""A question of the explorer, as its address says it: the answer with all that is told beside it, or why not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from http import HTTPStatus

from dashboard.analysis.filters import asked_of, stream_of
from dashboard.analysis.record import statement_of
from dashboard.analysis.routes import AnalysisDesk
from dashboard.api.cursor import Instant, Place, Word, read_cursor, write_cursor
from dashboard.api.errors import FilterError
from dashboard.sights import DESK, OptionError, Sights
from data.analysis.answers import Row
from data.analysis.asked import Asked
from data.errors import DataError
from layouts import links
from layouts.explored_told import Told
from layouts.findings.explored import too_many
from layouts.findings.explored_words import TAKEN

PAGE = f"{DESK}jelajah"
REFUSALS = (OptionError, FilterError, DataError)
"""What may be raised in place of an answer."""


class RowPlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of rows, the newest first: its time, and what tells it from others of that time."""

    at: Instant
    ties: tuple[Word | int, ...]


class Asking:
    """Answers what addresses ask, in the explorer's words. Its methods raise one of `REFUSALS`."""

    def __init__(self, sights: Sights, desk: AnalysisDesk) -> None:
        self._sights, self.desk = sights, desk

    async def told(self, query: Mapping[str, str], now: datetime, *, paged: bool = True) -> Told:
        """The answer as of now; `paged`: with a page of its rows, which paper has no use for."""
        city = self.desk.city
        chosen = self._sights.find(PAGE).choose(city, query)
        asked = self._asked(chosen, now)
        if too_many(asked):
            raise FilterError("step", chosen["step"], "a longer step for so long a time")
        limit = self._limit(chosen["rows"])
        rest = replace(asked, step=None)
        after = _after(chosen["after"], rest)
        other = self._other(chosen, asked, now)
        answer, beside, rows = await asyncio.gather(
            self.desk.answer(asked, now),
            self.desk.answer(other, now) if other else _none(),
            self.desk.answers.page(rest, after, limit + 1) if paged else _no_rows(),
        )
        days = {"from": asked.since.date(), "to": (asked.until - timedelta(days=1)).date()}
        taken = TAKEN[chosen["stream"]]
        question = {name: value for name, value in query.items() if value and name in taken}
        question |= {name: day.isoformat() for name, day in days.items()}  # tomorrow a page still goes on from here
        following = ""
        if len(rows) > limit:
            cursor = write_cursor(_place(rows[limit - 1], rest), repr(rest))
            following = links.with_choices(links.EXPLORER, **{**question, "after": cursor})
        filled = question | {name: words[0] for name, words in asked.filters}
        return Told(answer, beside, rows[:limit], filled, statement_of(asked), statement_of(rest), following, city)

    def refused(self, error: Exception) -> tuple[HTTPStatus, str]:
        """Why a question has no answer, in the words of the desk."""
        if isinstance(error, OptionError):
            return HTTPStatus.UNPROCESSABLE_ENTITY, f"Pilihan {error.name}: {error.found} tidak ada."
        if isinstance(error, FilterError):
            return HTTPStatus.UNPROCESSABLE_ENTITY, self._refused(error)
        words = "Belum terjawab: basis data sedang sibuk. Persempit waktunya atau coba lagi."
        return HTTPStatus.SERVICE_UNAVAILABLE, words

    def _limit(self, found: str) -> int:
        most = self.desk.city.analysis.page_rows
        if int(found) > most:
            raise FilterError("rows", found, f"at most {most}")
        return int(found)

    def _asked(self, chosen: Mapping[str, str], now: datetime, **instead: str) -> Asked:
        stream = stream_of(chosen["stream"])
        found = {**chosen, **instead}
        said = {name: found[name] for name in stream.filters if found.get(name)}
        days = (_day("from", found["from"]), _day("to", found["to"]))
        return asked_of(self.desk.city, stream, said, days, found["step"], now)  # type: ignore[arg-type]

    def _other(self, chosen: Mapping[str, str], asked: Asked, now: datetime) -> Asked | None:
        """The question it is compared with: the same from another day on, or in another district."""
        since = _day("versus", chosen["versus"])
        if since is None and not (chosen["other"] and "district" in asked.stream.filters):
            return None
        instead = {"district": chosen["other"]} if chosen["other"] and "district" in asked.stream.filters else {}
        if since is not None:
            days = round((asked.until - asked.since) / timedelta(days=1))
            instead |= {"from": since.isoformat(), "to": (since + timedelta(days=days - 1)).isoformat()}
        return self._asked(chosen, now, **instead)

    def _refused(self, error: FilterError) -> str:
        years = self.desk.city.analysis.range_years
        words = {
            "from": f"Waktunya tidak dapat dipakai: tanggal mulai sebelum tanggal akhir, paling lama {years} tahun.",
            "step": "Langkahnya terlalu pendek untuk waktu selama ini: pilih langkah yang lebih panjang.",
            "next": "Halaman ini tidak ada lagi: mulai dari awal.",
        }
        return words.get(error.name, f"Pilihan {error.name} tidak dapat dipakai.")


def _after(cursor: str, asked: Asked) -> tuple[object, ...]:
    if not cursor:
        return ()
    place = read_cursor(cursor, repr(asked), RowPlace)
    return (place.at, *place.ties)


async def _none() -> None:
    return None


async def _no_rows() -> Sequence[Row]:
    return ()


def _place(row: Row, asked: Asked) -> RowPlace:
    names = {field.column: field.name for field in asked.stream.fields}
    return RowPlace(row[names[asked.stream.time]], tuple(row[names[tie]] for tie in asked.stream.ties))


def _day(name: str, found: str) -> date | None:
    """A choice of a day; the explorer takes whole days only."""
    try:
        return date.fromisoformat(found) if found else None
    except ValueError:
        raise FilterError(name, found, "a day like 2026-11-21") from None

"""What people choose and sort on desk pages: Dash, with the rows of its grid paged by the database.

Dash draws into the place that a page with controls keeps for it (`layouts.page.CONTROLS`). What is chosen stands in the
address: the grid's script (`assets/grid.js`) writes it there, and these answers read it from there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, ctx, dcc, html, no_update

from dashboard.asking import Ask
from dashboard.document import Controls
from dashboard.moments import AT, present
from dashboard.replays import Replays
from dashboard.sights import DESK, OptionError, Sights
from dashboard.terms import terms_of
from data.errors import DataError
from layouts.case_grid import GRID, Say, grid, row_of
from layouts.findings.case_states import COLUMNS
from layouts.options import LANGUAGE
from layouts.panel import Context
from layouts.translate import SOURCE

log = logging.getLogger(__name__)

ADDRESS, PLACE, MOMENT = "address", "grid-place", "moment"
LIST = f"{DESK}aduan"
_MOST = 500
"""Rows a browser may ask for at once."""


def lay_out(controls: Controls, sights: Sights, ask: Ask, replays: Replays) -> None:
    """Give Dash its layout and its answers; a page that shows the past keeps its moment in a store (`replay.js`)."""
    controls.layout = html.Div([dcc.Location(id=ADDRESS, refresh=False), dcc.Store(id=MOMENT), html.Div(id=PLACE)])
    rows = Rows(sights, ask, replays)

    @controls.callback(Output(PLACE, "children"), Input(ADDRESS, "search"))
    def draw(search: str | None) -> object:
        return grid(rows.speaker(search or "", ctx.cookies))

    @controls.callback(
        Output(GRID, "getRowsResponse"),
        Input(GRID, "getRowsRequest"),
        State(ADDRESS, "search"),
        State(MOMENT, "data"),
        prevent_initial_call=True,
    )
    async def give(request: Mapping[str, Any] | None, search: str | None, at: str | None) -> object:
        return await rows.answer(request, search or "", rows.speaker(search or "", ctx.cookies), at)


class Rows:
    """Answers the grid's requests."""

    def __init__(self, sights: Sights, ask: Ask, replays: Replays) -> None:
        self._sights, self._ask, self._replays = sights, ask, replays

    def speaker(self, search: str, cookies: Mapping[str, str]) -> Say:
        """Return what says a text in the language of the page: its address's, else the desk's own."""
        code = dict(parse_qsl(search.removeprefix("?"))).get(LANGUAGE) or cookies.get(LANGUAGE, SOURCE)
        language = self._sights.languages.get(code)
        return str if language is None else language.say

    async def answer(
        self, request: Mapping[str, Any] | None, search: str, say: Say = str, at: str | None = None
    ) -> object:
        """Return one stretch of rows and how many there are; nothing while they cannot be had.

        `at` is the moment to which a page of the past has moved on from that of its address.
        """
        if request is None:
            return no_update
        city, query = self._sights.city, dict(parse_qsl(search.removeprefix("?")))
        first, end = int(request["startRow"]), int(request["endRow"])
        try:
            options = self._sights.find(LIST).choose(city, query)
            moment = await self._replays.moment(query | ({AT: at} if at else {}))
            ask, now = (self._replays.ask, moment.at) if moment else (self._ask, present())
            params = {
                **terms_of(city, now),
                **options,
                "sort": sort_of(request.get("sortModel") or ()) or options["sort"],
                "zone": city.zone.key,
                "now": now,
                "rows": max(0, min(end - first, _MOST)),
                "skipped": max(0, first),
            }
            states, found = await ask("case_states", params), await ask("case_list", params)
        except (OptionError, DataError) as error:
            log.warning("the list of cases: %s", error)
            return no_update
        context = Context(city, now, options)
        return {
            "rowData": [row_of(row, context, say) for row in found],
            "rowCount": sum(int(row["n"]) for row in states),
        }


def sort_of(model: Any) -> str | None:  # noqa: ANN401 - as the browser sends it
    """Return the grid's sort as the address says it; None where it is none of ours."""
    first = next(iter(model), None)
    if not isinstance(first, Mapping) or first.get("colId") not in COLUMNS:
        return None
    newest_first = first["colId"] in {"opened", "changed"}
    backward = (first.get("sort") == "asc") is newest_first
    return f"{'-' if backward else ''}{first['colId']}"

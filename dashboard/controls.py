"""What people choose and sort on desk pages: Dash, with the rows of its grid paged by the database.

Dash draws into the place that a page with controls keeps for it (`layouts.page.CONTROLS`). What is chosen stands in the
address: the grid's script (`assets/grid.js`) writes it there, and these answers read it from there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, ctx, dcc, html, no_update

from dashboard.document import Controls
from dashboard.heart import Ask
from dashboard.sights import DESK, OptionError, Sights
from dashboard.terms import terms_of
from data.errors import DataError
from layouts.case_grid import GRID, Say, grid, row_of
from layouts.findings.case_states import COLUMNS
from layouts.options import LANGUAGE
from layouts.panel import Context
from layouts.translate import SOURCE

log = logging.getLogger(__name__)

ADDRESS, PLACE = "address", "grid-place"
LIST = f"{DESK}aduan"
_MOST = 500
"""Rows a browser may ask for at once."""


def lay_out(controls: Controls, sights: Sights, ask: Ask) -> None:
    """Give Dash its layout and its answers."""
    controls.layout = html.Div([dcc.Location(id=ADDRESS, refresh=False), html.Div(id=PLACE)])
    rows = Rows(sights, ask)

    @controls.callback(Output(PLACE, "children"), Input(ADDRESS, "search"))
    def draw(search: str | None) -> object:
        return grid(rows.speaker(search or "", ctx.cookies))

    @controls.callback(
        Output(GRID, "getRowsResponse"),
        Input(GRID, "getRowsRequest"),
        State(ADDRESS, "search"),
        prevent_initial_call=True,
    )
    async def give(request: Mapping[str, Any] | None, search: str | None) -> object:
        return await rows.answer(request, search or "", rows.speaker(search or "", ctx.cookies))


class Rows:
    """Answers the grid's requests."""

    def __init__(self, sights: Sights, ask: Ask) -> None:
        self._sights, self._ask = sights, ask

    def speaker(self, search: str, cookies: Mapping[str, str]) -> Say:
        """Return what says a text in the language of the page: its address's, else the desk's own."""
        code = dict(parse_qsl(search.removeprefix("?"))).get(LANGUAGE) or cookies.get(LANGUAGE, SOURCE)
        language = self._sights.languages.get(code)
        return str if language is None else language.say

    async def answer(self, request: Mapping[str, Any] | None, search: str, say: Say = str) -> object:
        """Return one stretch of rows and how many there are; nothing while they cannot be had."""
        if request is None:
            return no_update
        city, now = self._sights.city, datetime.now(UTC)
        first, end = int(request["startRow"]), int(request["endRow"])
        try:
            options = self._sights.find(LIST).choose(city, dict(parse_qsl(search.removeprefix("?"))))
            params = {
                **terms_of(city, now),
                **options,
                "sort": sort_of(request.get("sortModel") or ()) or options["sort"],
                "zone": city.zone.key,
                "now": now,
                "rows": max(0, min(end - first, _MOST)),
                "skipped": max(0, first),
            }
            states, found = await self._ask("case_states", params), await self._ask("case_list", params)
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

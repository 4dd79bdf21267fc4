"""What the grid asks for: the address decides which cases, the grid which of them, and only what both may say."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from dash import no_update

from dashboard.controls import Rows, sort_of
from dashboard.replays import Replays
from data.errors import DatabaseAway
from tests.pack import SIGHTS


class Asked:
    """Answers two questions and remembers what it was asked."""

    def __init__(self, *, away: bool = False) -> None:
        self.params: dict[str, Mapping[str, Any]] = {}
        self._away = away

    async def __call__(self, name: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        if self._away:
            raise DatabaseAway("away")
        self.params[name] = params
        if name == "case_states":
            return [{"role": "waiting", "n": 40, "overdue": 1}, {"role": "done", "n": 2, "overdue": 0}]
        at = datetime(2026, 11, 1, tzinfo=UTC)
        return [{"service": "laksa", "case_id": "A/1", "status": "menunggu", "category": "pju", "subdistrict": None,
                 "agency": None, "summary": None, "opened_at": at, "status_at": at}]  # fmt: skip


def answered(search: str, asked: Asked, **request: Any) -> Any:  # noqa: ANN401
    rows = Rows(SIGHTS, asked, Replays(SIGHTS.city, asked, "b"))
    return asyncio.run(rows.answer({"startRow": 25, "endRow": 50, "sortModel": [], **request}, search))


def test_rows_are_a_page_of_the_database_within_the_filters_of_the_address() -> None:
    asked = Asked()
    told = answered("?district=36.71.07&overdue=ya&sort=-opened", asked)
    listed = asked.params["case_list"]
    assert (listed["district"], listed["overdue"], listed["service"]) == ("36.71.07", "ya", "")
    assert (listed["rows"], listed["skipped"], listed["sort"]) == (25, 25, "-opened")
    assert told["rowCount"] == 42
    assert told["rowData"][0]["href"] == "/aduan/laksa/A%2F1"
    assert told["rowData"][0]["due"]["words"].startswith("■ lewat")


def test_the_order_chosen_on_the_grid_goes_before_that_of_the_address() -> None:
    asked = Asked()
    answered("?sort=-opened", asked, sortModel=[{"colId": "agency", "sort": "desc"}])
    assert asked.params["case_list"]["sort"] == "-agency"


@pytest.mark.parametrize(
    ("model", "sort"),
    [
        ([{"colId": "opened", "sort": "desc"}], "opened"),
        ([{"colId": "opened", "sort": "asc"}], "-opened"),
        ([{"colId": "agency", "sort": "asc"}], "agency"),
        ([{"colId": "summary; DROP", "sort": "asc"}], None),
        (["?"], None),
        ([], None),
    ],
)
def test_a_grid_sorts_by_what_the_question_knows(model: list[Any], sort: str | None) -> None:
    assert sort_of(model) == sort


def test_nobody_gets_more_than_a_few_hundred_rows_at_once() -> None:
    asked = Asked()
    answered("", asked, startRow=-5, endRow=10**9)
    assert (asked.params["case_list"]["rows"], asked.params["case_list"]["skipped"]) == (500, 0)


def test_a_wrong_address_or_a_database_that_is_away_leaves_the_list_as_it_is() -> None:
    assert answered("?district=?", Asked()) is no_update
    assert answered("", Asked(away=True)) is no_update


def test_a_page_of_the_past_lists_the_cases_of_the_moment_to_which_it_has_come() -> None:
    class Past(Asked):
        async def __call__(self, name: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
            if name == "replay_since":
                return [{"since": datetime(2026, 11, 1, tzinfo=UTC)}]
            return await super().__call__(name, params)

    live, past = Asked(), Past()
    rows = Rows(SIGHTS, live, Replays(SIGHTS.city, past, "b"))
    request = {"startRow": 0, "endRow": 25, "sortModel": []}
    begun, reached = (datetime.now(UTC).replace(microsecond=0) - timedelta(hours=hours) for hours in (3, 2))
    search = f"?{urlencode({'at': begun.isoformat(), 'overdue': 'ya'})}"
    asyncio.run(rows.answer(request, search))
    assert past.params["case_list"]["now"] == begun
    asyncio.run(rows.answer(request, search, at=reached.isoformat()))
    assert (past.params["case_list"]["now"], past.params["case_list"]["overdue"]) == (reached, "ya")
    assert live.params == {}

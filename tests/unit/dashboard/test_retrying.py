"""Who may ask that refused messages are read again, for what, and where one lands afterwards."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from dashboard.retrying import retry_routes
from data.errors import DatabaseAway
from layouts.links import RETRY
from tests.pack import CITY

ROOM = "http://room:8050"
OURS = {"origin": ROOM}


class Desk:
    """The route, with a database of straw."""

    def __init__(self, *, away: bool = False) -> None:
        self.asked: list[str | None] = []
        self._away = away
        self._app = FastAPI()
        self._app.include_router(retry_routes(CITY, self._note))

    def post(self, query: str = "", **headers: str) -> httpx.Response:
        async def once() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url=ROOM) as client:
                told = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.post(RETRY + query, headers=told)

        return asyncio.run(once())

    async def _note(self, reason: str | None) -> None:
        if self._away:
            raise DatabaseAway("gone fishing")
        self.asked.append(reason)


@pytest.mark.parametrize(("query", "asked"), [("", None), ("?reason=", None), ("?reason=unknown-kind", "unknown-kind")])
def test_a_page_of_the_room_may_ask(query: str, asked: str | None) -> None:
    desk = Desk()
    assert desk.post(query, **OURS).status_code == 303
    assert desk.post(query, sec_fetch_site="same-origin", origin="null").status_code == 303
    assert desk.asked == [asked, asked]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://elsewhere"},
        {"origin": "http://room:9000"},
        {"origin": "http://room:8050.elsewhere"},
        {"referer": f"{ROOM}/data"},
        {"sec_fetch_site": "cross-site", **OURS},
        {"sec_fetch_site": "same-site", **OURS},
        {"sec_fetch_site": "none", **OURS},
    ],
)
def test_nobody_else_may(headers: dict[str, str]) -> None:
    desk = Desk()
    answer = desk.post(**headers)
    assert (answer.status_code, desk.asked) == (403, [])
    assert answer.text == "Ditolak: permintaan ini tidak datang dari halaman ruang ini.\n"


@pytest.mark.parametrize("reason", ["Unknown", "a%20b", "%3Cscript%3E", "x" * 65, "-a"])
def test_a_reason_of_another_form_is_refused_naming_the_field(reason: str) -> None:
    desk = Desk()
    answer = desk.post(f"?reason={reason}", **OURS)
    assert (answer.status_code, desk.asked) == (422, [])
    assert answer.text.startswith("Pilihan reason: ")
    assert answer.headers["content-type"].startswith("text/plain")


def test_without_a_database_one_is_told() -> None:
    answer = Desk(away=True).post(**OURS)
    assert answer.status_code == 503
    assert answer.text.startswith("Basis data tidak terjangkau")


@pytest.mark.parametrize(
    ("referer", "leads"),
    [
        (f"{ROOM}/data?lang=en&reason=empty", "/data?lang=en&reason=empty"),
        (f"{ROOM}/data", "/data"),
        ("http://elsewhere/data?x=1", "/data?reason=empty"),
        (f"{ROOM}//elsewhere", "/data?reason=empty"),
        (f"{ROOM}/data/../perangkat", "/data?reason=empty"),
        ("", "/data?reason=empty"),
    ],
)
def test_one_lands_on_the_page_one_came_from_and_on_no_other_host(referer: str, leads: str) -> None:
    answer = Desk().post("?reason=empty", referer=referer, **OURS)
    assert answer.headers["location"] == f"{leads}#panel-rejected_messages"

"""Scripts and sheets: found under an address of their content, and each panel's scripts exist."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from dashboard.assets import Assets
from dashboard.errors import DashboardError
from dashboard.web import SecurityHeaders
from layouts.areas import areas_of
from layouts.panels import PANELS
from tests.pack import CITY


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(Path("none.woff2"), areas_of(CITY))


def got(app: ASGIApp, path: str) -> httpx.Response:
    async def once() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room") as client:
            return await client.get(path)

    return asyncio.run(once())


def test_every_script_a_panel_names_is_given_for_ever(assets: Assets) -> None:
    server = FastAPI()
    server.include_router(assets.routes())
    named = [name for panel in PANELS.values() for name in panel.scripts]
    assert "maplibre-gl.js" in named
    for name in named:
        answer = got(server, assets.address(name))
        assert (answer.status_code, len(answer.content) > 500) == (200, True), name
        assert "immutable" in answer.headers["cache-control"]


def test_another_content_has_another_address_and_an_unknown_file_none(assets: Assets) -> None:
    assert assets.address("areas.json") != Assets(Path("none.woff2"), {}).address("areas.json")
    with pytest.raises(DashboardError, match=r"no asset 'none\.js'"):
        assets.address("none.js")


@pytest.mark.parametrize("tiles", ["", "https://ubin.example:8443"])
def test_a_page_may_ask_the_citys_tile_server_and_nobody_else(tiles: str) -> None:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("x"))])
    app.add_middleware(SecurityHeaders, script_hashes="", tiles=tiles)
    policy = got(app, "/").headers["content-security-policy"]
    allowed = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert allowed["connect-src"] == ["'self'", *([tiles] if tiles else [])]
    assert allowed["img-src"] == ["'self'", "data:", "blob:", *([tiles] if tiles else [])]
    assert allowed["script-src"] == ["'self'"]

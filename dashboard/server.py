"""The web application: own routes first, then Dash, then what every answer passes on its way out."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from dash import Dash, no_update
from fastapi import FastAPI
from starlette.responses import FileResponse, HTMLResponse

from dashboard.api.routes import api_routes
from dashboard.build import build_id
from dashboard.doors import Doors, finish_set_up, stop_streams_on_signal
from dashboard.exposition import metrics_routes
from dashboard.hub import Hub
from dashboard.live import live_routes
from dashboard.ready import ready_routes
from dashboard.shell import INDEX, frame_page, lost_html, register_page
from dashboard.walls import the_wall
from dashboard.web import Compress, SecurityHeaders
from data.link import check_url
from data.listener import listen
from data.store import Store
from layouts.fonts import subset
from layouts.scenes import SCENES
from sensors.city import City
from sensors.settings import Settings

log = logging.getLogger(__name__)

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
LIBRARY_SEATS = 2  # how many questions of other programs the database answers at a time
ASSETS = Path(__file__).parent / "assets"


def create_server(settings: Settings, city: City) -> FastAPI:
    """Return the application. Raises `SettingsError` or `DataError` when no database, or no possible one, is named."""
    url = settings.require_database_url()
    check_url(url)
    store = Store(url)
    library = Store(url, LIBRARY_SEATS)  # its own: however much other programs read, the wall never waits for them
    hub = Hub(
        city, the_wall(), store.ask, partial(listen, url), build=build_id(), simulating=settings.feeds_from_virtual_city
    )
    font = settings.state_dir / "fonts" / "inter.woff2"
    server = FastAPI(
        title=f"{city.name} LIVE Room",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=partial(_life, hub=hub, stores=(store, library), font=font),
    )
    server.include_router(live_routes(hub))
    server.include_router(ready_routes(hub, store.schema_is_current))
    server.include_router(metrics_routes(partial(store.ask, "component_metrics", {})))
    server.include_router(api_routes(city, library.ask))
    server.add_api_route("/fonts/inter.woff2", partial(_font, font), include_in_schema=False)
    dash = _create_dash(server, city)
    register_page(dash, hub, city)
    server.add_api_route("/{path:path}", partial(_lost, city), include_in_schema=False)
    server.add_middleware(Compress)
    server.add_middleware(SecurityHeaders, script_hashes=" ".join(dash.csp_hashes()))
    server.add_middleware(Doors, pages=frozenset(f"/wall/{scene}" for scene in SCENES))
    return server


def _create_dash(server: FastAPI, city: City) -> Dash:
    dash = Dash(
        "dashboard",
        backend="fastapi",
        server=server,  # type: ignore[arg-type]  # its hints know Flask only
        assets_folder=str(ASSETS),
        title=f"{city.name} · LIVE Room",
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        index_string=INDEX,
        on_error=_page_failed,
    )
    dash.backend.websocket_capability = False  # else every page opens a WebSocket that nothing here uses
    dash.layout = frame_page()
    return dash


def _page_failed(error: Exception) -> object:
    log.error("a page could not be made", exc_info=error)
    return no_update


@asynccontextmanager
async def _life(server: FastAPI, *, hub: Hub, stores: Sequence[Store], font: Path) -> AsyncIterator[None]:
    await asyncio.to_thread(subset, font)
    await finish_set_up(server)
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it again holds every frame back by a tenth of a second
    working = asyncio.create_task(hub.run(), name="hub")
    working.add_done_callback(_end_with_the_hub)
    try:
        with stop_streams_on_signal(hub):
            yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        for store in stores:
            await store.close()


def _end_with_the_hub(working: asyncio.Task[None]) -> None:
    """A server whose hub has died would serve stale walls for ever: let whoever started it start it again."""
    if not working.cancelled() and working.exception():
        log.critical("the live hub has died", exc_info=working.exception())
        signal.raise_signal(signal.SIGTERM)


async def _font(font: Path) -> FileResponse:
    return FileResponse(font, media_type="font/woff2", headers=FOR_EVER)


async def _lost(city: City) -> HTMLResponse:
    links = {"/": f"{city.name}: ikhtisar"} | {f"/wall/{key}": f"Layar {scene.title}" for key, scene in SCENES.items()}
    return HTMLResponse(lost_html(city, links), status_code=404)

"""The web application: pages, stream and interfaces, Dash for what people choose, and what every answer passes."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from dash import no_update
from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dashboard.alarm_marks import mark_routes
from dashboard.analysis.asking import Asking
from dashboard.analysis.document import QuestionDocument
from dashboard.analysis.explorer import Explorer
from dashboard.analysis.routes import AnalysisDesk, analysis_routes
from dashboard.api.gate import Gate, Refuse, Rules
from dashboard.api.keys import Keys, read_keys
from dashboard.api.live import LiveReadings
from dashboard.api.openapi import describe
from dashboard.api.route import failure_of, problem
from dashboard.api.routes import api_routes, lost_route
from dashboard.assets import Assets
from dashboard.build import build_id
from dashboard.controls import lay_out
from dashboard.deeds import Deeds
from dashboard.document import Controls
from dashboard.doors import DASH, finish_set_up, stop_streams_on_signal
from dashboard.exposition import metrics_routes
from dashboard.handing import Handing
from dashboard.hub import Hub
from dashboard.live import live_routes
from dashboard.open311 import routes as open311
from dashboard.open311.records import Complaints
from dashboard.pages import Pages
from dashboard.ready import ready_routes
from dashboard.replays import Replays
from dashboard.reports.maker import Maker
from dashboard.reports.routes import report_routes
from dashboard.reports.turns import Turns
from dashboard.retrying import retry_routes
from dashboard.setup import Setup
from dashboard.sights import Sights
from dashboard.sta import routes as sta
from dashboard.sta.answers import Answers
from dashboard.web import Compress, SecurityHeaders
from data.link import check_url
from data.listener import listen
from data.outgoing import put_out
from data.retries import request_retry
from data.store import Store
from layouts.areas import areas_of
from layouts.fonts import subset
from sensors.city import City
from sensors.settings import Settings

log = logging.getLogger(__name__)

DOORS: Mapping[str, Refuse] = {"/api/": problem, open311.PREFIX: open311.refuse, sta.PREFIX: sta.refuse}
"""How each interface of other programs says a refusal, by the beginning of its addresses."""
LIBRARY_SEATS = 2  # how many questions of other programs the database answers at a time
THINGS_SEATS = 1
DESK_SEATS = 2
ANALYSTS_SEATS, ANALYSTS_SECONDS = 2, 30.0
PAST_SEATS = 3
"""How many questions about the past the database answers at a time: none of them in the way of the walls."""


def create_server(settings: Settings, city: City) -> FastAPI:
    """Return the application. Raises `SettingsError` or `DataError` when no database, or no possible one, is named."""
    url, read_url = settings.require_database_url(), settings.require_read_url()
    check_url(url)  # whoever listens or writes takes this one, for a replica does neither
    check_url(read_url)
    keys = read_keys(settings.api_keys)
    store = Store(read_url)
    library = Store(read_url, LIBRARY_SEATS)  # its own: however much other programs read, the wall never waits for them
    things = Store(read_url, THINGS_SEATS)  # for callers that choose conditions: slow ones wait for each other
    desk = Store(url, DESK_SEATS)  # and what operators decide waits for neither of them
    analysts = Store(read_url, ANALYSTS_SEATS, ANALYSTS_SECONDS)  # who think for long wait for each other only
    past = Store(read_url, PAST_SEATS, past=True)
    sights, build = Sights.of(city), build_id()
    replays = Replays(city, past.ask, build)
    hub = Hub(
        city,
        sights.wall(),
        store.ask,
        partial(listen, url, read_url),
        build=build,
        simulating=settings.feeds_from_virtual_city,
    )
    font = settings.state_dir / "fonts" / "inter.woff2"
    server = FastAPI(
        title=f"{city.name} LIVE Room",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=partial(
            _life, hub=hub, replays=replays, stores=(store, library, things, desk, analysts, past), font=font
        ),
    )
    assets, controls = Assets(font, areas_of(city)), _create_controls(server)
    lay_out(controls, sights, library.ask, replays)
    pages = Pages(hub, replays, sights, assets, controls)
    server.include_router(live_routes(hub, replays, sights))
    server.include_router(ready_routes(hub, store.schema_is_current))
    server.include_router(metrics_routes(partial(store.ask, "component_metrics", {})))
    server.include_router(api_routes(city, library.ask, LiveReadings(city, library.ask, hub)))
    analysis = AnalysisDesk(city, analysts, read_url)
    server.include_router(analysis_routes(analysis))
    asking, turns = Asking(sights, analysis), Turns()
    server.include_router(Explorer(sights, asking).routes())
    server.include_router(mark_routes(sights, library.ask))
    server.include_router(sta.SensorThings(Answers(city, things), settings.public_url).routes())
    server.include_router(_geo_report(settings, city, library, desk, keys).routes())
    simulated = settings.feeds_from_virtual_city
    server.include_router(QuestionDocument(asking, turns, simulated=simulated).routes())
    server.include_router(report_routes(Maker(city, library.ask, simulated, turns)))
    server.include_router(retry_routes(city, partial(request_retry, url)))
    server.include_router(assets.routes())
    server.include_router(Setup(sights, assets).routes())
    server.include_router(Deeds(sights, desk, assets).routes())
    server.include_router(Handing(sights, desk, assets).routes())
    server.include_router(pages.routes())
    server.include_router(lost_route())  # behind every list, before what answers everything
    server.include_router(pages.lost_route())  # the last: it answers everything
    describe(server, city)
    server.add_exception_handler(HTTPException, _not_so)
    server.add_middleware(Gate, doors=DOORS, keys=keys, rules=_rules(settings))
    server.add_middleware(Compress)
    server.add_middleware(
        SecurityHeaders, script_hashes=" ".join(controls.csp_hashes()), tiles=city.tiles.origin if city.tiles else ""
    )
    return server


def _geo_report(settings: Settings, city: City, library: Store, desk: Store, keys: Keys) -> open311.GeoReport:
    return open311.GeoReport(
        Complaints.of(city),
        library.ask,
        partial(put_out, desk),
        keys,
        base=settings.public_url,
        simulated=settings.feeds_from_virtual_city,
    )


def _rules(settings: Settings) -> Rules:
    return Rules(settings.api_per_minute, settings.api_key_per_minute, reads_are_open=settings.api_open)


async def _not_so(request: Request, error: Exception) -> Response:
    """What no route answers, such as a wrong method, in the form of the interface that was asked."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    refuse = next((door for prefix, door in DOORS.items() if request.url.path.startswith(prefix)), None)
    if refuse is None:
        return await http_exception_handler(request, error)
    return refuse(request, failure_of(request, error))


def _create_controls(server: FastAPI) -> Controls:
    controls = Controls(
        "dashboard",
        backend="fastapi",
        server=server,  # type: ignore[arg-type]  # its hints know Flask only
        assets_ignore=".*",  # ours are on every page already
        routes_pathname_prefix=DASH,
        requests_pathname_prefix=DASH,
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        on_error=_page_failed,
    )
    controls.backend.websocket_capability = False  # else every page opens a WebSocket that nothing here uses
    return controls


def _page_failed(error: Exception) -> object:
    log.error("a page could not be made", exc_info=error)
    return no_update


@asynccontextmanager
async def _life(
    server: FastAPI, *, hub: Hub, replays: Replays, stores: Sequence[Store], font: Path
) -> AsyncIterator[None]:
    await asyncio.to_thread(subset, font)
    await finish_set_up(server)
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it again holds every frame back by a tenth of a second
    working = asyncio.create_task(hub.run(), name="hub")
    working.add_done_callback(_end_with_the_hub)
    try:
        with stop_streams_on_signal(hub.stop, replays.stop):
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

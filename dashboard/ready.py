"""`/healthz` and `/readyz`: whether the process lives, and whether what it shows can be trusted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse

from dashboard.hub import Hub
from data.errors import DataError


async def reasons(hub: Hub, schema_is_current: Callable[[], Awaitable[bool]]) -> list[str]:
    """Return why the wall is not ready: none when database, schema and live feed are good."""
    found = []
    try:
        if not await schema_is_current():
            found.append("schema: the database is not migrated to this build, run `python -m data migrate`")
    except DataError as error:
        found.append(f"database: {error}")
    if not found and not hub.room.database:
        found.append("database: the room's questions go unanswered")
    if hub.room.behind:
        found.append(f"replica: what is read lags {hub.room.behind} s behind what is written")
    if not hub.listening:
        found.append("live: not listening for commits")
    return found


def ready_routes(hub: Hub, schema_is_current: Callable[[], Awaitable[bool]]) -> APIRouter:
    """Return the routes that supervisors and proxies ask."""
    router = APIRouter()

    @router.get("/healthz", include_in_schema=False)
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})

    @router.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        found = await reasons(hub, schema_is_current)
        status = 503 if found else 200
        return JSONResponse(
            {"ready": not found, "reasons": found}, status_code=status, headers={"cache-control": "no-store"}
        )

    return router

"""`GET /replay/alarms`: the alarms of a span of time, for the slider of a replay. As they are known today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from dashboard.api.errors import FilterError
from dashboard.api.route import ApiRoute
from dashboard.asking import Ask
from dashboard.languages import spoken
from dashboard.sights import Sights
from layouts.findings.alarms import RANKS
from layouts.formats import clock
from layouts.panel import Row
from layouts.theme import level
from layouts.translate import Language
from sensors.city import City

LONGEST = timedelta(days=14)


def mark_routes(sights: Sights, ask: Ask) -> APIRouter:
    """Return the route."""
    router = APIRouter(route_class=ApiRoute)

    @router.get("/replay/alarms", include_in_schema=False)
    async def marks(
        request: Request, since: Annotated[datetime, Query()], until: Annotated[datetime, Query()]
    ) -> Response:
        for name, found in (("since", since), ("until", until)):
            if found.tzinfo is None:
                raise FilterError(name, found.isoformat(), "a time with its zone")
        if not timedelta() < until - since <= LONGEST:
            raise FilterError("until", until.isoformat(), f"a time after since, by at most {LONGEST.days} days")
        rows = await ask("alarm_marks", {"since": since, "until": until})
        language = spoken(sights, request)
        return JSONResponse({"items": [_mark(row, sights.city, language) for row in rows]})

    return router


def _mark(row: Row, city: City, language: Language | None) -> dict[str, Any]:
    rule, rank = city.alarm_rules.get(row["rule"]), RANKS[row["priority"]]
    words = f"{rule.title if rule else row['rule']} · {row['name']} · {clock(row['raised_at'], city.zone)}"
    return {
        "at": row["raised_at"].isoformat(),
        "rank": rank,
        "sign": level(rank).sign,
        "title": words if language is None else language.say(words),
    }

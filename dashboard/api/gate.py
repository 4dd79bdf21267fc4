"""What every request of another program passes: who asks, whether that is allowed, and how often.

Pages and their stream do not pass here. A client is a key, or else an address; each has a budget of requests a minute.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from urllib.parse import parse_qs

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.errors import Failure
from dashboard.api.keys import READ, Key, Keys
from dashboard.figures import API_REQUESTS

WINDOW = 60.0
MOST_CLIENTS = 20_000
"""Clients whose budgets are remembered; beyond them the one longest not seen begins anew."""
OPEN = ("/api/docs", "/api/openapi.json")
KEY = "liveroom.key"
_ANONYMOUS = "somebody"
_NO_KEY = {"www-authenticate": 'Bearer realm="liveroom"'}

Refuse = Callable[[Request, Failure], Response]


@dataclass(slots=True)
class Budget:
    """What one client has used of its minute. Times are seconds of the monotonic clock."""

    until: float
    used: int = 0


class Budgets:
    """The budgets of all clients, each renewed a minute after its first request."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._budgets: OrderedDict[str, Budget] = OrderedDict()

    def spend(self, client: str, limit: int) -> tuple[bool, dict[str, str]]:
        """Count one request; return whether it is within the limit, and the headers that say how much is left."""
        now = self._now()
        budget = self._budgets.get(client)
        if budget is None or budget.until <= now:
            budget = self._budgets[client] = Budget(now + WINDOW)
        self._budgets.move_to_end(client)
        while len(self._budgets) > MOST_CLIENTS:
            self._budgets.popitem(last=False)
        within = budget.used < limit
        budget.used += within
        reset = str(math.ceil(budget.until - now))
        told = {
            "ratelimit-policy": f"{limit};w={WINDOW:.0f}",
            "ratelimit-limit": str(limit),
            "ratelimit-remaining": str(limit - budget.used),
            "ratelimit-reset": reset,
        }
        return within, told if within else told | {"retry-after": reset}


@dataclass(frozen=True, slots=True)
class Rules:
    """Requests a minute of an address and of a key (0: as many as one likes); whether one may read without a key."""

    a_minute: int
    a_minute_with_key: int
    reads_are_open: bool


class Gate:
    """Stands before the interfaces at these prefixes, each of which says a refusal in its own form."""

    def __init__(self, app: ASGIApp, doors: Mapping[str, Refuse], keys: Keys, rules: Rules) -> None:
        self._app, self._doors, self._keys, self._rules = app, doors, keys, rules
        self._budgets = Budgets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it; say what is left of the client's budget either way."""
        refuse = _door(scope, self._doors)
        if refuse is None:
            await self._app(scope, receive, send)
            return
        told = _told(scope)
        key = self._keys.find(told) if told else None
        scope[KEY] = key
        limit = self._rules.a_minute_with_key if key else self._rules.a_minute
        within, budget = self._budgets.spend(client_of(scope), limit) if limit else (True, {})

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(budget)
                API_REQUESTS.labels(scope["path"].split("/", 2)[1], message["status"]).inc()
            await send(message)

        failure = self._refusal(scope, key, wrong=bool(told) and key is None) if within else _TOO_OFTEN
        answer = self._app if failure is None else refuse(Request(scope), failure)
        await answer(scope, receive, sending)

    def _refusal(self, scope: Scope, key: Key | None, *, wrong: bool) -> Failure | None:
        if wrong:
            return Failure(HTTPStatus.UNAUTHORIZED, "the key is none that was given out", headers=_NO_KEY)
        if self._rules.reads_are_open or scope["method"] != "GET" or scope["path"] in OPEN:
            return None  # what changes something asks for its own scope
        if key is None:
            detail = "a key is needed: Authorization: Bearer <key>, or X-API-Key"
            return Failure(HTTPStatus.UNAUTHORIZED, detail, headers=_NO_KEY)
        if READ not in key.scopes:
            return Failure(HTTPStatus.FORBIDDEN, f"the key {key.name} is not for reading")
        return None


_TOO_OFTEN = Failure(HTTPStatus.TOO_MANY_REQUESTS, "asked too often: Retry-After says for how many seconds to wait")


def client_of(scope: Scope) -> str:
    """Who asks: the name of a key, else an address."""
    key = scope.get(KEY)
    if key is not None:
        return f"key {key.name}"
    return str(scope["client"][0]) if scope.get("client") else _ANONYMOUS


def _door(scope: Scope, doors: Mapping[str, Refuse]) -> Refuse | None:
    if scope["type"] != "http":
        return None
    return next((refuse for prefix, refuse in doors.items() if scope["path"].startswith(prefix)), None)


def _told(scope: Scope) -> str:
    """The key that a request brings: in a header, or as Open311 has it in `api_key` of the query."""
    headers = Headers(scope=scope)
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return bearer.strip()
    if "x-api-key" in headers:
        return headers["x-api-key"]
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return next(iter(query.get("api_key", ())), "")

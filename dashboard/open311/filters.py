"""What a caller of GeoReport asks for, as pydantic reads it from the query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dashboard.api.errors import FilterError
from dashboard.api.filters import Time

LONGEST_SPAN = timedelta(days=90)
MOST = 1000
"""Both as the specification has them."""
STATUSES = ("open", "closed")
List = Annotated[str, StringConstraints(max_length=8192, pattern=r"^[^\x00]*$")]


NUMBERED: Mapping[str, object] = {"codes": None, "open": None, "since": None, "until": None, "rows": MOST}
"""Request ids go before everything else: what is asked beside them."""


class Asked(BaseModel):
    """What every call takes. A key is asked for by the gate, not here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jurisdiction_id: str | None = Field(None, max_length=100)
    api_key: str | None = Field(None, max_length=200)


class RequestFilters(Asked):
    """Which service requests are wanted; lists are separated by commas."""

    service_request_id: List | None = None
    service_code: List | None = None
    status: List | None = None
    start_date: Time = None
    end_date: Time = None

    def params(self, codes: Collection[str]) -> Mapping[str, object]:
        """Return the parameters of `open311_requests`. Raises `FilterError`.

        A span has 90 days at most; where one end is missing it has as many.
        """
        ids = _words(self.service_request_id)
        if ids is not None:
            return {**NUMBERED, "ids": ids}
        since, until = self._span()
        return {
            "ids": None,
            "codes": _known("service_code", _words(self.service_code), codes),
            "open": _open(_known("status", _words(self.status), STATUSES)),
            "since": since,
            "until": until,
            "rows": MOST,
        }

    def _span(self) -> tuple[datetime, datetime]:
        until = self.end_date or (self.start_date + LONGEST_SPAN if self.start_date else datetime.now(UTC))
        since = self.start_date or until - LONGEST_SPAN
        if not since <= until <= since + LONGEST_SPAN:
            raise FilterError("start_date", since.isoformat(), "a time before end_date, by 90 days at most")
        return since, until


def _words(found: str | None) -> list[str] | None:
    words = [word.strip() for word in (found or "").split(",") if word.strip()]
    if len(words) > MOST:
        raise FilterError("service_request_id", f"{len(words)} words", f"{MOST} at most")
    return words or None


def _known(name: str, words: list[str] | None, among: Collection[str]) -> list[str] | None:
    for word in words or ():
        if word not in among:
            raise FilterError(name, word, f"some of {', '.join(among)}")
    return words


def _open(statuses: list[str] | None) -> bool | None:
    """None for both of them."""
    return None if not statuses or set(statuses) == set(STATUSES) else statuses[0] == "open"

"""The filters of each list, as pydantic reads them from a query: what is wrong is refused with the filter's name."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from dashboard.api.errors import FilterError
from sensors.kinds import KINDS

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
MOST = 1000
USUAL = 100
KEY = r"^[a-z0-9][a-z0-9-]{0,63}$"
# In a query `+` means a blank: an offset that was not escaped arrives as `2026-11-21T07:00:00 07:00`.
UNESCAPED = re.compile(r"(T[0-9:.]+) ([0-9]{2}:?[0-9]{2})")


def _given(found: object) -> object:
    """A filter left empty, as forms send it, is none."""
    return None if found == "" else found


def _with_plus(found: object) -> object:
    return UNESCAPED.sub(r"\1+\2", found) if isinstance(found, str) else found


def _within(found: datetime) -> datetime:
    if not EARLIEST <= found < LATEST:
        raise PydanticCustomError("out_of_range", "found {found}, expected a time from 1900 to 2200", {"found": found})
    return found.astimezone(UTC)


def _kind(found: str) -> str:
    if found not in KINDS:
        told = {"found": repr(found), "kinds": ", ".join(sorted(KINDS))}
        raise PydanticCustomError("unknown_kind", "found {found}, expected one of {kinds}", told)
    return found


Empty = BeforeValidator(_given)
Id = Annotated[Annotated[str, StringConstraints(pattern=KEY)] | None, Empty]
Word = Annotated[Annotated[str, StringConstraints(max_length=512)] | None, Empty]
KindKey = Annotated[
    Annotated[str, AfterValidator(_kind), WithJsonSchema({"type": "string", "enum": sorted(KINDS)})] | None, Empty
]
Time = Annotated[
    Annotated[AwareDatetime, AfterValidator(_within), BeforeValidator(_with_plus)] | None,
    Empty,
]
Bucket = Literal["minute", "hour", "day"]
Flat = Annotated[Literal["json", "csv"] | None, Empty]
Format = Annotated[Literal["json", "csv", "geojson"] | None, Empty]
ACCEPTED = "How the list is written; unless said, as the header `Accept` asks, else JSON"


class Paged(BaseModel):
    """What every list takes. A filter that is not listed is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many items at most.")
    next: Word = Field(None, description="The `next` of the answer before, with the same filters.")

    def asked(self) -> str:
        """Return what a cursor belongs to: every filter that decides which items there are, in which order."""
        return self.model_dump_json(exclude={"limit", "next", "format"})


class Spanned(Paged):
    """A list within a span of time: `from` is in it, `to` is not."""

    since: Time = Field(None, alias="from", description="RFC 3339 with an offset, or epoch seconds; included.")
    until: Time = Field(None, alias="to", description="RFC 3339 with an offset, or epoch seconds; excluded.")

    def span(self) -> dict[str, datetime]:
        """Return `since` and `until` as parameters. Raises `FilterError` when they are the wrong way round."""
        since, until = self.since or EARLIEST, self.until or LATEST
        if since > until:
            raise FilterError("from", since.isoformat(), f"a time not after `to`, {until.isoformat()}")
        return {"since": since, "until": until}


class LiveFilters(BaseModel):
    """The filters of `/api/v1/readings/live`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: KindKey = Field(None, description="Only readings of this kind.")
    device: Id = Field(None, description="Only readings of this device.")


class LatestFilters(Paged):
    """The filters of `/api/v1/readings/latest`."""

    kind: KindKey = Field(None, description="Only readings of this kind.")
    device: Id = Field(None, description="Only readings of this device.")
    format: Format = Field(None, description=f"{ACCEPTED}; `geojson` gives placed devices only.")


class ReadingFilters(Spanned):
    """The filters of `/api/v1/readings`."""

    device: Id = Field(None, description="Only readings of this device.")
    kind: KindKey = Field(None, description="Only readings of this kind.")
    bucket: Annotated[Bucket | None, Empty] = Field(
        None, description="Means instead of single readings: of a minute, an hour, or a day of the city."
    )
    format: Flat = Field(None, description=f"{ACCEPTED}.")


class PriceFilters(Spanned):
    """The filters of `/api/v1/prices`."""

    market: Id = Field(None, description="Only prices of this market.")
    commodity: Id = Field(None, description="Only prices of this commodity of the city pack.")
    format: Flat = Field(None, description=f"{ACCEPTED}.")


class CaseFilters(Spanned):
    """The filters of `/api/v1/cases`; the span is that of `at`, the last change of status."""

    service: Id = Field(None, description="Only cases of this service of the city pack.")
    status: Id = Field(None, description="Only cases that stand at this status.")
    format: Format = Field(None, description=f"{ACCEPTED}; `geojson` gives cases with a position only.")


class AlarmFilters(Spanned):
    """The filters of `/api/v1/alarms`; the span is that of `raised_at`."""

    rule: Id = Field(None, description="Only alarms of this rule of the city pack.")
    state: Annotated[Literal["open", "ended", "all"] | None, Empty] = Field(
        None, description="`open`: it still holds. `ended`: it holds no more. Unless said, all."
    )
    device: Id = Field(None, description="Only alarms at this device.")
    format: Format = Field(None, description=f"{ACCEPTED}; `geojson` gives alarms with a position only.")

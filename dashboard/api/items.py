"""The items of each list, with the field names of the messages they came in, and the page that holds them."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, Field

Item = TypeVar("Item", bound=BaseModel)


class ValueItem(BaseModel):
    """A value of a series at a time."""

    device: str
    kind: str
    value: float
    unit: str = Field(description="The unit of the kind.")
    observed_at: datetime = Field(description="With the city's offset.")


class ReadingItem(ValueItem):
    """One reading."""

    doubts: list[str] = Field(
        description="Why it is doubted: `leap`, `stuck`, `neighbours`; `maintenance`: the device was worked on, and "
        "the reading is in no sum, mean or score. In CSV with blanks between."
    )


class BucketItem(ValueItem):
    """The readings of one minute, hour or day of one series; `value` is their mean, `observed_at` the first instant."""

    n: int = Field(description="How many readings; `value` times `n` is their sum.")
    low: float
    high: float


class PriceItem(BaseModel):
    """One price that a market reported."""

    market: str
    commodity: str
    price: float = Field(description="In rupiah for one `unit`.")
    unit: str
    observed_at: datetime = Field(description="With the city's offset.")


class CaseItem(BaseModel):
    """One case as it stands. Nothing here says who reported it; numbers of persons in `summary` are masked."""

    service: str
    case_id: str
    status: str
    at: datetime = Field(description="Of the last change of status, with the city's offset.")
    opened_at: datetime = Field(description="Of the first event, with the city's offset.")
    category: str | None
    subdistrict: str | None
    lat: float | None
    lon: float | None
    agency: str | None
    priority: str | None
    channel: str | None
    summary: str | None


class AlarmItem(BaseModel):
    """One alarm as it stands. Who acknowledged it is a position on duty, never the name of a person."""

    rule: str = Field(description="The key of the rule in the city pack.")
    id: int
    priority: str = Field(description="`high`, `medium` or `low`.")
    title: str = Field(description="What is wrong, in Bahasa Indonesia.")
    source: str = Field(
        description="Where it comes from: a series, a place, a warning. One open alarm a rule and source."
    )
    device: str | None
    kind: str | None
    value: float | None = Field(description="What was measured when it began.")
    worst: float | None = Field(description="The worst since.")
    bound: float | None = Field(description="What it was held against.")
    unit: str = Field(description="Of `value`, `worst` and `bound`; `kasus` where cases are counted.")
    agency: str | None = Field(description="Whose it is: whom it was passed to, else the agency of its rule.")
    district: str | None
    lat: float | None
    lon: float | None
    raised_at: datetime = Field(description="By the times at the source, with the city's offset.")
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None = Field(description="The position that was on duty.")
    state: str = Field(
        description="`new`, `acknowledged`, `shelved`, `resolved`, `reviewed`; `ended` within a day before anybody "
        "acknowledged it, `closed` else; `coming` while its own time is ahead of the room's."
    )


class Page(BaseModel, Generic[Item]):
    """A part of a list, and the cursor of the part after it; null at the end."""

    items: list[Item]
    next: str | None


class Readings(Page[ReadingItem]):
    """Readings."""


class Buckets(Page[BucketItem]):
    """Readings, summed up by time."""


class Prices(Page[PriceItem]):
    """Prices."""


class Cases(Page[CaseItem]):
    """Cases."""


class Alarms(Page[AlarmItem]):
    """Alarms."""


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    loc: list[str | int] = Field(description="Where: `query` and the name of the filter.")
    msg: str = Field(description="What was found and what was expected.")
    type: str


class Problem(BaseModel):
    """A failure as RFC 9457 says it."""

    type: str = Field("about:blank", description="`about:blank`: the status says what kind of problem it is.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for.")
    errors: list[Fault] = Field(description="What is wrong with the request, field by field; empty for other failures.")

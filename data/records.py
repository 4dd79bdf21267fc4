"""What a batch is made of: frozen records, one class per table, and the message each came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from sensors.forecast import Forecast
from sensors.quake import Quake
from sensors.reading import Reading


@dataclass(frozen=True, slots=True)
class Price:
    """What a market asked for a commodity, in rupiah per `unit`."""

    market: str
    commodity: str
    price: Decimal
    unit: str
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A case's change of state. `status_rank` is the status's place in the life cycle of its service.

    Only these fields are ever kept of a message about a case: nothing here says who reported it.
    """

    service: str
    case_id: str
    status: str
    status_rank: int
    is_open: bool
    at: datetime
    category: str | None = None
    subdistrict: str | None = None
    lat: float | None = None
    lon: float | None = None
    agency: str | None = None
    priority: str | None = None
    channel: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A warning or notice of a channel; `areas` are codes of districts or subdistricts.

    From `kind` on: what a CAP message says besides. `alert_id` is shared by the bulletins of one message, `replaces`
    holds the ones it ends, `effective_at` is later than the issue, `elsewhere` says that no area lies in the city.
    """

    channel: str
    id: str
    title: str
    body: str | None
    severity: str
    areas: tuple[str, ...]
    url: str | None
    issued_at: datetime
    expires_at: datetime | None
    kind: Literal["alert", "update", "cancel"] = "alert"
    alert_id: str | None = None
    replaces: tuple[str, ...] = ()
    effective_at: datetime | None = None
    onset_at: datetime | None = None
    area_words: str | None = None
    elsewhere: bool = False
    source: str | None = None


class Doubt(Struct, frozen=True, gc=False):
    """Why a reading is doubted: one of `sensors.judge.quality.DOUBTS`."""

    device: str
    kind: str
    observed_at: datetime
    doubt: str


class Sighting(Struct, frozen=True, gc=False):
    """A device of another network that spoke: who it is there, and which device of the room it is here.

    `unmapped` are the fields it sent that the pack gives no kind; None when the message had none at all.
    """

    network: str
    address: str
    device: str
    profile: str = ""
    label: str = ""
    unmapped: tuple[str, ...] | None = None
    counter: int | None = None
    battery: float | None = None


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """A device's own word, or its last will: `online`, `offline`, or None when it took the word back."""

    device: str
    status: str | None


class Rejection(Struct, frozen=True, gc=False):
    """Why a message, or part of it, is put aside: `reason` a short slug, `detail` one line."""

    reason: str
    detail: str


class Message(Struct, frozen=True, gc=False):
    """One message taken apart. `payload` is what may be kept of it when rejected; `payload_bytes` how long it was.

    `redelivered`: the broker says it may have delivered this before (the DUP flag). `ahead`: it comes once more by the
    broker's queue and is counted as a message then, or it came before and was counted then.
    """

    topic: str
    payload: bytes
    payload_bytes: int
    received_at: datetime
    stream: str
    redelivered: bool = False
    readings: tuple[Reading, ...] = ()
    prices: tuple[Price, ...] = ()
    case_events: tuple[CaseEvent, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    quakes: tuple[Quake, ...] = ()
    statuses: tuple[DeviceStatus, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    skipped: int = 0
    ahead: bool = False

    def refused(self, reason: str, detail: str) -> Message:
        """The same message with nothing stored of it but this rejection."""
        nothing: tuple[()] = ()
        return replace(
            self, readings=nothing, prices=nothing, case_events=nothing, bulletins=nothing, forecasts=nothing,
            quakes=nothing, statuses=nothing, sightings=nothing, doubts=nothing,
            rejections=(*self.rejections, Rejection(reason, detail)),
        )  # fmt: skip

    @property
    def rows(self) -> int:
        """How many rows it brings, for bounding a batch."""
        return len(self.readings) + len(self.prices) + len(self.case_events) + len(self.forecasts) + 1

"""What a batch adds to the count of each stream, and the last item to arrive in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from data import columns
from data.columns import Column
from data.records import Bulletin, CaseEvent, DeviceStatus, Message, Price
from sensors.codecs import Reading
from sensors.forecast import Forecast
from sensors.quake import Quake

_COUNTS = ("messages", "stored", "duplicates", "skipped", "rejected")
_Item = Reading | Price | CaseEvent | Bulletin | Forecast | Quake | DeviceStatus


@dataclass(slots=True)
class Feed:
    """The counts of one stream. `items` are what the messages held; `stored` says the database of how many were new."""

    received_at: datetime
    messages: int = 0
    items: int = 0
    stored: int = 0
    skipped: int = 0
    rejected: int = 0
    observed_at: datetime | None = None
    last: _Item | None = None

    @property
    def duplicates(self) -> int:
        """Items the database already had."""
        return self.items - self.stored

    def saw(self, message: Message) -> None:
        """Count one message of the stream and remember the last item in it."""
        if not message.ahead:
            self.messages += 1
            self.skipped += message.skipped
            self.rejected += len(message.rejections)
        self.received_at = max(self.received_at, message.received_at)
        for item in _items(message):
            self.items += 1
            self.last = item
            at = item.observed_at if type(item) is Reading else _time(item) or message.received_at
            if self.observed_at is None or at > self.observed_at:
                self.observed_at = at

    def counts(self) -> dict[str, int]:
        """The counts by the names of the table's columns."""
        return {name: getattr(self, name) for name in _COUNTS}


def count_feeds(messages: Sequence[Message]) -> dict[str, Feed]:
    """What each stream of the batch adds, before the database says what of it was new."""
    feeds: dict[str, Feed] = {}
    for message in messages:
        feeds.setdefault(message.stream, Feed(message.received_at)).saw(message)
    return feeds


def stage_feeds(feeds: Mapping[str, Feed]) -> dict[str, Column]:
    """The counts of every stream in the batch, as columns."""
    entries = list(feeds.values())
    return {name: columns.int8s(map(attrgetter(name), entries)) for name in _COUNTS} | {
        "stream": columns.texts(feeds),
        "received_at": columns.times(entry.received_at for entry in entries),
        "observed_at": columns.times_or_null(entry.observed_at for entry in entries),
        "last": columns.texts(_json(entry.last) for entry in entries),
    }


def _items(message: Message) -> Iterable[_Item]:
    return (
        message.readings or message.prices or message.case_events or message.bulletins or message.forecasts
        or message.quakes or message.statuses
    )  # fmt: skip


def _time(item: _Item) -> datetime | None:
    """The item's own time; a device's word has none but that of its arrival."""
    match item:
        case Reading() | Price():
            return item.observed_at
        case CaseEvent() | Quake():
            return item.at
        case Bulletin():
            return item.issued_at
        case Forecast():
            return item.analysed_at
        case DeviceStatus():
            return None


_NAMES: Mapping[type[_Item], tuple[str, ...]] = {
    Reading: ("device", "kind", "value", "observed_at"),
    Price: ("market", "commodity", "price", "unit", "observed_at"),
    CaseEvent: ("service", "case_id", "status", "at", "category", "subdistrict", "agency"),
    Bulletin: ("channel", "id", "title", "severity", "issued_at"),
    Forecast: ("channel", "subdistrict", "valid_at", "analysed_at", "words"),
    Quake: ("channel", "id", "at", "magnitude", "place"),
    DeviceStatus: ("device", "status"),
}


def _json(item: _Item | None) -> str | None:
    """An item as JSON with the field names of its payload."""
    return None if item is None else json.dumps({name: _plain(getattr(item, name)) for name in _NAMES[type(item)]})


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | None) else float(str(value))

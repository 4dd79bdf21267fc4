"""Messages of which it is known what they must become: the known stream that every fault is held against."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import NamedTuple

Key = tuple[object, ...]
"""One row: the name of its sort, then what makes it the only one of its sort."""
ROUND = 25  # messages in which every sort comes up once


class Known(NamedTuple):
    """One message and the rows that it must be stored as, each exactly once."""

    topic: str
    payload: bytes
    rows: tuple[Key, ...]


def reading(device: str, at: datetime, value: float = 1.0, kind: str = "pm25") -> Known:
    """A reading that is to be stored."""
    body = json.dumps({"observed_at": at.isoformat(), "values": {kind: value}}).encode()
    return Known(f"tangerang/readings/{device}", body, (("reading", device, kind, at),))


def refused(reason: str, topic: str, payload: bytes, kept: bytes | None = None) -> Known:
    """A message that is to be put aside by this name; `kept` is what may be kept of it."""
    return Known(topic, payload, (("refused", reason, topic, payload if kept is None else kept),))


def mixed(number: int, start: datetime, devices: int = 40) -> Known:
    """The `number`-th message of a stream: a reading, and now and then a price, a case or something broken."""
    at = start + timedelta(milliseconds=number)
    match number % ROUND:
        case 7:
            return _price(at)
        case 13:
            return _change(number // ROUND, at)
        case 19:
            return refused("bad-json", "tangerang/readings/broken", b'{"observed_at": %d' % number)
        case _:
            return reading(f"load-{number % devices}", at, number % 97)


def _price(at: datetime) -> Known:
    line = {"commodity": "beras-medium", "price": 13_400, "unit": "kg"}
    body = json.dumps({"observed_at": at.isoformat(), "prices": [line]}).encode()
    return Known("tangerang/prices/pasar-anyar", body, (("price", "pasar-anyar", "beras-medium", at),))


def _change(number: int, at: datetime) -> Known:
    """Every case comes in and is closed by the next change of state."""
    case_id, status = f"FAULT-{number // 2}", ("menunggu", "selesai")[number % 2]
    body = json.dumps({"case_id": case_id, "status": status, "at": at.isoformat()}).encode()
    return Known("tangerang/cases/laksa", body, (("case", "laksa", case_id, at, status),))

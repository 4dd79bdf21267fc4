"""Messages that nobody can take in, of every sort, and the names they are to be put aside by."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from ingest.delivery import KEPT_OF_OVERSIZE, LARGEST_PAYLOAD
from tests.faults.known import Known, reading, refused

REFUSED_VALUE = 66.6
"""A number that the database itself refuses once `REFUSAL` is applied: it takes all else that is understood."""
REFUSAL = "ALTER TABLE readings ADD CONSTRAINT no_poison CHECK (value <> 66.6)"
_DEVICE = "tangerang/readings/poison"
Sort = Callable[[int, datetime], Known]


def _spoilt(reason: str, topic: str, template: str) -> Sort:
    """A payload with `NOW` and `NUMBER` in it, so that each is the only one of its kind."""

    def make(number: int, at: datetime) -> Known:
        stamp = (at + timedelta(milliseconds=number)).isoformat()
        filled = [text.replace("NOW", stamp).replace("NUMBER", str(number)) for text in (topic, template)]
        return refused(reason, filled[0], filled[1].encode())

    return make


def _oversize(number: int, _at: datetime) -> Known:
    body = b"%09d" % number + b"x" * LARGEST_PAYLOAD
    return refused("oversize", _DEVICE, body, body[:KEPT_OF_OVERSIZE])


def _half(number: int, at: datetime) -> Known:
    """A message with a value that is stored and one that is not."""
    at += timedelta(milliseconds=number)
    body = json.dumps({"observed_at": at.isoformat(), "values": {"pm25": 5, "mood": 1}}).encode()
    aside = refused("unknown-kind", _DEVICE, body)
    return Known(_DEVICE, body, (("reading", "poison", "pm25", at), *aside.rows))


def _by_the_database(number: int, at: datetime) -> Known:
    whole = reading("poison", at + timedelta(milliseconds=number), REFUSED_VALUE)
    return refused("database", whole.topic, whole.payload)


SORTS: tuple[Sort, ...] = (
    _spoilt("bad-json", _DEVICE, '{"observed_at": NUMBER'),
    _spoilt("bad-json", _DEVICE, '{"observed_at": "NOW", "values": {"pm25": \0}}'),
    _spoilt("unknown-topic", f"{_DEVICE}/and/NUMBER", "{}"),
    _spoilt("unknown-topic", "tangerang/nothing/NUMBER", "{}"),
    _spoilt("bad-id", "tangerang/readings/Not An Id NUMBER", "{}"),
    _spoilt("empty", "tangerang/readings/poison-NUMBER", ""),
    _spoilt("no-values", _DEVICE, '{"observed_at": "NOW", "values": {}}'),
    _spoilt("bad-time", _DEVICE, '{"observed_at": "yesterday NUMBER", "values": {"pm25": 1}}'),
    _spoilt("out-of-range", _DEVICE, '{"observed_at": "NOW", "values": {"pm25": 1e300}}'),
    _spoilt("bad-value", _DEVICE, '{"observed_at": "NOW", "values": {"pm25": {}}}'),
    _spoilt("unknown-kind", _DEVICE, '{"observed_at": "NOW", "values": {"mood\\u0000": 1}}'),
    _spoilt(
        "unknown-commodity",
        "tangerang/prices/pasar-anyar",
        '{"observed_at": "NOW", "prices": [{"commodity": "emas", "price": 1, "unit": "kg"}]}',
    ),
    _spoilt("unknown-service", "tangerang/cases/nobody", '{"case_id": "NUMBER"}'),
    _spoilt("unknown-status", "tangerang/cases/laksa", '{"case_id": "NUMBER", "at": "NOW", "status": "entah"}'),
    _spoilt("bad-value", "tangerang/cases/laksa", '{"case_id": "NUMBER\\u0000", "at": "NOW", "status": "menunggu"}'),
    _oversize,
    _half,
    _by_the_database,
)

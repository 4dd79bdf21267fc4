"""What may arrive where a network's message is expected, and what every decoder must make of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sensors.codecs import CodecError
from sensors.reading import Refusal
from sensors.telemetry import Decoder

MODEST = settings(max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_ODD = (b"null", b"-", b"1e999", b'"', b"{", b"]", b"NaN", b"0" * 80, b"\xff", b"\\u0000", b"\\ud800")


def payloads(genuine: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Random bytes, JSON of any shape in the format's own words, and genuine messages with something changed."""
    places = [(each, path) for each in genuine for path in _paths(json.loads(each))]
    words = sorted({str(path[-1]) for _, path in places if path})
    changed = st.builds(_spliced, st.sampled_from(genuine), st.integers(0), st.integers(0, 9), st.sampled_from(_ODD))
    replaced = st.builds(_replaced, st.sampled_from(places), _json(words))
    return st.binary(max_size=99) | _json(words).map(_written) | changed | replaced


def topics(genuine: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """Any levels, among them those of genuine topics."""
    known = sorted({level for topic in genuine for level in topic.split("/")})
    any_levels = st.lists(st.sampled_from(known) | st.text(max_size=9), max_size=7)
    return st.sampled_from(genuine).map(lambda topic: topic.split("/")) | any_levels


def check(decoder: Decoder, levels: Sequence[str], payload: bytes, now: datetime) -> None:
    """Whatever arrives gives whole fields at aware instants, or one readable line why not."""
    try:
        heard = decoder.decode(levels, payload, now)
    except CodecError as error:
        _check_line(error)
        return
    for refusal in heard.refused:
        _check_line(refusal)
    assert all(field.observed_at.tzinfo is UTC for said in heard.telemetry for field in said.fields)
    assert all(said.address for said in heard.telemetry)


def _check_line(found: CodecError | Refusal) -> None:
    assert found.reason.replace("-", "").isalpha()
    assert found.detail.isprintable()
    assert len(found.detail) < 500
    assert "found" in found.detail
    assert "expected" in found.detail


def _json(words: Sequence[str]) -> st.SearchStrategy[Any]:
    keys = st.text(max_size=9) | st.sampled_from(words) if words else st.text(max_size=9)
    return st.recursive(
        _SCALARS, lambda each: st.lists(each, max_size=4) | st.dictionaries(keys, each, max_size=4), max_leaves=12
    )


def _paths(found: object) -> list[tuple[str | int, ...]]:
    """The ways to every value in JSON, the whole first."""
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [(), *((key, *rest) for key, below in items for rest in _paths(below))]


def _replaced(place: tuple[bytes, tuple[str | int, ...]], value: object) -> bytes:
    message, path = place
    whole = [json.loads(message)]
    inner: Any = whole
    for step in (0, *path)[:-1]:
        inner = inner[step]
    inner[(0, *path)[-1]] = value
    return _written(whole[0])


def _written(found: object) -> bytes:
    return json.dumps(found).encode()


def _spliced(message: bytes, place: int, gone: int, odd: bytes) -> bytes:
    place %= len(message) + 1
    return message[:place] + odd + message[place + gone :]

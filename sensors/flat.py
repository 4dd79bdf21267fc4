"""Numbers out of nested JSON, each under its path: `{"ext": {"probes": [21.5, 22]}}` holds ext.probes.0 and .1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sensors.parse import LONGEST, NUMBER, told
from sensors.reading import CodecError
from sensors.telemetry import Field

LONGEST_NAME = 128  # characters: a path repeats its beginning for every value below it, and is as deep as it is long


def flatten(found: Mapping[str, object], observed_at: datetime) -> tuple[tuple[Field, ...], int]:
    """Numbers, also as text, and truth values as they are; and how many nulls. Other text is no reading: left out.

    Raises `CodecError`: bad-message, for a path that is too long.
    """
    fields: list[Field] = []
    skipped = 0
    for name, value in _leaves("", found.items()):
        if value is None:
            skipped += 1
        elif not isinstance(value, str) or _is_number(value):
            fields.append(Field(name, value, observed_at))
    return tuple(fields), skipped


def _leaves(before: str, items: Iterable[tuple[object, object]]) -> Iterator[tuple[str, object]]:
    for key, value in items:
        name = f"{before}{key}"
        if len(name) > LONGEST_NAME:
            raise CodecError("bad-message", f"name: found {told(name)}, expected at most {LONGEST_NAME} characters")
        if isinstance(value, dict):
            yield from _leaves(f"{name}.", value.items())
        elif isinstance(value, list):
            yield from _leaves(f"{name}.", enumerate(value))
        else:
            yield name, value


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST and NUMBER.fullmatch(text) is not None

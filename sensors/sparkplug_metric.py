"""What one metric of Sparkplug B says: its name, number, time and quality (Eclipse Sparkplug 3.0, section 6.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sensors.parse import not_ahead, told
from sensors.reading import CodecError
from sensors.sparkplug_b import Metric, Payload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BOOLEAN = 11
"""The number of this datatype."""
_UNKNOWN, _FLOAT, _DOUBLE = 0, 9, 10
_SIGNED = {1: 8, 2: 16, 3: 32, 4: 64}  # Int8 to Int64, in bits
_UNSIGNED = {5: 8, 6: 16, 7: 32, 8: 64}
_WHOLE = {"int_value": 32, "long_value": 64}
_FIELDS = {
    **dict.fromkeys((*_SIGNED, *_UNSIGNED), frozenset(_WHOLE)),
    **dict.fromkeys((_FLOAT, _DOUBLE), frozenset({"float_value", "double_value"})),
    BOOLEAN: frozenset({"boolean_value"}),
    _UNKNOWN: frozenset({"float_value", "double_value", "boolean_value"}),  # these are plain without it
}
_GOOD = 192
_LONGEST_NAME = 128


def name_of(found: bytes) -> str:
    """A metric's name as it was sent. Raises `CodecError`: bad-name."""
    name = found.decode(errors="replace")
    if len(name) > _LONGEST_NAME or not name.isprintable() or name.encode() != found:
        raise CodecError("bad-name", f"name: found {told(found)}, expected at most {_LONGEST_NAME} letters")
    return name


def value_of(name: str, metric: Metric, datatype: int) -> bool | float | None:
    """A number or truth value; None where the datatype is another. Raises `CodecError`: unknown-type, bad-value."""
    field = metric.WhichOneof("value")
    fields = _FIELDS.get(datatype)
    if field is None or fields is None:
        return None
    if field in fields:
        found: bool | float = getattr(metric, field)
        return found if field not in _WHOLE else _integer(name, int(found), datatype, _WHOLE[field])
    if datatype != _UNKNOWN:
        raise CodecError("bad-value", f"{told(name)}: found {field}, expected one of datatype {datatype}")
    if field in _WHOLE:  # signed, unsigned or a date
        raise CodecError("unknown-type", f"{told(name)}: found an integer, expected a birth that says its datatype")
    return None


def _integer(name: str, found: int, datatype: int, width: int) -> int:
    """Two's complement undone; senders fill with the sign either the datatype's bits or all of the field's."""
    if bits := _SIGNED.get(datatype):
        half = 1 << (bits - 1)
        if found < 2 * half:
            return found - 2 * half if found >= half else found
        if found - (1 << width) >= -half:
            return found - (1 << width)
    elif found < 1 << _UNSIGNED[datatype]:
        return found
    raise CodecError("bad-value", f"{told(name)}: found {found}, expected one of datatype {datatype}")


def instant_of(name: str, metric: Metric, payload: Payload, received_at: datetime) -> datetime:
    """When it was measured, else when it was sent. Raises `CodecError`: bad-time, future-time."""
    said = metric if metric.HasField("timestamp") else payload
    if not said.HasField("timestamp"):
        raise CodecError("bad-time", f"{told(name)}: found no timestamp, expected milliseconds of the epoch")
    try:
        instant = EPOCH + timedelta(milliseconds=said.timestamp)
    except OverflowError:
        found = f"found {said.timestamp}, expected milliseconds of the epoch"
        raise CodecError("bad-time", f"{told(name)}: {found}") from None
    return not_ahead(told(name), instant, received_at)


def check_quality(name: str, metric: Metric) -> None:
    """Raises `CodecError` bad-quality where a metric is said to be other than good, such as 0 bad or 500 stale."""
    for key, said in zip(metric.properties.keys, metric.properties.values, strict=False):
        field = said.WhichOneof("value")
        if key == b"Quality" and field and (found := getattr(said, field)) != _GOOD:
            raise CodecError("bad-quality", f"{told(name)}: found quality {found}, expected {_GOOD} (good)")

"""SenML in CBOR, RFC 8428 section 6: records with integers for labels, `[{-2: "air-1:", 0: "pm25", 2: 40.2}]`.

Numbers are integers, floats, or decimal fractions (tag 4). Labels of extensions are texts, as in JSON.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import cbor2

from sensors.parse import told
from sensors.reading import CodecError, Decoded
from sensors.senml import decode_pack

NAME = "senml_cbor"
FIRST = bytes(range(0x80, 0xA0))  # an array, its length said or left open
LABELS = {
    -6: "bs", -5: "bv", -4: "bu", -3: "bt", -2: "bn", -1: "bver",
    0: "n", 1: "u", 2: "v", 3: "vs", 4: "vb", 5: "s", 6: "t", 7: "ut", 8: "vd",
}  # fmt: skip
LARGEST = 2**20  # bytes: what the room's own broker lets pass
DEEPEST = 8  # a record's decimal fraction is the third level; the rest is for extensions


def decode(payload: bytes, device: str, received_at: datetime) -> Decoded:
    """Readings of a pack. Raises `CodecError`: bad-cbor, bad-senml, or bad-value in a base field."""
    records = _read(payload)
    if isinstance(records, list):
        records = [_with_texts(record) for record in records]
    return decode_pack(records, device, received_at)


class _Tags(dict[int, cbor2.SemanticDecoderCallback]):
    """What tags mean: none but the decimal fraction is SenML's, and some of those the library knows cost minutes."""

    def __missing__(self, tag: int) -> cbor2.SemanticDecoderCallback:
        raise cbor2.CBORDecodeError(f"found tag {tag}, expected 4")


def _fraction(found: object, _immutable: bool) -> float:  # noqa: FBT001 - the library's signature
    """The float nearest to mantissa x 10**exponent."""
    match found:
        case [exponent, mantissa] if type(exponent) is type(mantissa) is int:
            return float(f"{mantissa}e{exponent}")
    raise cbor2.CBORDecodeError(f"found tag 4 of {told(found)}, expected exponent and mantissa")


_TAGS = _Tags({4: _fraction})


def _read(payload: bytes) -> object:
    if len(payload) > LARGEST:
        raise CodecError("bad-cbor", f"payload: found {len(payload)} bytes, expected at most {LARGEST}")
    stream = BytesIO(payload)
    try:
        found = cbor2.load(stream, semantic_decoders=_TAGS, max_depth=DEEPEST, allow_duplicate_keys=False)
    except cbor2.CBORDecodeError as error:
        why = told(str(error.__cause__ or error))
        raise CodecError("bad-cbor", f"payload: found {told(payload)} ({why}), expected SenML in CBOR") from None
    if rest := stream.read():
        raise CodecError("bad-cbor", f"payload: found {told(rest)} after the array, expected its end")
    return found


def _with_texts(record: object) -> object:
    if not isinstance(record, dict):
        return record
    named: dict[str, object] = {}
    for label, found in record.items():
        name = _text_of(label)
        if name in named:
            raise CodecError("bad-senml", f"{told(name)}: found twice in a record, expected once")
        named[name] = found
    return named


def _text_of(label: object) -> str:
    if isinstance(label, str):
        return label
    if isinstance(label, int) and not isinstance(label, bool):
        return LABELS.get(label, str(label))
    raise CodecError("bad-senml", f"label: found {told(label)}, expected an integer or a text")

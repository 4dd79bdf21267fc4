"""Binary arrays must be what PostgreSQL would have made of the same values: checked against psycopg's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from psycopg.adapt import PyFormat, Transformer

from data import columns


def _by_psycopg(values: list[object]) -> bytes:
    made = Transformer().get_dumper(values, PyFormat.BINARY).dump(values)
    return bytes(made or b"")


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (columns.texts, ["a", "ü", ""]),
        (columns.texts, ["a", None]),
        (columns.blobs, [b"\x00\xff", b""]),
        (columns.bools, [True, False]),
        (columns.float8s, [1.5, -2.25]),
        (columns.float8s_or_null, [1.5, None]),
        (columns.times, [datetime(2026, 11, 21, 7, 0, 0, 123456, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)]),
    ],
)
def test_a_column_is_the_array_psycopg_would_send(column: object, values: list[object]) -> None:
    assert column(values).data == _by_psycopg(values)  # type: ignore[operator]


def test_an_integer_column_keeps_its_width() -> None:
    assert columns.int2s([1, -2]).data[20:] == bytes.fromhex("00000002 0001 00000002 fffe")
    assert columns.int8s([3]).data[20:] == bytes.fromhex("00000008 0000000000000003")


def test_an_empty_column_is_an_empty_array() -> None:
    assert columns.int4s([]).data == bytes.fromhex("00000000 00000000 00000017")


def test_text_the_database_cannot_hold_is_an_error_here() -> None:
    with pytest.raises(UnicodeEncodeError):
        columns.texts(["\ud800"])

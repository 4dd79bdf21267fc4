"""Nested JSON under flat names."""

from datetime import UTC, datetime

import pytest

from sensors.flat import flatten
from sensors.reading import CodecError

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def values(found: dict[str, object]) -> dict[str, object]:
    return {field.name: field.value for field in flatten(found, NOW)[0]}


def test_objects_are_named_by_dots_and_lists_by_index() -> None:
    found: dict[str, object] = {"a": {"b": [1, {"c": 2}]}, "PM2.5": 3}
    assert values(found) == {"a.b.0": 1, "a.b.1.c": 2, "PM2.5": 3}


def test_numbers_and_truth_values_pass_as_they_are_and_other_text_does_not() -> None:
    found: dict[str, object] = {"a": 1, "b": 2.5, "c": " 3e1 ", "d": True, "e": "LHT65N", "f": "", "g": "9" * 65}
    assert values(found) == {"a": 1, "b": 2.5, "c": " 3e1 ", "d": True}


def test_nulls_are_counted() -> None:
    assert flatten({"a": None, "b": {"c": [None, 1]}}, NOW)[1] == 2


def test_a_name_may_be_empty_and_has_an_end() -> None:
    deep: dict[str, object] = {"": 1}
    for _ in range(127):
        deep = {"": deep}
    assert values(deep) == {"." * 127: 1}
    with pytest.raises(CodecError, match="expected at most 128 characters"):
        flatten({"": {"": deep}}, NOW)


def test_a_long_name_is_not_repeated_for_a_million_values() -> None:
    with pytest.raises(CodecError, match="bad-message: name"):
        flatten({"a" * 100_000: [1] * 1_000_000}, NOW)

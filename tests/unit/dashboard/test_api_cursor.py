"""A cursor leads to where the page before it ended, and no other text does."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dashboard.api.cursor import (
    CasePlace,
    Place,
    PricePlace,
    ReadingPlace,
    SeriesPlace,
    after,
    read_cursor,
    write_cursor,
)
from dashboard.api.errors import FilterError

AT = datetime(2026, 11, 21, 0, 0, 0, 123456, UTC)
PLACES = [
    SeriesPlace("air-1", "pm25"),
    ReadingPlace("air-1", "pm25", AT),
    PricePlace(AT, "pasar-anyar", "beras-medium"),
    CasePlace(AT.astimezone(timezone(timedelta(hours=7))), "laksa", "LAKSA-2026/000123 é"),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: type(place).__name__)
def test_a_cursor_comes_back_as_the_place_it_was(place: Place) -> None:
    assert read_cursor(write_cursor(place, "asked"), "asked", type(place)) == place


def test_a_cursor_needs_no_escaping_in_an_address() -> None:
    assert all(write_cursor(place, "?").replace("-", "").replace("_", "").isalnum() for place in PLACES)


@pytest.mark.parametrize("at", range(len(write_cursor(PLACES[1], "asked"))))
def test_an_altered_cursor_is_refused_by_name(at: int) -> None:
    good = write_cursor(PLACES[1], "asked")
    bad = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
    with pytest.raises(FilterError) as refused:
        read_cursor(bad, "asked", ReadingPlace)
    assert refused.value.name == "next"


@pytest.mark.parametrize(
    "text",
    ["", "=", "x", "AAAA", "A" * 500, "é", "\x00", "a b", write_cursor(PLACES[1], "asked")[:-4], "//////////////"],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(FilterError):
        read_cursor(text, "asked", ReadingPlace)


def test_a_cursor_of_other_filters_or_of_another_list_is_refused() -> None:
    cursor = write_cursor(PLACES[0], "asked")
    with pytest.raises(FilterError):
        read_cursor(cursor, "asked otherwise", SeriesPlace)
    with pytest.raises(FilterError):
        read_cursor(cursor, "asked", ReadingPlace)


@pytest.mark.parametrize(
    "place",
    [SeriesPlace("a\x00b", "pm25"), SeriesPlace("a" * 65, "pm25"), ReadingPlace("a", "pm25", AT.replace(tzinfo=None))],
)
def test_a_forged_cursor_cannot_say_what_a_database_does_not_take(place: Place) -> None:
    with pytest.raises(FilterError):
        read_cursor(write_cursor(place, "asked"), "asked", type(place))


def test_a_padded_cursor_is_another_text() -> None:
    cursor = write_cursor(SeriesPlace("air-10", "pm25"), "asked")
    padded = base64.urlsafe_b64encode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))).decode()
    assert padded != cursor
    with pytest.raises(FilterError):
        read_cursor(padded, "asked", SeriesPlace)


def test_the_beginning_of_a_list_is_after_nothing() -> None:
    assert after(SeriesPlace, None) == {"after_device": None, "after_kind": None}
    assert after(SeriesPlace, SeriesPlace("d", "k")) == {"after_device": "d", "after_kind": "k"}

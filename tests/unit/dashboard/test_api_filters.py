"""Filters: what is meant is understood, what means nothing is refused with its name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from dashboard.api.errors import FilterError
from dashboard.api.filters import EARLIEST, LATEST, CaseFilters, LatestFilters, Paged, PriceFilters, ReadingFilters

MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T07:00:00+07:00",
        "2026-11-21T07:00:00 07:00",  # what `+` becomes in a query
        "2026-11-21T07:00:00.000 0700",
        "2026-11-21T00:00:00Z",
        "1795219200",
    ],
)
def test_a_time_is_an_instant(text: str) -> None:
    found = ReadingFilters.model_validate({"from": text}).since
    assert found == MIDNIGHT
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("filters", "name", "found"),
    [
        (ReadingFilters, "from", "2026-11-21T07:00:00"),
        (ReadingFilters, "from", "2026-11-21"),
        (ReadingFilters, "to", "yesterday"),
        (ReadingFilters, "to", "0001-01-01T00:00:00+14:00"),
        (ReadingFilters, "to", "9999-12-31T23:59:59-14:00"),
        (ReadingFilters, "from", "nan"),
        (ReadingFilters, "bucket", "week"),
        (ReadingFilters, "format", "geojson"),
        (ReadingFilters, "device", "Air 1"),
        (ReadingFilters, "device", "a\n"),
        (ReadingFilters, "device", "a" * 65),
        (LatestFilters, "kind", "pm2"),
        (LatestFilters, "limit", "0"),
        (LatestFilters, "limit", "1001"),
        (LatestFilters, "limit", "ten"),
        (LatestFilters, "since", "2026-11-21T00:00:00Z"),
        (LatestFilters, "colour", "red"),
        (PriceFilters, "market", "pasar_anyar"),
        (CaseFilters, "format", "xml"),
        (CaseFilters, "next", "x" * 513),
    ],
)
def test_a_bad_filter_is_refused_by_name(filters: type[Paged], name: str, found: str) -> None:
    with pytest.raises(ValidationError) as refused:
        filters.model_validate({name: found})
    assert [error["loc"] for error in refused.value.errors()] == [(name,)]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (LatestFilters, "kind device next"),
        (ReadingFilters, "kind device from to bucket next"),
        (PriceFilters, "market commodity from to"),
        (CaseFilters, "service status from to"),
    ],
)
def test_a_filter_left_empty_is_none(filters: type[Paged], names: str) -> None:
    assert filters.model_validate(dict.fromkeys(names.split(), "")) == filters()


def test_a_span_may_be_open_and_empty_but_not_turned_round() -> None:
    assert PriceFilters().span() == {"since": EARLIEST, "until": LATEST}
    same = PriceFilters.model_validate({"from": MIDNIGHT, "to": MIDNIGHT})
    assert same.span() == {"since": MIDNIGHT, "until": MIDNIGHT}
    turned = PriceFilters.model_validate({"from": "2026-11-22T00:00:00Z", "to": MIDNIGHT})
    with pytest.raises(FilterError) as refused:
        turned.span()
    assert refused.value.name == "from"


def test_a_cursor_belongs_to_the_filters_and_not_to_the_size_of_the_page() -> None:
    def asked(**filters: Any) -> str:  # noqa: ANN401 - any value a query may hold
        return ReadingFilters.model_validate(filters).asked()

    assert asked(device="air-1", limit=5) == asked(device="air-1", limit=9, next="x", format="csv")
    assert len({asked(), asked(device="air-1"), asked(kind="pm25"), asked(to=MIDNIGHT), asked(bucket="day")}) == 5

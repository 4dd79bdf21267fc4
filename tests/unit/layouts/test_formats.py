"""Numbers, money and times as Indonesians write them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from layouts import formats

WIB = ZoneInfo("Asia/Jakarta")
AT = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(1234.5, 1, "1.234,5"), (0, 0, "0"), (-3.26, 1, "−3,3"), (-0.04, 1, "0,0"), (Decimal("13400.00"), 0, "13.400"),
     (None, 1, "–"), (math.nan, 1, "–"), (math.inf, 0, "–"), (1e300, 0, "> 10¹²")],
)  # fmt: skip
def test_numbers(value: float | None, decimals: int, written: str) -> None:
    assert formats.number(value, decimals) == written


def test_signed_numbers_and_percent() -> None:
    assert formats.number(3, sign=True) == "+3"
    assert formats.number(0, sign=True) == "0"
    assert formats.percent(-9.84, 1, sign=True) == "−9,8 %"


def test_money_and_times() -> None:
    assert formats.rupiah(13_500) == "Rp13.500"
    assert formats.moment(AT, WIB, "WIB") == "Sab 21 Nov 14.05 WIB"
    assert formats.rfc3339(AT) == "2026-11-21T07:05:00.000+00:00"


@pytest.mark.parametrize(
    ("value", "written"),
    [(13_400, "13400"), (Decimal("40.2"), "40.2"), (40.2, "40.2"), (-0.5, "-0.5"), (None, ""), (math.nan, "")],
)
def test_a_mark_is_a_machines_number(value: float | None, written: str) -> None:
    assert formats.plain(value) == written


def test_long_words_are_cut_and_say_so() -> None:
    assert formats.short("a" * 30, 10) == "a" * 9 + "…"
    assert formats.short(None, 10) == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [("Tinggi muka air", "tinggi muka air"), ("PM2,5", "PM2,5"), ("O₃", "O₃"), ("NO₂", "NO₂"), ("", "")],
)
def test_a_name_inside_a_sentence_begins_small_unless_it_is_a_sign(name: str, written: str) -> None:
    assert formats.inside(name) == written

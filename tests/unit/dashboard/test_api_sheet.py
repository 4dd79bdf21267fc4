"""CSV: a row an item, nothing lost between writing and reading, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.api.items import CaseItem, ReadingItem
from dashboard.api.sheet import cell, sheet

AT = datetime(2026, 11, 21, 7, tzinfo=ZoneInfo("Asia/Jakarta"))


def case(summary: str | None) -> CaseItem:
    return CaseItem(
        service="laksa", case_id="L-1", status="proses", at=AT, opened_at=AT, category=None, subdistrict=None,
        lat=-6.19, lon=106.0, agency=None, priority=None, channel=None, summary=summary,
    )  # fmt: skip


@pytest.mark.parametrize("summary", ["Lampu, jalan", 'kata "padam"', "dua\nbaris", "µg/m³ é 灯", " biasa", None])
def test_every_text_comes_back(summary: str | None) -> None:
    [row] = csv.DictReader(io.StringIO(sheet(CaseItem, [case(summary)]), newline=""))
    assert list(row) == list(CaseItem.model_fields)
    assert row["summary"] == (summary or "")
    assert (row["at"], row["lat"], row["lon"], row["agency"]) == ("2026-11-21T07:00:00+07:00", "-6.19", "106", "")


@pytest.mark.parametrize("text", ["=1+1", "+62", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_text_that_would_be_a_formula_is_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [(-6.0, "-6"), (40.2, "40.2"), (13400, "13400"), (1e-7, "1e-07")])
def test_a_number_stays_a_number(value: float, text: str) -> None:
    assert cell(value) == text
    assert float(text) == value


def test_no_items_are_a_header() -> None:
    assert sheet(ReadingItem, []) == "device,kind,value,unit,observed_at,doubts\r\n"


def test_a_list_is_words_with_blanks_between() -> None:
    assert cell(["leap", "stuck"]) == "leap stuck"
    assert cell([]) == ""
    assert cell(["=1+1"]) == "'=1+1"

"""What the desk's questions answer: counts that add up to the list, filters, order and pages, and who is late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from layouts.findings.case_states import FILTERS as FILTERS_KNOWN
from layouts.findings.case_states import SORTS
from sensors.judge.deadline import CaseTimes, judge_deadline
from tests.asking import answer, write
from tests.batches import NOW, case
from tests.pack import CITY

pytestmark = pytest.mark.integration
DAY = 24 * 60
PLACES = ("36.71.07.1004", "36.71.07.1005", "36.71.08.1001")
ALL: dict[str, object] = dict.fromkeys(FILTERS_KNOWN, "")
KINDS = (("pju", "dishub"), ("jalan-rusak", "dpupr"), ("banjir", None))


@pytest.fixture
def room(database_url: str) -> str:
    """Sixty cases over forty days, of three kelurahan and kinds: a third waits, a third is taken up, a third done."""
    messages = []
    for n in range(60):
        category, agency = KINDS[n % 3]
        about = {"category": category, "agency": agency, "subdistrict": PLACES[n // 3 % 3]}
        opened = -(n * DAY * 2 / 3 + 30)
        messages.append(case("menunggu", opened, f"L-{n:02}", **about))
        if n % 3:
            messages.append(case("proses", opened + 10, f"L-{n:02}"))
        if n % 3 == 2:
            messages.append(case("selesai", opened + 20, f"L-{n:02}"))
    write(database_url, *messages)
    return database_url


def listed(url: str, **filters: object) -> list[dict[str, Any]]:
    return answer(
        url,
        "case_list",
        **{**ALL, "rows": 500, **filters},
    )


def counted(url: str, **filters: object) -> dict[str, int]:
    rows = answer(url, "case_states", **{**ALL, **filters})
    return {row["role"]: row["n"] for row in rows}


def late(row: dict[str, Any]) -> bool:
    service = CITY.services[row["service"]]
    times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
    due = judge_deadline(times, service, CITY.calendar)
    return due is not None and due.overdue(NOW)


FILTERS: list[dict[str, object]] = [
    {}, {"service": "laksa"}, {"service": "polres"}, {"status": "proses"}, {"state": "terbuka"}, {"state": "menunggu"},
    {"state": "dikerjakan"}, {"state": "selesai"}, {"state": "ditutup"}, {"agency": "dpupr"}, {"agency": "tanpa"},
    {"district": "36.71.07"}, {"subdistrict": "36.71.08.1001"}, {"category": "pju"}, {"overdue": "ya"}, {"days": "7"},
    {"from": "2026-11-01"}, {"to": "2026-11-01"}, {"from": "2026-11-01", "to": "2026-11-01"},
    {"overdue": "ya", "agency": "dpupr", "district": "36.71.07"},
]  # fmt: skip


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_counts_by_state_add_up_to_the_list(room: str, filters: dict[str, object]) -> None:
    assert sum(counted(room, **filters).values()) == len(listed(room, **filters))


def test_each_filter_leaves_what_it_says(room: str) -> None:
    assert len(listed(room)) == 60
    assert counted(room) == {"waiting": 20, "working": 20, "done": 20}
    assert {row["status"] for row in listed(room, state="terbuka")} == {"menunggu", "proses"}
    assert {row["agency"] for row in listed(room, agency="tanpa")} == {None}
    assert {row["subdistrict"][:8] for row in listed(room, district="36.71.08")} == {"36.71.08"}
    assert all(row["opened_at"] > NOW - timedelta(days=7) for row in listed(room, days="7"))
    on_the_day = listed(room, **{"from": "2026-11-01", "to": "2026-11-01"})
    assert {row["opened_at"].astimezone(CITY.zone).isoformat()[:10] for row in on_the_day} == {"2026-11-01"}


def test_the_database_calls_late_what_the_deadline_calls_overdue(room: str) -> None:
    every = listed(room)
    by_deadline = {row["case_id"] for row in every if late(row)}
    assert 5 < len(by_deadline) < 40
    assert {row["case_id"] for row in every if row["late"]} == by_deadline
    assert {row["case_id"] for row in listed(room, overdue="ya")} == by_deadline
    places = {row["subdistrict"]: row for row in answer(room, "place_cases")}
    open_ = [row for row in every if row["status"] != "selesai"]
    for code in PLACES:
        here = [row for row in open_ if row["subdistrict"] == code]
        assert places[code]["open"] == len(here)
        assert places[code]["overdue"] == sum(row["case_id"] in by_deadline for row in here)
        assert places[code]["oldest_opened_at"] == min(row["opened_at"] for row in here)


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_every_order_hold_each_case_once(room: str, sort: str) -> None:
    pages = [listed(room, sort=sort, rows=25, skipped=first) for first in (0, 25, 50)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({row["case_id"] for page in pages for row in page}) == 60
    column = {"opened": "opened_at", "changed": "status_at", "place": "subdistrict", "about": "category"}.get(
        sort.removeprefix("-"), sort.removeprefix("-")
    )
    values = [row[column] for page in pages for row in page if row[column] is not None]
    newest_first = column.endswith("_at")
    assert values == sorted(values, reverse=sort.startswith("-") is not newest_first)


def test_a_kelurahan_and_an_agency_have_their_days_and_their_open_cases(room: str) -> None:
    days = answer(room, "subdistrict_days", subdistrict=PLACES[0])
    assert len(days) == 29
    assert sum(row["opened"] for row in days) == len(
        [row for row in listed(room, subdistrict=PLACES[0]) if row["opened_at"] >= NOW - timedelta(days=28, hours=7)]
    )
    found = answer(room, "subdistrict_open", subdistrict=PLACES[0])
    assert {row["status"] for row in found} == {"menunggu", "proses"}
    history = answer(room, "agency_history", agency="dpupr")
    assert (len(history), sum(row["opened"] for row in history)) == (90, 20)
    assert len(answer(room, "agency_open", agency="tanpa")) == len(
        [row for row in listed(room, agency="tanpa") if row["status"] != "selesai"]
    )


def test_one_case_has_its_steps_and_its_neighbours_in_time_and_place(room: str) -> None:
    (one,) = answer(room, "case_one", case="L-11")
    assert (one["status"], one["category"]) == ("selesai", "banjir")
    steps = answer(room, "case_steps", case="L-11")
    assert [row["status"] for row in steps] == ["menunggu", "proses", "selesai"]
    near = answer(room, "case_neighbours", case="L-11")
    assert [row["case_id"] for row in near] == ["L-02", "L-20"]
    assert {row["n"] for row in near} == {2}
    assert answer(room, "case_one", case="nobody") == []

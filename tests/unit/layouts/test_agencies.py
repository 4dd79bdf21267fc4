"""Which agency is late is answered first, and every figure of the wall of agencies follows from its rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from layouts.findings.agencies import agencies_of
from layouts.findings.totals import flags_of, summaries_of
from layouts.formats import duration
from layouts.panel import Context, Row
from layouts.panels import PANELS
from sensors.city import City
from sensors.pack.totals import PARTS, TOTAL
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import marked, prop, words

HOUR = 3600


def open_case(number: int, days_ago: float, agency: str | None, **more: object) -> Row:
    opened = NOW - timedelta(days=days_ago)  # NOW is Saturday 21 November 2026, 14.00 WIB
    facts = {"status": "menunggu", "status_at": opened, "category": "pju", "subdistrict": "36.71.07.1004"}
    return {"service": "laksa", "case_id": f"L-{number}", "opened_at": opened, "agency": agency, **facts, **more}


def times(agency: str, category: str = "pju", service: str = "laksa", **more: object) -> Row:
    facts = {"status": "selesai", "opened": 4, "acted_after": [], "ended_after": [], "status_at": NOW}
    return {"service": service, "agency": agency, "category": category, **facts, **more}


def test_the_agency_with_most_past_their_deadline_comes_first(city: City) -> None:
    rows = {
        "service_open": [
            open_case(1, 1, "dlh"), open_case(2, 1, "dlh"), open_case(3, 1, "dlh"),
            open_case(4, 9, "dishub", status="proses"), open_case(5, 10, "dishub"), open_case(6, 12, None),
            open_case(7, 40, "bpbd", service="siaga-112", status="diterima", category="prank"),
            open_case(8, 0.01, "bpbd", service="siaga-112", status="diterima", category="lain"),
            open_case(9, 50, "polres-metro", service="polres", status="diterima", category="tawuran"),
        ]
    }  # fmt: skip
    found = agencies_of(rows, city, NOW)
    told = [(each.key, each.overdue, each.open, each.waiting, each.dated) for each in found.figures]
    assert told == [
        ("dishub", 1, 2, 1, 2),
        ("tanpa OPD", 1, 1, 1, 1),
        ("dlh", 0, 3, 3, 3),
        ("bpbd", 0, 1, 1, 1),  # of its messages one is a prank call
        ("polres-metro", 0, 1, 1, 0),
    ]
    assert found.figures[0].oldest == NOW - timedelta(days=10)
    page = PANELS["agencies"].render(rows, Context(city, NOW, {}))
    assert words(marked(page, "id", "agencies-name-0")[0]) == "Dishub"
    assert words(marked(page, "id", "agencies-late-0")[0]) == "■ 1 lewat"
    assert words(marked(page, "id", "agencies-late-2")[0]) == "○ tidak ada"
    assert words(marked(page, "id", "agencies-late-4")[0]) == "○ tanpa tenggat"
    assert words(marked(page, "id", "panel-agencies-note")[0]).startswith("2 dari 5 OPD punya kasus lewat tenggat")


def test_medians_are_over_all_services_of_an_agency_and_only_over_cases(city: City) -> None:
    rows = {
        "agency_times": [
            times("bpbd", "banjir", acted_after=[1 * HOUR, 3 * HOUR], ended_after=[10 * HOUR]),
            times("bpbd", "lain", "siaga-112", acted_after=[120], ended_after=[20 * HOUR]),
            times("bpbd", "lain", "siaga-112", status="ditutup", acted_after=[], ended_after=[99 * HOUR], opened=1),
            times("bpbd", "prank", "siaga-112", acted_after=[5] * 9, ended_after=[5] * 9, opened=9),
        ]
    }
    (bpbd,) = agencies_of(rows, city, NOW).figures
    assert (bpbd.first.seconds, bpbd.first.n, bpbd.first.of) == (1 * HOUR, 3, 9)
    assert (bpbd.done.seconds, bpbd.done.n, bpbd.done.of) == (15 * HOUR, 2, 9)  # closed undone is not done
    page = PANELS["agencies"].render(rows, Context(city, NOW, {}))
    assert words(marked(page, "id", "agencies-done-0")[0]) == "15,0 jam"
    assert words(marked(page, "id", "agencies-done-0-of")[0]) == "2 dari 9"


def test_days_are_opened_and_ended_with_today_last(city: City) -> None:
    today = date(2026, 11, 21)
    head = {"service": "laksa", "agency": "dlh", "category": "sampah"}
    rows = {
        "agency_days": [
            {**head, "day": today, "opened": 2, "ended": 1},
            {**head, "category": "banjir", "day": today, "opened": 1, "ended": 0},
            {**head, "day": today - timedelta(days=13), "opened": 5, "ended": 4},
            {**head, "day": today - timedelta(days=14), "opened": 9, "ended": 9},
            {**head, "service": "siaga-112", "category": "ghost", "day": today, "opened": 9, "ended": 9},
        ]
    }
    (dlh,) = agencies_of(rows, city, NOW).figures
    assert dlh.days == ((5, 4), *[(0, 0)] * 12, (3, 1))


def test_the_longest_overdue_and_the_next_deadlines_say_by_which_rule(city: City) -> None:
    rows = {"service_open": [open_case(1, 1, "dlh"), open_case(2, 9, "dishub"), open_case(3, 30, None)]}
    page = PANELS["due"].render(rows, Context(city, NOW, {}))
    first, second = (marked(page, "id", f"due-late-{slot}")[0] for slot in (0, 1))
    assert prop(first, "data-case") == "laksa/L-3"
    assert words(first).startswith("■ Sel 27 Okt")  # 3 working days after Thursday 22 October
    assert "tanpa OPD" in words(first)
    assert "L-2 · Verifikasi, 3 hari kerja" in words(second)
    assert words(marked(page, "id", "due-ahead-0")[0]).startswith("○ Rab 25 Nov Lampu jalan (PJU) · Kel. Nusa Jaya DLH")
    assert prop(marked(page, "id", "due-late-2")[0], "className") == "due-case unused"


def summary(*values: float) -> list[Row]:
    kinds = (TOTAL, *PARTS)
    return [
        {"device": "totals-laksa", "kind": kind, "value": value, "observed_at": NOW, "received_at": NOW}
        for kind, value in zip(kinds, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("values", "said", "more"),
    [
        ((14_012, 13_421, 20, 571), "○ cocok", "14.012 kasus masuk, 14.012 kasus berstatus: setiap kasus punya satu"),
        ((12_080, 11_668, 19, 193), "▲ tidak cocok: selisih 200", "12.080 kasus masuk, 11.880 kasus berstatus: 200"),
        ((3_986, 3_824, 27, 175), "▲ tidak cocok: selisih 40", "3.986 kasus masuk, 4.026 kasus berstatus: ada"),
        ((3_986, 3_824, 27, float("nan")), "○ belum dapat dicocokkan", "Menunggu keempat angka"),
    ],
)  # fmt: skip
def test_a_summary_that_does_not_add_up_says_by_how_much(
    city: City, values: tuple[float, ...], said: str, more: str
) -> None:
    page = PANELS["totals"].render({"latest_readings": summary(*values)}, Context(city, NOW, {}))
    assert words(marked(page, "id", "totals-verdict-laksa")[0]) == said
    assert words(marked(page, "id", "totals-words-laksa")[0]).startswith(more)
    (total,) = marked(page, "data-reading", "totals-laksa/cases_total")
    assert prop(total, "data-value") == str(int(values[0]))


def test_figures_of_two_instants_are_not_compared(city: City) -> None:
    rows = summary(14_012, 13_421, 20, 571)
    rows[0] = {**rows[0], "observed_at": NOW - timedelta(hours=1)}
    (found,) = summaries_of({"latest_readings": rows}, city)
    assert found.judged is None


def test_an_impossible_step_is_shown_in_the_services_words(city: City) -> None:
    assert [each.step for each in flags_of(full(city), city)] == [("diterima", "tiba")] * 3
    page = PANELS["totals"].render(full(city), Context(city, NOW, {}))
    assert words(marked(page, "id", "totals-flags")[0]) == "◆ 9 kasus dengan langkah tak wajar, 30 hari"
    assert words(marked(page, "id", "totals-step-0")[0]) == "diterima → petugas tiba"
    (row,) = marked(page, "data-case", "siaga-112/112-2026-000000")
    assert prop(row, "data-status") == "tiba"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(None, "–"), (0, "0 menit"), (750, "12 menit"), (5_399, "90 menit"), (5_400, "1,5 jam"), (79_200, "22,0 jam"),
     (172_800, "2,0 hari"), (276_480, "3,2 hari")],
)  # fmt: skip
def test_a_span_is_written_in_the_unit_that_says_it_best(seconds: float | None, written: str) -> None:
    assert duration(seconds) == written

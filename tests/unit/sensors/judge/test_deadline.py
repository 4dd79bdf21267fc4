"""Deadlines on working days. Every answer was counted by hand on the calendar of the SKB 3 Menteri decrees 2024-2027.

Days off within the table: 2024 Mar 11, 12, 29 · Apr 8-12, 15 (Lebaran) · Nov 27 · Dec 25, 26 | 2025 Jan 1, 27-29 ·
Mar 28, 31 · Apr 1-4, 7 (Lebaran), 18 · May 12, 13, 29, 30 · Jun 6, 9 · Aug 18 · Dec 25, 26 | 2026 Jan 1, 16 ·
Feb 16, 17 · Mar 18-20, 23, 24 (Nyepi, Lebaran) · Apr 3 · May 14, 15, 27, 28 · Jun 1, 16 · Aug 17, 25 · Dec 24, 25 |
2027 Jan 1, 5.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sensors.city import Calendar, City, OwnDay, Stage, load_city
from sensors.judge.deadline import CaseTimes, Due, due_of, judge_deadline, judge_fulfilment

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def stage(length: int, unit: str = "working-days") -> Stage:
    return replace(load_city("tangerang").services["laksa"].stages[0], length=length, unit=unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opened", "working_days", "last"),
    [
        # ordinary weeks and weekends
        ("2026-11-02", 3, "2026-11-05"), ("2026-11-04", 3, "2026-11-09"), ("2026-11-06", 3, "2026-11-11"),
        ("2026-11-07", 3, "2026-11-11"), ("2026-11-08", 3, "2026-11-11"), ("2026-11-02", 5, "2026-11-09"),
        ("2026-11-02", 10, "2026-11-16"), ("2026-11-02", 14, "2026-11-20"), ("2026-11-06", 14, "2026-11-26"),
        ("2026-11-21", 14, "2026-12-10"),
        # the ends of years
        ("2026-12-21", 3, "2026-12-28"), ("2026-12-23", 3, "2026-12-30"), ("2026-12-24", 3, "2026-12-30"),
        ("2026-12-30", 3, "2027-01-06"), ("2026-12-31", 5, "2027-01-11"), ("2026-12-21", 14, "2027-01-14"),
        ("2025-12-22", 3, "2025-12-29"), ("2025-12-24", 3, "2025-12-31"), ("2025-12-24", 5, "2026-01-05"),
        ("2025-12-31", 3, "2026-01-06"), ("2025-12-15", 14, "2026-01-07"), ("2024-12-24", 3, "2024-12-31"),
        ("2024-12-27", 5, "2025-01-06"),
        # Lebaran with its shared leave
        ("2024-04-05", 3, "2024-04-18"), ("2024-04-04", 3, "2024-04-17"), ("2024-04-10", 5, "2024-04-22"),
        ("2024-03-27", 14, "2024-04-25"), ("2025-03-27", 3, "2025-04-10"), ("2025-03-26", 3, "2025-04-09"),
        ("2025-03-20", 14, "2025-04-21"), ("2025-04-07", 5, "2025-04-14"), ("2026-03-17", 3, "2026-03-27"),
        ("2026-03-16", 5, "2026-03-30"), ("2026-03-21", 3, "2026-03-27"), ("2026-03-06", 14, "2026-04-02"),
        # other holidays, their eves, and days between
        ("2024-03-08", 3, "2024-03-15"), ("2024-11-25", 3, "2024-11-29"), ("2025-01-24", 3, "2025-02-03"),
        ("2025-05-08", 3, "2025-05-15"), ("2025-05-28", 3, "2025-06-04"), ("2025-06-05", 3, "2025-06-12"),
        ("2025-08-15", 3, "2025-08-21"), ("2026-01-14", 3, "2026-01-20"), ("2026-02-13", 3, "2026-02-20"),
        ("2026-03-31", 3, "2026-04-06"), ("2026-05-13", 3, "2026-05-20"), ("2026-05-26", 3, "2026-06-03"),
        ("2026-06-15", 10, "2026-06-30"), ("2026-08-14", 3, "2026-08-20"), ("2026-08-24", 3, "2026-08-28"),
        # such that need supervision
        ("2026-11-02", 60, "2027-01-29"), ("2026-01-02", 60, "2026-04-09"),
    ],
)  # fmt: skip
def test_working_days_counted_by_hand(city: City, opened: str, working_days: int, last: str) -> None:
    due = due_of(stage(working_days), at(f"{opened}T10:00"), city.calendar)
    assert due.day == date.fromisoformat(last)
    assert due.at == at(last) + timedelta(days=1)


@pytest.mark.parametrize(
    ("opened", "last"),
    [  # an instant belongs to its day in WIB: 17:00 UTC is midnight
        ("2026-11-05T16:59:59", "2026-11-10"), ("2026-11-05T17:00:00", "2026-11-11"),
        ("2026-12-31T16:59:59", "2027-01-07"), ("2026-12-31T17:00:00", "2027-01-07"),
        ("2026-12-30T17:00:00", "2027-01-07"), ("2026-12-30T16:59:59", "2027-01-06"),
    ],
)  # fmt: skip
def test_the_day_of_an_instant_is_the_citys(city: City, opened: str, last: str) -> None:
    since = datetime.fromisoformat(opened).replace(tzinfo=UTC)
    assert due_of(stage(3), since, city.calendar).day == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("length", "unit", "last", "instant"),
    [
        (15, "minutes", "2026-12-25", "2026-12-25T00:05"),
        (24, "hours", "2026-12-25", "2026-12-25T23:50"),
        (1, "days", "2026-12-25", "2026-12-26T00:00"),
        (14, "days", "2027-01-07", "2027-01-08T00:00"),
    ],
)
def test_calendar_time_knows_no_holiday(city: City, length: int, unit: str, last: str, instant: str) -> None:
    due = due_of(stage(length, unit), at("2026-12-24T23:50"), city.calendar)
    assert (due.day, due.at) == (date.fromisoformat(last), at(instant))


def test_the_citys_own_days_go_before_the_national_ones(city: City) -> None:
    own = {
        date(2026, 11, 24): OwnDay(date(2026, 11, 24), "Libur daerah", working=False, source="contoh"),
        date(2026, 11, 21): OwnDay(date(2026, 11, 21), "Hari kerja pengganti", working=True, source="contoh"),
        date(2026, 12, 24): OwnDay(date(2026, 12, 24), "Tetap masuk", working=True, source="contoh"),
    }
    calendar = replace(city.calendar, own=own)
    assert due_of(stage(3), at("2026-11-20T10:00"), city.calendar).day == date(2026, 11, 25)
    assert due_of(stage(3), at("2026-11-20T10:00"), calendar).day == date(2026, 11, 25)  # 21, 23, (24) 25
    assert due_of(stage(3), at("2026-11-23T10:00"), calendar).day == date(2026, 11, 27)
    assert due_of(stage(3), at("2026-12-21T10:00"), calendar).day == date(2026, 12, 24)
    assert [calendar.free(day) for day in own] == ["Libur daerah", None, None]


def test_a_day_off_says_why(city: City) -> None:
    calendar = city.calendar
    assert calendar.free(date(2026, 11, 23)) is None
    assert calendar.free(date(2026, 11, 22)) == "Akhir pekan"
    assert calendar.free(date(2026, 8, 17)) == "Hari Kemerdekaan Republik Indonesia"
    assert (calendar.free(date(2026, 12, 24)) or "").startswith("Cuti Bersama")


def test_another_country_has_its_own_holidays() -> None:
    japan = Calendar(ZoneInfo("Asia/Tokyo"), "JP", {})
    assert japan.free(date(2026, 11, 3)) is not None
    assert japan.free(date(2026, 12, 25)) is None


def judged(city: City, service: str, status: str, opened: str, status_at: str, category: str | None) -> Due | None:
    return judge_deadline(CaseTimes(status, at(opened), at(status_at), category), city.services[service], city.calendar)


@pytest.mark.parametrize(
    ("service", "status", "category", "key", "last"),
    [  # opened on Monday 2 November 2026 at 10.00, the status two days later
        ("laksa", "menunggu", "pju", "verifikasi", "2026-11-05"),
        ("laksa", "menunggu", None, "verifikasi", "2026-11-05"),
        ("laksa", "menunggu", "pengawasan", "verifikasi", "2026-11-05"),
        ("laksa", "proses", "pju", "tindak-lanjut-pengaduan", "2026-11-20"),
        ("laksa", "proses", "informasi", "jawab-informasi", "2026-11-09"),
        ("laksa", "proses", "pengawasan", "tindak-lanjut-pengawasan", "2027-01-29"),
        ("laksa", "proses", None, None, None),
        ("laksa", "selesai", "pju", None, None),
        ("siaga-112", "diterima", "kebakaran", "tiba-kebakaran", "2026-11-02"),
        ("siaga-112", "dikirim", "medis", "tiba-darurat", "2026-11-02"),
        ("siaga-112", "tiba", "kebakaran", None, None),
        ("siaga-112", "diterima", "prank", None, None),
        ("perizinan", "diajukan", "nib-rendah", "terbit-nib-rendah", "2026-11-03"),
        ("polres", "diterima", "tawuran", None, None),
    ],
)  # fmt: skip
def test_the_stage_that_must_end_first(
    city: City, service: str, status: str, category: str | None, key: str | None, last: str | None
) -> None:
    due = judged(city, service, status, "2026-11-02T10:00", "2026-11-04T10:00", category)
    assert (due and due.stage.key, due and due.day.isoformat()) == (key, last)


def test_it_is_too_late_from_midnight_on_and_the_rule_says_where_it_stands(city: City) -> None:
    due = judged(city, "laksa", "menunggu", "2026-11-02T10:00", "2026-11-02T10:00", "pju")
    assert due is not None
    assert not due.overdue(at("2026-11-05T23:59:59"))
    assert due.overdue(at("2026-11-06T00:00"))
    assert due.remaining(at("2026-11-06T01:00")) == timedelta(hours=-1)
    assert due.stage.regulation
    assert due.stage.source


def test_an_emergency_call_has_fifteen_minutes(city: City) -> None:
    due = judged(city, "siaga-112", "diterima", "2026-11-02T23:50", "2026-11-02T23:50", "kebakaran")
    assert due is not None
    assert (due.at, due.day) == (at("2026-11-03T00:05"), date(2026, 11, 3))


def test_a_case_keeps_the_rule_under_which_it_was_opened(city: City) -> None:
    service = city.services["laksa"]
    old = service.stages[0]
    new = replace(old, length=1, valid_from=date(2026, 11, 10))
    changed = replace(service, stages=(old, new))
    lengths = [
        due.stage.length
        if (due := judge_deadline(CaseTimes("menunggu", at(day), at(day)), changed, city.calendar))
        else 0
        for day in ("2024-11-27T23:59", "2024-11-28T00:00", "2026-11-09T23:59", "2026-11-10T00:00")
    ]
    assert lengths == [0, 3, 3, 1]


def test_a_stage_may_run_from_a_status(city: City) -> None:
    service = city.services["laksa"]
    reply = replace(service.stages[0], since="proses", until=frozenset({"selesai"}), length=10)
    case = CaseTimes("proses", at("2026-11-02T10:00"), at("2026-11-04T10:00"), "pju")
    due = judge_deadline(case, replace(service, stages=(reply,)), city.calendar)
    assert due is not None
    assert due.day == date(2026, 11, 18)
    waiting = replace(case, status="menunggu")
    assert judge_deadline(waiting, replace(service, stages=(reply,)), city.calendar) is None


def test_which_steps_are_allowed(city: City) -> None:
    laksa = city.services["laksa"]
    assert laksa.allows(None, "menunggu")
    assert laksa.allows("menunggu", "proses")
    assert laksa.allows("proses", "proses")
    assert not laksa.allows(None, "selesai")
    assert not laksa.allows("selesai", "menunggu")


def test_a_case_must_be_done_by_the_stage_that_only_its_end_ends(city: City) -> None:
    laksa, opened = city.services["laksa"], at("2026-11-30T09:00")
    waiting = CaseTimes("menunggu", opened, opened, "pju")
    first, last = judge_deadline(waiting, laksa, city.calendar), judge_fulfilment(waiting, laksa, city.calendar)
    assert first is not None
    assert last is not None
    assert (first.stage.key, last.stage.key) == ("verifikasi", "tindak-lanjut-pengaduan")
    assert last == due_of(last.stage, opened, city.calendar)
    supervised = judge_fulfilment(CaseTimes("proses", opened, opened, "pengawasan"), laksa, city.calendar)
    assert supervised is not None
    assert supervised.stage.length == 60
    assert judge_fulfilment(CaseTimes("selesai", opened, opened, "pju"), laksa, city.calendar) is None
    assert judge_fulfilment(CaseTimes("menunggu", opened, opened), laksa, city.calendar) is None

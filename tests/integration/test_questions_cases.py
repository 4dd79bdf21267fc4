"""What the questions about the cases of all services answer, and that they go by an index."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from data.queries import questions
from data.records import CaseEvent, Message
from sensors.city import load_city
from tests.asking import PARAMS, answer, write
from tests.batches import NOW, case, message, writer

pytestmark = pytest.mark.integration


def test_floods_are_counted_by_service_and_kecamatan_while_they_are_open(database_url: str) -> None:
    here, flood = {"subdistrict": "36.71.08.1001"}, {"category": "banjir"}
    write(
        database_url,
        case("menunggu", -60, "L-1", **here, **flood),
        case("menunggu", -50, "L-2", **here, **flood), case("proses", -5, "L-2"),
        case("menunggu", -40, "L-3", **here, **flood), case("selesai", -10, "L-3"),
        case("menunggu", -30, "L-4", **here, category="pju"),
        case("menunggu", -20, "L-5", **flood),
    )  # fmt: skip
    told = [tuple(row.values()) for row in answer(database_url, "flood_cases")]
    minutes = [NOW - timedelta(minutes=n) for n in (60, 20, 5)]
    assert told == [("laksa", "", 1, minutes[1], minutes[1]), ("laksa", "36.71.08", 2, minutes[0], minutes[2])]


def test_every_services_open_cases_tell_their_place_the_newest_first(database_url: str) -> None:
    place = {"subdistrict": "36.71.07.1004", "lat": -6.1, "lon": 106.6}
    write(
        database_url,
        case("menunggu", -60, "L-1", **place),
        case("menunggu", -50, "L-2"),
        case("menunggu", -40, "L-3", **place), case("selesai", -10, "L-3"),
        case("menunggu", -30, "S-1", service="siaga-112", **place),
    )  # fmt: skip
    told = [(row["service"], row["case_id"], row["lat"], row["lon"]) for row in answer(database_url, "case_places")]
    assert told == [
        ("laksa", "L-2", None, None),
        ("laksa", "L-1", -6.1, 106.6),
        ("siaga-112", "S-1", -6.1, 106.6),
    ]


def test_cases_are_counted_where_they_stand(database_url: str) -> None:
    place = {"category": "pju", "agency": "dishub", "subdistrict": "36.71.07.1004", "lat": -6.1, "lon": 106.6}
    write(
        database_url,
        case("menunggu", -60, "L-1", **place),
        case("menunggu", -50, "L-2", **place),
        case("menunggu", -5000, "L-3", **place), case("selesai", -10, "L-3"),
        case("menunggu", -5000, "L-4", **place), case("selesai", -4000, "L-4"),
    )  # fmt: skip
    counts = answer(database_url, "case_counts")
    assert [(row["status"], row["district"], row["n"]) for row in counts] == [
        ("menunggu", "36.71.07", 2),
        ("selesai", "36.71.07", 1),
    ]
    assert counts[0]["oldest_opened_at"] == NOW - timedelta(minutes=60)
    assert [row["case_id"] for row in answer(database_url, "open_case_points")] == ["L-2", "L-1"]
    assert [row["case_id"] for row in answer(database_url, "open_cases")] == ["L-1", "L-2"]
    assert {row["case_id"] for row in answer(database_url, "recent_cases")} == {"L-1", "L-2", "L-3", "L-4"}
    days = answer(database_url, "case_days")
    assert [row["day"] for row in days] == [date(2026, 11, 8) + timedelta(days=n) for n in range(14)]
    assert [(row["opened"], row["finished"]) for row in days[-5:]] == [(2, 0), (0, 1), (0, 0), (0, 0), (2, 1)]


INCIDENT = {"category": "banjir", "agency": "bpbd"}


def moved(case_id: str, status: str, minutes: float, service: str = "siaga-112", **more: Any) -> Message:  # noqa: ANN401
    known = load_city("tangerang").services[service].statuses
    at = NOW + timedelta(minutes=minutes)
    event = CaseEvent(service, case_id, status, list(known).index(status), known[status].open, at, **more)
    return message("cases", case_events=(event,))


def test_an_agencys_times_are_those_of_cases_opened_in_thirty_days(database_url: str) -> None:
    with closing(writer(database_url, services=load_city("tangerang").services)) as room:
        room.write(
            [
                moved("S-1", "diterima", -600, **INCIDENT), moved("S-1", "dikirim", -598), moved("S-1", "tiba", -590),
                moved("S-1", "selesai", -540),
                moved("S-2", "diterima", -20, **INCIDENT),
                moved("S-3", "diterima", -31 * 1440, **INCIDENT), moved("S-3", "ditutup", -500),
                moved("L-1", "menunggu", -30, "laksa", category="pju"),
            ]
        )  # fmt: skip
    rows = answer(database_url, "agency_times")
    found = [(row["service"], row["agency"], row["status"], row["acted_after"], row["ended_after"]) for row in rows]
    assert found == [
        ("laksa", None, "menunggu", [], []),
        ("siaga-112", "bpbd", "diterima", [], []),
        ("siaga-112", "bpbd", "selesai", [120], [3600]),
    ]
    assert [row["opened"] for row in rows] == [1, 1, 1]
    days = [
        (row["service"], row["day"].day, row["opened"], row["ended"]) for row in answer(database_url, "agency_days")
    ]
    assert days == [("laksa", 21, 1, 0), ("siaga-112", 20, 1, 2), ("siaga-112", 21, 1, 0)]


def test_cases_with_impossible_steps_are_told_with_their_course(database_url: str) -> None:
    with closing(writer(database_url, services=load_city("tangerang").services)) as room:
        room.write(
            [
                *(moved(f"S-{n}", status, 2 * n - 60 + i, **INCIDENT)
                  for n in range(8) for i, status in enumerate(("diterima", "tiba"))),
                moved("S-8", "diterima", -9), moved("S-8", "dikirim", -8),
                moved("S-9", "tiba", -40 * 1440), moved("S-9", "selesai", -31 * 1440),
            ]
        )  # fmt: skip
    rows = answer(database_url, "case_flags")
    assert [row["case_id"] for row in rows] == ["S-7", "S-6", "S-5", "S-4", "S-3", "S-2"]
    assert {row["n"] for row in rows} == {8}
    assert (rows[0]["statuses"], rows[0]["impossible_steps"]) == (["diterima", "tiba"], 1)


def step(service: str, case_id: str, status: str, minutes: float, category: str, *, is_open: bool = True) -> Message:
    at = NOW + timedelta(minutes=minutes)
    return message("cases", case_events=(CaseEvent(service, case_id, status, 0, is_open, at, category=category),))


def test_all_services_are_told_apart_in_one_answer(database_url: str) -> None:
    # NOW is 07:00 WIB: ten hours before is yesterday.
    write(
        database_url,
        step("laksa", "L-1", "menunggu", -600, "pju"),
        step("siaga-112", "S-1", "diterima", -30, "banjir"), step("siaga-112", "S-1", "dikirim", -27, "banjir"),
        step("siaga-112", "S-1", "tiba", -18, "banjir"), step("siaga-112", "S-1", "tiba", -16, "banjir"),
        step("siaga-112", "S-2", "diterima", -20, "prank"),
        step("siaga-112", "S-2", "ditutup", -19, "prank", is_open=False),
        step("siaga-112", "S-3", "diterima", -1000, "banjir"),
        step("siaga-112", "S-3", "ditutup", -900, "banjir", is_open=False),
    )  # fmt: skip
    counts = [tuple(row.values())[:6] for row in answer(database_url, "service_counts")]
    assert counts == [
        ("laksa", "menunggu", "pju", 1, 0, 0),
        ("siaga-112", "ditutup", "prank", 0, 1, 1),
        ("siaga-112", "tiba", "banjir", 1, 1, 0),
    ]
    days = [
        (row["service"], row["category"], row["day"].day, row["opened"]) for row in answer(database_url, "service_days")
    ]
    assert days == [
        ("laksa", "pju", 20, 1), ("siaga-112", "banjir", 20, 1), ("siaga-112", "banjir", 21, 1),
        ("siaga-112", "prank", 21, 1),
    ]  # fmt: skip
    opened = [(row["service"], row["status"]) for row in answer(database_url, "service_open")]
    assert opened == [("laksa", "menunggu"), ("siaga-112", "tiba")]
    recent = [row["case_id"] for row in answer(database_url, "service_recent")]
    assert recent == ["L-1", "S-2", "S-1", "S-3"]
    steps = answer(database_url, "service_steps")
    assert [(row["case_id"], row["status"], (row["at"] - NOW).total_seconds() / 60) for row in steps] == [
        ("S-1", "diterima", -30), ("S-1", "dikirim", -27), ("S-1", "tiba", -18),
        ("S-2", "diterima", -20), ("S-2", "ditutup", -19),
    ]  # fmt: skip


def test_the_newest_of_a_rare_category_is_found_behind_many_calls(database_url: str) -> None:
    calls = (step("siaga-112", f"S-{n}", "diterima", -n, "prank") for n in range(9))
    write(database_url, *calls, step("siaga-112", "S-99", "diterima", -3000, "kebakaran"))
    found = [row["case_id"] for row in answer(database_url, "service_recent")]
    assert found == [*(f"S-{n}" for n in range(6)), "S-99"]


def test_cases_are_counted_by_the_days_they_were_opened_and_ended_on(database_url: str) -> None:
    day = 24 * 60
    write(
        database_url,
        step("laksa", "L-1", "menunggu", -60, "pju"), step("laksa", "L-2", "menunggu", -50, "pju"),
        step("laksa", "L-3", "menunggu", -3 * day, "pju"),
        step("laksa", "L-3", "selesai", -60, "pju", is_open=False),
        step("laksa", "L-4", "menunggu", -40 * day, "pju"),
        step("laksa", "L-4", "selesai", -35 * day, "pju", is_open=False),
        step("laksa", "L-5", "menunggu", -90 * day, "sampah"),
    )  # fmt: skip
    rows = answer(database_url, "score_cases")
    assert [tuple(row.values())[1:8] for row in rows] == [
        ("sampah", "menunggu", date(2026, 8, 23), None, 1, 0, 0),
        ("pju", "selesai", date(2026, 11, 18), date(2026, 11, 21), 1, 0, 1),
        ("pju", "menunggu", date(2026, 11, 21), None, 2, 2, 0),
    ]


def test_responses_are_summed_by_span(database_url: str) -> None:
    def call(case_id: str, opened: float, *after: float) -> list[Message]:
        first = message("cases", case_events=(_event(case_id, "diterima", 0, opened),))
        return [first, *(message("cases", case_events=(_event(case_id, "tiba", 2, opened + m),)) for m in after)]

    def _event(case_id: str, status: str, rank: int, minutes: float) -> CaseEvent:
        return CaseEvent("siaga-112", case_id, status, rank, True, NOW + timedelta(minutes=minutes), category="medis")

    day = 24 * 60
    calls = [call("S-1", -60, 9, 12), call("S-2", -900, 15), call("S-3", -3 * day, 6), call("S-4", -20 * day, 30)]
    write(database_url, *(each for found in [*calls, call("S-5", -40 * day, 99), call("S-6", -30)] for each in found))
    rows = answer(database_url, "score_response")
    assert [(row["status"], row["span"], row["n"], row["minutes"]) for row in rows] == [
        ("tiba", 1, 2, 24), ("tiba", 7, 2, 21), ("tiba", 30, 3, 51),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "agency_days", "agency_times", "case_flags", "score_cases", "score_response", "service_counts", "service_days",
        "service_open", "service_recent", "service_steps",
    ],
)  # fmt: skip
def test_a_question_about_all_services_reads_by_index_what_it_needs(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO cases (service, case_id, status, is_open, status_at, opened_at, received_at)
            SELECT 'service-' || n %% 6, n, 'proses', n < 200, at, at, at
            FROM generate_series(1, 20000) AS n, LATERAL (SELECT %(now)s - n * interval '20 minutes' AS at) AS times
            """,
            PARAMS,
        )
        connection.execute("ANALYZE cases")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan on cases" not in plan

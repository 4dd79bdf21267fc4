"""A question of the explorer on paper: its words and figures, what it leaves out, its limits, and what is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from data.analysis.streams import STREAMS
from layouts import explored_steps
from layouts.explored_told import Told
from layouts.findings.explored import begins, due
from layouts.reports.explored import TEMPLATE, paper_of
from layouts.reports.paper import Paper, Table
from layouts.reports.periods import days_of
from layouts.reports.press import job_of, press
from sensors.city import City
from tests import printed
from tests.unit.layouts.test_explorer import NOW, SINCE, UNTIL, asked_about, told

RECORD = {"konsep": "Bacaan", "definisi": "Setiap bacaan", "produsen": "Kota", "lisensi": "CC BY 4.0", "contoh": True}
LATER = NOW + timedelta(days=400)


def paper(found: Told, now: datetime = NOW, *, simulated: bool = False) -> Paper:
    return paper_of(found, RECORD, now, simulated=simulated)


def table(found: Paper, title: str) -> Table:
    (only,) = (block for section in found.sections for block in section.blocks
               if isinstance(block, Table) and block.title == title)  # fmt: skip
    return only


def text_of(found: Paper) -> str:
    return printed.text_of(press(job_of(found, TEMPLATE)))


def with_steps(found: Told, count: int) -> Told:
    (first, *_) = found.answer.steps
    steps = tuple(replace(first, at=SINCE + n * timedelta(hours=1), value=float(n)) for n in range(count))
    return replace(found, answer=replace(found.answer, steps=steps))


@pytest.mark.parametrize(
    ("stream", "title", "about"),
    [
        ("readings", "PM2,5, Kecamatan Tangerang, 26 Oktober–1 November 2026", "bacaan, tiap hari"),
        ("prices", "Beras medium, 26 Oktober–1 November 2026", "harga, tiap hari"),
        ("cases", "Kasus baru, LAKSA, 26 Oktober–1 November 2026", "kasus, tiap hari"),
        ("alarms", "Alarm yang mulai, prioritas tinggi, 26 Oktober–1 November 2026", "alarm, tiap hari"),
    ],
)
def test_the_title_is_the_question_in_words(stream: str, title: str, about: str, city: City) -> None:
    found = paper(told(stream, city, 7))
    assert (found.title, found.about) == (title, about)
    assert title.replace(" ", "") in text_of(found).replace(" ", "").replace("\n", "")


def test_its_figures_are_those_of_the_answer(city: City) -> None:
    answered = told("readings", city, 7, compared=True)
    found = paper(answered)
    assert {key: found.figures[key] for key in ("question.value", "question.n", "question.share")} == {
        "question.value": answered.answer.whole.value,
        "question.n": answered.answer.whole.n,
        "question.share": answered.answer.whole.share,
    }
    text = text_of(found)
    assert printed.figure(text, "µg/m³, rata-rata") == (22.0, 0.1)
    assert printed.counted(text) == 6321
    assert [line.split()[3] for line in printed.steps(text)] == [
        f"{20.5 + n:.1f}".replace(".", ",") for n in range(6, -1, -1)
    ]
    assert "Pembanding" in text


@pytest.mark.parametrize("stream", STREAMS)
def test_what_is_not_in_it_is_said(stream: str, city: City) -> None:
    said = next(each.said for each in paper(told(stream, city, 5)).sections if each.key == "coverage")
    left_out = {
        "readings": "pemeliharaan",
        "prices": "dilaporkan pasar",
        "cases": "bukan kejadian",
        "alarms": "tidak pernah",
    }
    assert left_out[stream] in " ".join(said)
    measured = STREAMS[stream].measured  # a day without a case is none; a day without a reading is a gap
    assert ("2 dari 7 hari tanpa data." in said) is measured


def test_a_question_that_still_goes_on_says_so_and_ends_at_the_last_minute(city: City) -> None:
    now = SINCE + timedelta(days=2, hours=3)
    found = paper(told("readings", city, 2), now)
    assert found.ended == now
    assert found.title.endswith("26–28 Oktober 2026")
    assert "belum selesai" in text_of(found)
    assert "belum selesai" not in text_of(paper(told("readings", city, 2)))


def test_without_data_it_says_so_and_draws_nothing(city: City) -> None:
    found = paper(told("readings", city, 0))
    assert "Tidak ada data dengan saringan ini." in text_of(found)
    assert "tanpa data" in found.data
    assert {block.kind for block in found.sections[0].blocks} == {"words"}


def test_more_steps_than_a_page_or_two_hold_are_left_to_the_export(city: City) -> None:
    most = city.analysis.paper_rows
    long = table(paper(with_steps(told("readings", city, 7, step="hour"), most + 20)), "Tabel langkah")
    assert len(long.rows) == most
    assert long.rows[0][1].value == most + 19  # the newest stay
    assert long.note == (
        f"{most} yang terbaru dari {most + 20} langkah; sisanya di ekspor: "
        "/api/v1/export/readings.csv?kind=pm25&district=36.71.01&step=hour"
    )
    whole = table(paper(with_steps(told("readings", city, 7, step="hour"), most)), "Tabel langkah")
    assert (len(whole.rows), whole.note) == (most, "Yang terbaru dulu.")


def test_marks_stand_where_other_reports_have_them(city: City) -> None:
    text = text_of(paper(told("readings", city, 7), simulated=True))
    assert "DATA SIMULASI" in text
    assert "CONTOH" in text
    assert "contoh: belum dikonfirmasi" in text
    plain = text_of(paper_of(told("readings", city, 7), RECORD | {"contoh": False}, NOW, simulated=False))
    assert "DATA SIMULASI" not in plain
    assert "CONTOH" not in plain


def test_the_same_answer_gives_the_same_bytes_whenever_it_is_asked(city: City) -> None:
    found = told("prices", city, 7)
    made = press(job_of(paper(found), TEMPLATE))
    assert press(job_of(paper(found, LATER), TEMPLATE)) == made
    other: Any = replace(found, answer=replace(found.answer, whole=replace(found.answer.whole, value=23.0)))
    assert press(job_of(paper(other), TEMPLATE)) != made


def test_the_addresses_on_it_ask_the_same(city: City) -> None:
    found = text_of(
        paper(replace(told("readings", city, 7), question={"kind": "pm25", "versus": "2026-10-01", "rows": "9"}))
    )
    assert "/jelajah?kind=pm25&stream=readings&step=day&versus=2026-10-01\n" in found
    assert "/api/v1/summary/readings?kind=pm25&step=day\n" in found
    assert "SELECT 1" in found


def test_any_days_are_a_period(city: City) -> None:
    def words(first: str, last: str) -> str:
        day = datetime.fromisoformat
        return days_of(day(first).date(), day(last).date(), city, LATER).words

    assert words("2026-11-21", "2026-11-21") == "Sabtu, 21 November 2026"
    assert words("2026-11-19", "2026-11-21") == "19–21 November 2026"
    assert words("2025-11-19", "2026-11-21") == "19 November 2025–21 November 2026"


@pytest.mark.parametrize(("step", "many"), [("hour", 168), ("day", 7), ("week", 1), ("month", 2)])
def test_the_steps_due_are_counted_by_the_calendar(step: str, many: int) -> None:
    asked: Any = asked_about("readings", step)
    assert due(asked, NOW) == many
    assert due(asked, SINCE) == 0
    assert due(asked.within(SINCE + timedelta(days=2), UNTIL), NOW) == many - {"hour": 48, "day": 2}.get(step, 0)
    assert (
        begins(SINCE + timedelta(days=2, hours=5, minutes=3), asked)
        == {
            "hour": SINCE + timedelta(days=2, hours=5),
            "day": SINCE + timedelta(days=2),
            "week": SINCE,
            "month": datetime.fromisoformat("2026-10-01T00:00:00+07:00"),
        }[step]
    )


def test_a_step_that_began_before_the_question_is_drawn_from_its_beginning(city: City) -> None:
    found = told("readings", city, 2, step="week")
    later = found.answer.asked.within(SINCE + timedelta(days=2), UNTIL)
    (line,) = explored_steps.chart(replace(found, answer=replace(found.answer, asked=later))).lines
    assert line.points[0] == (later.since, 20.5)


def test_a_question_of_a_day_has_its_hours_marked(city: City) -> None:
    found = told("readings", city, 2, step="hour")
    day = replace(
        found, answer=replace(found.answer, asked=found.answer.asked.within(SINCE, SINCE + timedelta(days=1)))
    )
    assert [tick.words for tick in explored_steps.chart(day).ticks] == [f"{hour:02}.00" for hour in range(3, 24, 3)]
    assert explored_steps.chart(found).ticks[0].words == "27 Okt"

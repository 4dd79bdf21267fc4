"""Reports without a database: which periods there are, how cases are counted, and that a report of nothing is one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest

from layouts.charts import Bars, Chart, Line, Threshold, Tick
from layouts.errors import LayoutError
from layouts.reports.facts import Facts, listed
from layouts.reports.kinds import REPORTS, Report
from layouts.reports.paper import Paper
from layouts.reports.periods import Period, PeriodError, period_of
from layouts.reports.plots import plotted
from layouts.reports.press import TEMPLATES, job_of, press
from layouts.reports.tally import tallies, whole
from sensors.city import City
from tests.printed import text_of

NOW = datetime(2026, 11, 29, 16, 30, 40, tzinfo=UTC)  # Sunday 23.30 WIB
HOUR = timedelta(hours=1)


def period(city: City, name: str, said: str = "") -> Period:
    return period_of(name, said, city, NOW)


def nothing(report: Report, city: City, *, simulated: bool = False) -> Paper:
    about = next(iter(city.agencies)) if report.owned else ""
    found = period(city, report.period)
    before = Facts({}, city, found.before(city)) if report.compared else None
    return report.paper_of(Facts({}, city, found, simulated, about, before))


@pytest.mark.parametrize(
    ("name", "said", "since", "until", "words"),
    [
        ("day", "2026-11-28", "2026-11-27T17:00Z", "2026-11-28T17:00Z", "Sabtu, 28 November 2026"),
        ("week", "2026-W47", "2026-11-15T17:00Z", "2026-11-22T17:00Z", "16–22 November 2026"),
        ("week", "2026-W44", "2026-10-25T17:00Z", "2026-11-01T17:00Z", "26 Oktober–1 November 2026"),
        ("month", "2026-10", "2026-09-30T17:00Z", "2026-10-31T17:00Z", "Oktober 2026"),
    ],
)
def test_a_period_is_of_the_citys_own_days(
    city: City, name: str, said: str, since: str, until: str, words: str
) -> None:
    found = period(city, name, said)
    assert (found.since, found.until) == (datetime.fromisoformat(since), datetime.fromisoformat(until))
    assert (found.words, found.whole, found.key) == (words, True, said)
    assert city.calendar.local_day(found.moment) == found.last


def test_without_a_word_it_is_the_last_one_that_is_over(city: City) -> None:
    assert [period(city, name).key for name in ("day", "week", "month")] == ["2026-11-28", "2026-W47", "2026-10"]


def test_what_goes_on_ends_at_the_last_whole_minute(city: City) -> None:
    today = period(city, "day", "2026-11-29")
    assert (today.whole, today.until) == (False, NOW.replace(second=0))
    assert today.until_words(city) == "sampai 29 Nov 23.30 WIB"
    assert period(city, "day").until_words(city) == "sampai 28 Nov 24.00 WIB"
    assert today.before(city) == period(city, "day", "2026-11-28")


@pytest.mark.parametrize(
    ("name", "said"),
    [("day", "2026-02-30"), ("day", "28-11-2026"), ("day", "2026-11-30"), ("week", "2026-W60"), ("week", "2026-11-28"),
     ("month", "2026-13"), ("month", "2026-12"), ("day", "'; DROP")],
)  # fmt: skip
def test_what_is_no_period_or_has_not_begun_is_refused_by_name(city: City, name: str, said: str) -> None:
    with pytest.raises(PeriodError, match=f"^{name}: found") as caught:
        period(city, name, said)
    assert (caught.value.name, caught.value.found) == (name, said)


def test_names_are_listed_and_the_rest_counted() -> None:
    names = ["A", "B", "C", "D"]
    assert [listed(names[:n], 2) for n in (0, 1, 2, 4)] == ["", "A", "A dan B", "A, B dan 2 lainnya"]


def case(case_id: str, status: str, opened: datetime, at: datetime, **other: object) -> dict[str, Any]:
    row = {"service": "laksa", "case_id": case_id, "status": status, "is_open": status != "selesai", "agency": "dishub",
           "category": "pju", "subdistrict": "36.71.07.1004", "opened_at": opened, "status_at": at,
           "first_action_at": None}  # fmt: skip
    return row | other


def facts(city: City, rows: Sequence[dict[str, Any]]) -> Facts:
    return Facts({"cases_between": rows}, city, period(city, "day"))


def test_cases_are_counted_as_they_stood_at_the_end(city: City) -> None:
    since = period(city, "day").since
    long_ago = since - timedelta(days=30)
    found = facts(
        city,
        [
            case("1", "menunggu", since + HOUR, since + HOUR),
            case("2", "selesai", since - HOUR, since + 2 * HOUR),
            case("3", "menunggu", long_ago, long_ago, agency=None),
            case("4", "proses", long_ago, long_ago + HOUR),
        ],
    )
    every = whole(found)
    assert (every.opened, every.done, every.open, every.waiting) == (1, 1, 3, 2)
    assert [row["case_id"] for _, row in every.late] == ["3", "4"]  # by 3 working days, and by 14
    assert [(stage.key, n) for stage, n in every.rules] == [("tindak-lanjut-pengaduan", 1), ("verifikasi", 1)]
    assert every.median_took == (3 * HOUR).total_seconds()
    assert {key: each.open for key, each in tallies(found, lambda row: row["agency"] or "-").items()} == {
        "dishub": 2,
        "-": 1,
    }


def test_calls_that_are_no_incidents_are_no_cases(city: City) -> None:
    since = period(city, "day").since
    service = city.services["siaga-112"]
    prank = next(key for key, each in service.categories.items() if not each.counts)
    first = next(iter(service.statuses))
    row = case("1", first, since + HOUR, since + HOUR, service=service.key, category=prank)
    assert whole(facts(city, [row])).opened == 0
    assert whole(facts(city, [row | {"category": None}])).opened == 1


def test_a_chart_becomes_geometry_in_percent() -> None:
    start = datetime(2026, 11, 28, tzinfo=UTC)
    line = Line(((start, 0.0), (start + HOUR, 50.0), (start + 5 * HOUR, 100.0)), 2 * HOUR, words="100")
    drawn = plotted(
        Chart(
            start, start + 10 * HOUR, (Tick(start + 5 * HOUR, "05.00"),), "", lines=(line,),
            bars=(Bars(((start + HOUR, 25.0),), HOUR),), thresholds=(Threshold(80.0, "awas", 3),),
        )
    )  # fmt: skip
    assert drawn["ticks"] == [{"at": 50.0, "words": "05.00"}]
    assert drawn["lines"] == [{"parts": [[(0.0, 0.0), (10.0, 50.0)], [(50.0, 100.0)]], "words": "100", "tone": "sky"}]
    assert drawn["bars"] == [{"x": 10.0, "wide": 10.0, "y": 25.0, "foot": 0.0}]
    assert drawn["levels"] == [{"at": 80.0, "words": "awas", "rank": 3}]
    assert drawn["rules"][0] == {"at": 0.0, "words": "0"}


def test_there_are_reports_and_each_has_a_template() -> None:
    assert REPORTS
    assert {name for name, report in REPORTS.items() if name == report.name} == set(REPORTS)
    assert all((TEMPLATES / f"{report.template}.typ").is_file() for report in REPORTS.values())


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_nothing_says_so_and_is_archival(city: City, name: str) -> None:
    paper = nothing(REPORTS[name], city)
    made = press(job_of(paper))
    text = text_of(made)
    assert paper.title in text
    assert "tanpa data" in text
    assert "Sumber" in text
    assert "Halaman 1 dari" in text
    assert "DATA SIMULASI" not in text
    metadata = pypdf.PdfReader(io.BytesIO(made)).xmp_metadata
    assert metadata is not None
    described = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described


def test_simulated_data_are_told_on_every_page(city: City) -> None:
    made = press(job_of(nothing(REPORTS["harian"], city, simulated=True)))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert pages
    assert all("DATA SIMULASI" in page for page in pages)


def test_the_same_paper_gives_the_same_bytes_and_another_day_others(city: City) -> None:
    paper = nothing(REPORTS["harian"], city)
    assert press(job_of(paper)) == press(job_of(paper))
    assert press(job_of(replace(paper, ended=paper.ended + HOUR))) != press(job_of(paper))


def test_what_nobody_heard_is_called_neither_dry_nor_normal(city: City) -> None:
    paper = nothing(REPORTS["harian"], city)
    told = {figure.key: figure for figure in paper.leading}
    assert (told["rivers.highest"].words, told["rivers.highest"].value) == ("–", None)
    assert (told["rain.most"].words, told["rain.most"].value) == ("–", None)
    nature = paper.day[1].words
    assert nature == "Tidak ada pos hujan yang terdengar. Tidak ada pos sungai yang terdengar."


def test_a_template_that_cannot_be_set_is_named(city: City) -> None:
    with pytest.raises(LayoutError, match=r"^tidak-ada\.typ: "):
        press(job_of(nothing(REPORTS["harian"], city), "tidak-ada"))

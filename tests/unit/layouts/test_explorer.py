"""The explorer's answer: what it says of each stream, in both languages, with much, little and no data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from data.analysis.asked import Asked
from data.analysis.streams import STREAMS
from layouts import html
from layouts.explored import refusal, result
from layouts.explored_told import Told
from layouts.findings.explored import answer_of, ends, share_of, too_many
from sensors.city import City
from tests.english import unsaid
from tests.unit.layouts.walking import elements, marked, prop, words

SINCE = datetime.fromisoformat("2026-10-26T00:00:00+07:00")
UNTIL = datetime.fromisoformat("2026-11-02T00:00:00+07:00")
NOW = datetime.fromisoformat("2026-11-21T14:00:00+07:00")
ABOUT: Mapping[str, dict[str, str]] = {
    "readings": {"kind": "pm25", "district": "36.71.01"}, "prices": {"commodity": "beras-medium"},
    "cases": {"service": "laksa"}, "alarms": {"priority": "high"},
}  # fmt: skip


def asked_about(stream: str, step: str = "day", **filters: str) -> Asked:
    said = tuple((name, (word,)) for name, word in (filters or ABOUT[stream]).items())
    return Asked(STREAMS[stream], SINCE, UNTIL, "Asia/Jakarta", said, step)  # type: ignore[arg-type]


def told(stream: str, city: City, count: int, *, compared: bool = False, step: str = "day", **filters: str) -> Told:
    asked = asked_about(stream, step, **filters)
    steps = [
        {"at": SINCE + n * timedelta(days=1), "n": 900 + n, "value": 20.5 + n, "low": 1.0, "high": 99.0}
        for n in range(count)
    ]
    whole = {
        "n": sum(row["n"] for row in steps),
        "value": 22.0 if steps else None,
        "low": None,
        "high": None,
        "sources": 1,
    }
    answer = answer_of(asked, steps, whole, NOW)
    rows = [{field.name: SINCE if field.sort == "time" else None for field in asked.stream.fields}] * min(count, 2)
    following = "/jelajah?after=x" if count else ""
    return Told(
        answer, answer if compared else None, rows, filters or ABOUT[stream], "SELECT 1", "SELECT 2", following, city
    )


@pytest.mark.parametrize("count", [0, 1, 7])
@pytest.mark.parametrize("step", ["hour", "day", "week", "month"])
@pytest.mark.parametrize("stream", STREAMS)
def test_every_text_of_an_answer_is_said_in_english(stream: str, step: str, count: int, city: City) -> None:
    tree = result(told(stream, city, count, compared=bool(count), step=step))
    assert unsaid(tree, {}) == []


@pytest.mark.parametrize("kind", ["rain", "vehicle_count", "temperature"])
def test_every_kind_says_how_it_is_summed_up(kind: str, city: City) -> None:
    tree = result(told("readings", city, 3, kind=kind))
    assert unsaid(tree, {}) == []
    (figure,) = marked(tree, "id", "explorer-value")
    assert prop(figure, "data-value") == "22"


def test_refusals_are_said_in_english() -> None:
    for words_ in (
        "Pilihan kind: x-1 tidak ada.",
        "Waktunya tidak dapat dipakai: tanggal mulai sebelum tanggal akhir, paling lama 10 tahun.",
        "Langkahnya terlalu pendek untuk waktu selama ini: pilih langkah yang lebih panjang.",
        "Halaman ini tidak ada lagi: mulai dari awal.",
        "Pilihan device tidak dapat dipakai.",
        "Belum terjawab: basis data sedang sibuk. Persempit waktunya atau coba lagi.",
    ):
        assert unsaid(refusal(words_), {"said": [{"name": "kind"}, {"name": "device"}, {"name": "x-1"}]}) == []


def test_without_data_it_says_so_and_draws_no_chart(city: City) -> None:
    tree = result(told("readings", city, 0))
    assert marked(tree, "id", "explorer-none")
    assert not marked(tree, "id", "explorer-chart")


def test_a_comparison_says_by_how_much(city: City) -> None:
    (compared,) = marked(result(told("prices", city, 7, compared=True)), "id", "explorer-compared")
    assert words(compared).endswith("Rp22: 0,0 %")


def test_files_and_the_interface_are_asked_the_same(city: City) -> None:
    tree = result(told("readings", city, 7))
    hrefs = [str(prop(each, "href")) for each in elements(tree) if isinstance(each, html.A)]
    exports = [href for href in hrefs if href.startswith("/api/v1/export/readings.")]
    assert len(exports) == 7
    assert all("kind=pm25&district=36.71.01" in href for href in exports)
    assert sum("step=day" in href for href in exports) == 3
    assert "/api/v1/summary/readings?kind=pm25&district=36.71.01&step=day" in hrefs


def test_a_share_is_of_what_was_due_until_now() -> None:
    asked = asked_about("readings")
    assert share_of(720, asked, SINCE, 1, NOW) == pytest.approx(0.5)
    assert share_of(720, asked, SINCE, 1, SINCE + timedelta(hours=12)) == pytest.approx(1.0)
    assert share_of(720, asked, None, 2, NOW) == pytest.approx(720 / (2 * 7 * 1440))
    assert share_of(0, asked, SINCE, 0, NOW) is None
    assert share_of(5, asked_about("cases"), SINCE, 0, NOW) is None


def test_a_step_ends_by_the_calendar() -> None:
    assert ends(SINCE, asked_about("readings", "month")).isoformat() == "2026-11-01T00:00:00+07:00"
    assert ends(SINCE, asked_about("readings", "week")) == SINCE + timedelta(days=7)


def test_no_chart_has_more_steps_than_one_can_see() -> None:
    asked: Any = asked_about("readings", "hour")
    assert not too_many(asked)
    assert too_many(asked.within(SINCE - timedelta(days=60), UNTIL))

"""What the walls say of warnings, news and notices follows from the rows and the pack's channels."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from layouts.findings.bulletins import concerns_warnings, warning_days, where
from layouts.html import Element
from layouts.panel import Context, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.answers.news import item
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, marked, prop, words


def drawn(key: str, rows: Rows, city: City) -> Element:
    return PANELS[key].render(rows, Context(city, NOW, {}))


def now(city: City, channel: str, severity: str = "info", ident: str = "1") -> dict[str, Any]:
    more = {"severity": severity, "onset_at": None}
    return item(channel, ident, NOW - timedelta(minutes=5), city) | more


def text(root: Element, ident: str) -> str:
    (found,) = marked(root, "id", ident)
    return words(found)


@pytest.mark.parametrize(
    ("channel", "severity", "concerns"),
    [
        ("berita", "info", False), ("e-paper", "info", False), ("polres", "info", False),
        ("berita", "waspada", True), ("polres", "siaga", True),
        ("bmkg-gempa", "info", False), ("bmkg-prakiraan-simulasi", "info", False),
        ("bmkg", "info", True), ("diskominfo", "info", True), ("never-heard-of", "info", True),
    ],
)  # fmt: skip
def test_news_are_no_warnings_unless_they_are_grave(channel: str, severity: str, concerns: bool, city: City) -> None:
    assert concerns_warnings(now(city, channel, severity), city) is concerns


def test_the_line_of_warnings_is_silent_about_news(city: City) -> None:
    last = [{"channel": "berita", "source": None, "issued_at": NOW, "received_at": NOW}]
    rows = {"bulletins_now": [now(city, "berita"), now(city, "polres")], "bulletin_last": last}
    page = drawn("warnings", rows, city)
    assert prop(page, "data-state") == "empty"
    assert "Belum ada peringatan yang diterima" in words(page)
    assert "1 pemberitahuan berlaku" in words(drawn("warnings", {"bulletins_now": [now(city, "diskominfo")]}, city))


def test_a_channel_is_heard_of_through_its_simulated_twin_as_well(city: City) -> None:
    last = [{"channel": "bmkg-gempa-simulasi", "source": None, "issued_at": NOW, "received_at": NOW}]
    page = drawn("bulletins", {"bulletin_last": last}, city)
    assert text(page, "bulletins-silent-bmkg-gempa") == ""
    assert text(page, "bulletins-silent-bmkg-prakiraan") == "belum terdengar"


def test_warnings_in_force_stand_as_they_come_with_place_and_source(city: City) -> None:
    rows = full(city)
    page = drawn("bulletins", rows, city)
    levels = [text(page, f"bulletins-level-{slot}") for slot in range(3)]
    assert levels == ["▲ Siaga", "◆ Waspada", "○ Info"]
    assert text(page, "bulletins-where-0") == "Benda, Cipondoh"
    assert text(page, "bulletins-source-0") == "Sumber: BMKG"
    assert text(page, "panel-bulletins-note") == "2 peringatan, 1 pemberitahuan"
    many = {**rows, "bulletins_now": [now(city, "bmkg", "awas", str(n)) for n in range(7)]}
    assert text(drawn("bulletins", many, city), "panel-bulletins-note").endswith("3 tidak tampak")


def test_what_ended_says_how_and_leaves_room_for_what_is_in_force(city: City) -> None:
    rows = full(city)
    page = drawn("bulletins", rows, city)
    assert text(page, "bulletins-ended") == "Sebelumnya · hari ini 3 berakhir, 1 dicabut"
    assert text(page, "bulletins-ended-how-1") == "✕ dicabut"

    def shown(n: int) -> int:
        current = [now(city, "bmkg", "awas", str(i)) for i in range(n)]
        page = drawn("bulletins", {**rows, "bulletins_now": current, "bulletins_ended": ended}, city)
        return sum(prop(each, "className") == "ended-row" for each in elements(page))

    ended = rows["bulletins_ended"] * 3
    assert [shown(n) for n in (0, 1, 2, 3, 4, 9)] == [9, 8, 5, 3, 2, 2]


def test_without_a_warning_it_is_calm_and_without_any_word_unknown(city: City) -> None:
    last = [{"channel": "bmkg", "source": "BMKG", "issued_at": NOW, "received_at": NOW}]
    assert (
        text(drawn("bulletins", {"bulletin_last": last}, city), "bulletins-title-0") == "Tidak ada peringatan berlaku"
    )
    page = drawn("bulletins", {}, city)
    assert text(page, "bulletins-title-0") == "Belum ada peringatan yang diterima"
    assert text(page, "bulletins-silent-bmkg") == "belum terdengar"


def test_the_days_are_fourteen_with_the_gravest_level_of_each(city: City) -> None:
    today = NOW.astimezone(city.zone).date()
    rows = [{"day": today, "severity": level, "n": n} for level, n in (("waspada", 2), ("awas", 1))]
    days = warning_days({"bulletin_days": rows}, Context(city, NOW, {}))
    assert len(days) == 14
    assert (days[-1].day, days[-1].n, days[-1].rank) == (today, 3, 3)
    assert sum(each.n for each in days) == 3


def test_the_newest_news_lead_and_only_news_are_among_them(city: City) -> None:
    rows = [
        item("berita", "old", NOW - timedelta(hours=2), city) | {"title": "Lama"},
        item("e-paper", "e", NOW, city) | {"title": "Koran"},
        item("berita", "new", NOW - timedelta(hours=1), city) | {"title": "Baru"},
    ]
    page = drawn("news", {"news": rows}, city)
    assert (text(page, "news-title-0"), text(page, "news-title-1"), text(page, "news-title-2")) == ("Baru", "Lama", "")
    assert text(page, "news-about-0") == "Kec. Tangerang"
    assert marked(page, "data-bulletin", "berita/new")
    assert "Koran" not in words(page)


def test_the_e_paper_says_whether_today_s_edition_is_out(city: City) -> None:
    today, before = (item("e-paper", str(n), NOW - timedelta(days=n), city) for n in (0, 1))
    out, missing = (drawn("epaper", {"news": rows}, city) for rows in ([before, today], [before]))
    assert "sudah terbit" in text(out, "epaper-out")
    assert "belum terbit" in text(missing, "epaper-out")
    assert text(out, "epaper-day-0") == "20 Nov"


def test_the_police_s_notices_stand_beside_their_open_cases(city: City) -> None:
    def count(category: str, n: int) -> dict[str, Any]:
        head = {"service": "polres", "status": "diterima", "category": category, "open": n, "opened_today": 1}
        return head | {"ended_today": 0, "oldest_opened_at": NOW, "status_at": NOW}

    rows = {
        "bulletins_now": [now(city, "polres"), now(city, "bmkg", "awas")],
        "service_counts": [count("lalu-lintas", 3), count("tawuran", 1), {**count("tawuran", 9), "service": "laksa"}],
    }
    page = drawn("police", rows, city)
    assert text(page, "panel-police-note") == "1 berlaku"
    assert (text(page, "police-open"), text(page, "police-category-lalu-lintas")) == ("4", "3")
    assert text(page, "police-category-kehilangan") == "0"
    assert text(page, "police-where-0") == "Tangerang"
    quiet = drawn("police", {"service_counts": rows["service_counts"]}, city)
    assert text(quiet, "police-calm") == "Tidak ada pemberitahuan polisi yang berlaku"


def test_a_place_is_told_by_kecamatan_or_in_the_sender_s_words(city: City) -> None:
    row = now(city, "bmkg")
    assert where({**row, "areas": ["36.71.04.1001", "36.71.04"]}, city, 3) == "Benda"
    assert where({**row, "areas": ["36"]}, city, 3) == "Seluruh Kota Tangerang"
    assert where({**row, "areas": [], "area_words": "Banten"}, city, 3) == "Banten"

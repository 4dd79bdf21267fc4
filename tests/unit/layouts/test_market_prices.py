"""The wall of market prices: figures from days and offers, the worst first; what no market said is not made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from layouts.findings.price_concerns import concerns
from layouts.findings.standings import Standing, standings
from layouts.html import Element
from layouts.panel import Context, Row, Rows
from layouts.panels import PANELS
from sensors.city import City
from tests.unit.layouts.rows import NOW, full
from tests.unit.layouts.walking import elements, marked, prop, words

TODAY = date(2026, 11, 21)
RICE = "beras-medium"
MARKETS = ("pasar-anyar", "pasar-malabar", "pasar-laris")


def offer(market: str, price: float, at: datetime = NOW, commodity: str = RICE, unit: str = "kg") -> Row:
    return {"market": market, "commodity": commodity, "price": Decimal(str(price)), "unit": unit, "observed_at": at}


def on(back: int, price: float, commodity: str = RICE, unit: str = "kg") -> dict[str, object]:
    return {"commodity": commodity, "unit": unit, "day": TODAY - timedelta(days=back), "price": price, "markets": 3}


def asked(*prices: float, at: datetime = NOW, commodity: str = RICE, unit: str = "kg") -> list[Row]:
    return [offer(market, price, at, commodity, unit) for market, price in zip(MARKETS, prices, strict=False)]


def standing(rows: Rows, city: City, commodity: str = RICE, now: datetime = NOW) -> Standing:
    return next(each for each in standings(rows, city, now) if each.commodity.key == commodity)


def drawn(key: str, rows: Rows, city: City, now: datetime = NOW) -> Element:
    return PANELS[key].render(rows, Context(city, now, {}))


def said(page: Element, ident: str) -> str:
    (found,) = marked(page, "id", ident)
    return words(found).replace("\N{NO-BREAK SPACE}", " ")


def test_the_median_its_changes_and_its_offers(city: City) -> None:
    rows = {
        "price_board": asked(13_000, 13_400, 12_900),
        "price_days": [on(0, 1.0), on(1, 13_000), on(7, 12_000), on(30, 10_000)],
    }
    found = standing(rows, city)
    assert (found.middle, found.day) == (13_000, TODAY)
    assert [round(change.percent, 1) if change else None for change in found.changes.values()] == [0, 8.3, 30]
    assert [row["market"] for row in found.offers] == ["pasar-laris", "pasar-anyar", "pasar-malabar"]
    assert (found.week_level, found.rank, found.above) == (1, 1, False)
    page = drawn("market_board", rows, city)
    assert said(page, f"market_board-change-7-{RICE}") == "◆ naik 8,3 %"
    assert said(page, f"market_board-over-{RICE}") == "−3,7 %"
    assert said(page, f"market_board-of-{RICE}") == f"3/{len(city.markets)}"
    (dearest,) = marked(page, "data-price", f"pasar-malabar/{RICE}")
    assert prop(dearest, "data-value") == "13400"


def test_prices_of_another_unit_are_never_mixed_in(city: City) -> None:
    rows = {
        "price_board": [*asked(40_000, 41_000, commodity="ayam-broiler-ekor", unit="ekor"),
                        offer("pasar-laris", 900, commodity="ayam-broiler-ekor", unit="kg")],
        "price_days": [on(1, 40_000, "ayam-broiler-ekor", "ekor"), on(1, 33_000, "ayam-broiler-ekor")],
    }  # fmt: skip
    found = standing(rows, city, "ayam-broiler-ekor")
    assert found.middle == 40_500
    change = found.changes[1]
    assert change is not None
    assert change.earlier == 40_000
    assert standing(rows, city, "daging-ayam-ras").middle is None


def test_a_price_of_before_midnight_is_yesterdays(city: City) -> None:
    # 17.00 UTC is midnight in Tangerang.
    midnight = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    rows = {"price_board": [offer("pasar-anyar", 13_000, midnight - timedelta(seconds=1)),
                            offer("pasar-laris", 13_200, midnight)]}  # fmt: skip
    assert [row["market"] for row in standing(rows, city).offers] == ["pasar-laris"]
    early = standing(rows, city, now=midnight - timedelta(seconds=1))
    assert early.day == date(2026, 11, 20)


def test_before_the_first_report_of_a_day_the_last_days_median_stands_and_says_so(city: City) -> None:
    rows = {"price_board": asked(13_000, 13_400, at=NOW - timedelta(days=1)), "price_days": [on(1, 13_200)]}
    assert standing(rows, city).day == date(2026, 11, 20)
    page = drawn("market_board", rows, city)
    assert said(page, "panel-market_board-note").endswith(
        f"harga 20 Nov; hari ini baru 0 dari {len(city.markets)} pasar melapor"
    )
    (row,) = marked(page, "id", f"market_board-row-{RICE}")
    assert "old" in str(prop(row, "className"))


def test_the_first_market_of_a_morning_is_not_the_city(city: City) -> None:
    before, board = NOW - timedelta(days=1), asked(20_000, 13_000)[:1]
    rows = {
        "price_board": [*board, *asked(0, 13_000, 13_200, at=before)[1:]],
        "price_days": [on(0, 20_000) | {"markets": 1}, on(1, 13_200), on(8, 13_000)],
    }
    found = standing(rows, city)
    assert (found.day, found.middle, found.markets, found.rank) == (date(2026, 11, 20), 13_200, 3, 0)
    assert [float(row["price"]) for row in found.offers] == [13_000, 13_200, 20_000]
    note = said(drawn("market_board", rows, city), "panel-market_board-note")
    assert note.endswith(f"harga 20 Nov; hari ini baru 1 dari {len(city.markets)} pasar melapor")
    rows["price_board"] = asked(20_000, 21_000)
    assert (standing(rows, city).day, standing(rows, city).middle) == (TODAY, 20_500)


def test_the_variation_waits_for_enough_days_and_tells_how_many_there_are(city: City) -> None:
    rows = {"price_board": asked(13_000, 13_000), "price_days": [on(back, 13_000) for back in range(12)]}
    assert said(drawn("market_board", rows, city), f"market_board-variation-{RICE}") == "– dari 12 hari"
    rows["price_days"] = [on(back, 13_000 + 3_000 * (back % 2)) for back in range(30)]
    found = standing(rows, city)
    assert found.restless_level == 1
    assert said(drawn("market_board", rows, city), f"market_board-variation-{RICE}").startswith("◆ 11 % tinggi")


def test_the_worst_comes_first_and_says_since_when_by_which_rule_and_where(city: City) -> None:
    chili, tomato = "cabai-rawit-merah", "tomat"
    rows = {
        "price_board": [
            *asked(13_700, 13_900, 13_000), *asked(66_000, 70_000, 50_000, commodity=chili),
            *asked(15_000, 15_500, commodity=tomato),
        ],
        "price_days": [
            on(3, 13_400), on(2, 13_600), on(1, 13_650), *(on(back, 60_000, chili) for back in range(1, 5)),
            on(7, 12_000, tomato),
        ],
    }  # fmt: skip
    told = concerns(standings(rows, city, NOW), TODAY)
    assert [(each.standing.commodity.key, each.why) for each in told] == [
        (chili, "above"), (RICE, "above"), (tomato, "change"),
    ]  # fmt: skip
    page = drawn("price_alarms", rows, city)
    assert said(page, "price_alarms-name-0") == "▲ Cabai rawit merah"
    assert "Sejak 17 Nov atau lebih awal, 5 hari" in said(page, "price_alarms-price-0")
    assert "Sejak 19 Nov, 3 hari" in said(page, "price_alarms-price-1")
    assert said(page, "price_alarms-rule-1") == "HET: Keputusan Kepala Bapanas 299/2025."
    assert said(page, "price_alarms-where-1") == "2 dari 3 pasar: Malabar, Anyar."
    assert "Ambang proyek, bukan peraturan" in said(page, "price_alarms-rule-2")
    assert said(page, "panel-price_alarms-note") == "▲ 3 komoditas"


@pytest.mark.parametrize(
    ("price", "why", "rule"),
    [
        (13_800, "above", "Dimulai saat HET Rp13.500: Keputusan Kepala Bapanas 299/2025."),
        (13_600, "released", "Diakhiri HET Rp13.700 pada 20 Nov: Aturan baru."),
    ],
)
def test_an_alarm_raised_under_an_old_reference_keeps_it(city: City, price: int, why: str, rule: str) -> None:
    changed = date(2026, 11, 20)
    old = next(row for row in city.reference_prices if row.commodity == RICE and row.zone == city.price_zone)
    new = replace(old, high=13_700, valid_from=changed, regulation="Aturan baru")
    rest = tuple(row for row in city.reference_prices if row is not old)
    references = (*rest, replace(old, valid_to=changed - timedelta(days=1)), new)
    later = replace(city, reference_prices=references)
    rows = {"price_board": asked(price), "price_days": [on(5, 13_400), *(on(back, price) for back in range(1, 5))]}
    [first, *_] = concerns(standings(rows, later, NOW), TODAY)
    assert first.why == why
    assert first.alarm is not None
    assert (first.alarm.raised_on, first.alarm.reference.high) == (date(2026, 11, 17), 13_500)
    page = drawn("price_alarms", rows, later)
    assert rule in said(page, "price_alarms-rule-0")
    name = said(page, "price_alarms-name-0")
    assert name[0] == ("▲" if why == "above" else "✓")


def test_places_without_an_alarm_show_what_is_next_below_its_reference(city: City) -> None:
    rows = {"price_board": [*asked(13_400), *asked(50_000, commodity="cabai-rawit-merah")]}
    page = drawn("price_alarms", rows, city)
    assert said(page, "panel-price_alarms-note") == "○ tidak ada"
    names = [said(page, f"price_alarms-name-{place}") for place in range(3)]
    assert names == ["Beras medium", "Cabai rawit merah", ""]
    assert said(page, "price_alarms-figure-0") == "0,7 % di bawah HET"


def test_an_amber_change_is_worth_watching_but_no_alarm(city: City) -> None:
    rows = {
        "price_board": [*asked(13_400), *asked(13_000, 13_000, commodity="tomat")],
        "price_days": [on(7, 12_000, "tomat")],
    }
    page = drawn("price_alarms", rows, city)
    assert said(page, "panel-price_alarms-note") == "○ tidak ada"
    assert [said(page, f"price_alarms-{what}-0") for what in ("name", "figure")] == ["◆ Tomat", "naik 8,3 %"]
    assert "lebih dari 5 %" in said(page, "price_alarms-rule-0")
    assert said(page, "price_alarms-name-1") == "Beras medium"


def test_more_alarms_than_places_are_counted(city: City) -> None:
    dear = [row for goods in city.commodities.values() for row in asked(10**6, commodity=goods.key, unit=goods.unit)]
    page = drawn("price_alarms", {"price_board": dear}, city)
    watched = {row.commodity for row in city.reference_prices}
    assert said(page, "price_alarms-more").startswith(f"dan {len(watched) - 5} lagi: ")


def test_a_silent_market_is_called_so(city: City) -> None:
    quiet = {"market": "pasar-anyar", "last_at": NOW - timedelta(days=2), "first_today_at": None,
             "commodities_today": 0, "days": 28}  # fmt: skip
    heard = {**quiet, "market": "pasar-laris", "first_today_at": NOW, "last_at": NOW, "commodities_today": 39}
    page = drawn("market_reports", {"market_reports": [quiet, heard]}, city)
    assert said(page, "market_reports-today-pasar-anyar") == "◆ Pasar ini belum melapor hari ini"
    assert said(page, "market_reports-days-pasar-anyar") == "terakhir 19 Nov"
    assert said(page, "market_reports-days-pasar-laris") == "28 dari 30 hari"
    assert said(page, "market_reports-today-pasar-laris") == "○ 14.00 WIB"
    assert said(page, "market_reports-goods-pasar-laris") == f"39 dari {len(city.commodities)} komoditas"
    assert said(page, "market_reports-days-pasar-malabar") == "belum pernah"
    assert said(page, "panel-market_reports-note") == f"1 dari {len(city.markets)} hari ini"


def test_the_own_steps_are_marked_as_the_projects_own(city: City) -> None:
    rules = said(drawn("market_board", full(city), city), "market_board-rules")
    assert "ambang proyek" in rules
    assert "Kemendag" in rules


@pytest.mark.parametrize("key", ["market_board", "price_alarms", "market_reports"])
def test_other_figures_leave_the_structure_as_it_was(key: str, city: City) -> None:
    before = drawn(key, full(city), city)
    after = drawn(key, {"price_board": asked(13_700), "market_reports": full(city)["market_reports"][:1]}, city)
    assert [prop(e, "id") for e in elements(before)] == [prop(e, "id") for e in elements(after)]

"""One market: what it reported today and when, how that compares in the city, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from layouts import html, links, parts
from layouts.findings.price_words import against, per_unit
from layouts.findings.standings import Standing, standings
from layouts.formats import NOTHING, clock, day, number, plain, rupiah
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City
from sensors.judge.price import percent_of

LATE, STALE = timedelta(hours=26), timedelta(hours=50)
_HEADS = ("Komoditas", "Harga", "Dilaporkan", "Sebelumnya", "Terhadap median kota", "Terhadap acuan")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a commodity in the pack's order; what was not reported today says when it last was."""
    city, market = context.city, context.options["market"]
    today = city.calendar.local_day(context.now)
    board: Mapping[str, Row] = {row["commodity"]: row for row in rows.get("price_board", ()) if row["market"] == market}
    found = [(each, board.get(each.commodity.key)) for each in standings(rows, city, context.now)]
    observed = parts.newest(row["observed_at"] for row in board.values())
    fresh = sum(row is not None and _is_of(row, today, city) for _, row in found)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    table = html.Table(
        [head, html.Tbody([_line(each, row, today, city, heard=fresh > 0) for each, row in found])], className="sheet"
    )
    note = (
        f"{number(fresh)} dari {number(len(found))} komoditas dilaporkan hari ini"
        if fresh
        else "belum melapor hari ini"
    )
    return parts.frame(PANEL, table, observed, empty=observed is None, note=note, scrolls=True)


def _is_of(row: Row, today: date, city: City) -> bool:
    return city.calendar.local_day(row["observed_at"]) == today


def _line(each: Standing, row: Row | None, today: date, city: City, *, heard: bool) -> html.Tr:
    key = each.commodity.key
    price = None if row is None or row["unit"] != each.commodity.unit else float(row["price"])
    over = percent_of(price, each.reference.high) if price is not None and each.reference else None
    beside = against(over)
    marks = parts.marked(price=f"{row['market']}/{key}" if row else None, value=plain(price))
    name = html.A(each.commodity.name, href=links.commodity(key))
    return html.Tr(
        [
            html.Th([name, html.Span(f" {per_unit(each.commodity)}", className="unit")], scope="row"),
            html.Td(rupiah(price), id=f"market_goods-price-{key}", className="figures", **marks),
            html.Td(_when(key, row, today, city, heard=heard)),
            html.Td(rupiah(row["previous"]) if row else NOTHING, className="figures"),
            html.Td(against(percent_of(price, each.middle) if price is not None else None), className="figures"),
            html.Td(
                parts.badge(f"market_goods-over-{key}", 2 if (over or 0) > 0 else 0, f"{beside} di atas")
                if (over or 0) > 0
                else beside,
                className="figures",
            ),
        ],
        id=f"market_goods-row-{key}",
    )


def _when(key: str, row: Row | None, today: date, city: City, *, heard: bool) -> html.Span:
    """What is missing is marked where the market has begun to report; before, its note says so once."""
    ident = f"market_goods-when-{key}"
    if row is None:
        return parts.badge(ident, 1, "tidak ada dalam 7 hari")
    if _is_of(row, today, city):
        return parts.text(ident, f"hari ini {clock(row['observed_at'], city.zone)}")
    at = f"{day(row['observed_at'], city.zone)} {clock(row['observed_at'], city.zone)}"
    return parts.badge(ident, 1, f"belum hari ini, terakhir {at}") if heard else parts.text(ident, at)


PANEL = Panel(
    key="market_goods",
    title="Laporan pasar ini",
    streams=frozenset({"prices"}),
    questions=(Question("price_board", every=1.0), Question("price_days", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("market",),
)

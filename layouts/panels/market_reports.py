"""Markets: whether each reported today and when, how many commodities, and on how many of the last 30 days."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts
from layouts.formats import clock, day, number, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import Market

DAYS = 30
LATE, STALE = timedelta(hours=26), timedelta(hours=50)
_LONGEST = 28


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a market in the pack's order; one that said nothing today is called so."""
    markets = context.city.markets
    found = {row["market"]: row for row in rows.get("market_reports", ())}
    if not markets:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat pasar."), None, empty=True)
    observed = parts.newest(row["last_at"] for key, row in found.items() if key in markets)
    heard = sum(1 for key, row in found.items() if key in markets and row["first_today_at"] is not None)
    note = f"{number(heard)} dari {number(len(markets))} hari ini"
    body = [_row(market, found.get(key), context) for key, market in markets.items()]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _row(market: Market, row: Row | None, context: Context) -> html.Div:
    city, key = context.city, market.key
    first = row["first_today_at"] if row else None
    if row is None or first is None:
        aside, words, goods, rank = _last(row, context), "◆ Pasar ini belum melapor hari ini", "", 1
    else:
        words, rank = f"○ {clock(first, city.zone)} {city.zone_word}", 0
        aside, goods = f"{number(row['days'])} dari {DAYS} hari", _goods(row, len(city.commodities))
    name = html.Span(html.A(short(market.name, _LONGEST), href=links.market(key)), className="name")
    status = parts.text(f"market_reports-today-{key}", words, f"status rank-{rank}")
    return html.Div(
        [
            html.Span([name, parts.text(f"market_reports-days-{key}", aside, "sub")], className="line"),
            html.Span([status, parts.text(f"market_reports-goods-{key}", goods, "sub")], className="line"),
        ],
        id=f"market_reports-row-{key}",
        className="market-row",
    )


def _goods(row: Row, of: int) -> str:
    return f"{number(row['commodities_today'])} dari {number(of)} komoditas"


def _last(row: Row | None, context: Context) -> str:
    if row is None:
        return "belum pernah"
    zone = context.city.zone
    return f"terakhir {day(row['last_at'], zone)}"


PANEL = Panel(
    key="market_reports",
    title="Laporan pasar",
    streams=frozenset({"prices"}),
    questions=(Question("market_reports", every=30.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    fit=Fit(width=22, height=18, rows=(".market-row",)),
)

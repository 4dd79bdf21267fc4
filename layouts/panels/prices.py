"""Prices: commodity by market, against yesterday and against the official reference (HET, HAP)."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.prices import PriceFinding, price_findings, silent_markets
from layouts.formats import NOTHING, number, percent, plain, rupiah
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import Market

MARKETS = 8
"""Columns that fit."""
_STEADY = 0.05
"""Percent below which a price is called steady: it would be written 0,0."""
_WHOLE = 9.95
LATE, STALE = timedelta(hours=12), timedelta(hours=36)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the matrix; a market that has said nothing today is called so, its last price only stands greyed."""
    findings = price_findings(rows, context.city, context.now)
    markets = tuple(context.city.markets.values())[:MARKETS]
    if not findings or not markets:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat pasar atau komoditas."), None, empty=True)
    silent = silent_markets(rows, context.city, context.now)
    observed = parts.newest(row["observed_at"] for each in findings for row in each.rows.values())
    table = html.Table(
        [_head(markets, silent), html.Tbody([_row(each, markets) for each in findings])], className="prices"
    )
    note = "Rp per kg · belum = belum lapor hari ini, harga terakhir abu-abu"
    return parts.frame(PANEL, table, observed, empty=observed is None, note=note, scrolls=True)


def _head(markets: tuple[Market, ...], silent: tuple[str, ...]) -> html.Thead:
    columns = [
        html.Th(
            [
                market.short,
                parts.text(f"prices-silent-{market.key}", "belum" if market.key in silent else "", "silent"),
            ],
            scope="col",
        )
        for market in markets
    ]
    rest = [html.Th(words, scope="col", className=name) for words, name in _COLUMNS]
    # Single goods and markets stand too close for a finger: one link leads to all of them.
    goods = html.Th(html.A("Komoditas", href="/pasar"), scope="col", className="commodity")
    return html.Thead(html.Tr([goods, *columns, *rest]))


_COLUMNS = (("Median", "middle"), ("Kemarin", "change"), ("HET/HAP", "reference"), ("14 hari", "trend"))


def _row(finding: PriceFinding, markets: tuple[Market, ...]) -> html.Tr:
    key = finding.commodity.key
    unit = "" if finding.commodity.unit == "kg" else f" /{finding.commodity.unit}"
    name = html.Th([finding.commodity.name, html.Span(unit, className="unit")], scope="row")
    return html.Tr(
        [
            name,
            *(_cell(finding, market.key) for market in markets),
            html.Td(number(finding.middle), id=f"prices-middle-{key}", className="middle"),
            html.Td(_change(finding), id=f"prices-change-{key}", className=f"change rank-{finding.change_rank}"),
            html.Td(_reference(finding), id=f"prices-over-{key}", className=f"reference rank-{finding.over_rank}"),
            html.Td(_trend(finding)),
        ],
    )


def _cell(finding: PriceFinding, market: str) -> html.Td:
    key = finding.commodity.key
    row = finding.rows.get(market)
    price = None if row is None else row["price"]
    old = " old" if row is not None and market not in finding.today else ""
    return html.Td(
        number(price),
        id=f"prices-cell-{market}-{key}",
        className=f"cell{old}",
        **parts.marked(price=f"{market}/{key}", value=plain(price)),
    )


def _change(finding: PriceFinding) -> str:
    if finding.change is None:
        return NOTHING
    if abs(finding.change) < _STEADY:
        return "→ tetap"
    arrow = "↑" if finding.change > 0 else "↓"
    return f"{arrow} {percent(abs(finding.change), _places(finding.change))}"


def _reference(finding: PriceFinding) -> str:
    if finding.over is None or finding.reference is None:
        return NOTHING
    written = percent(finding.over, _places(finding.over), sign=True)
    return f"{theme.level(finding.over_rank).sign} {written}" if finding.over_rank else written


def _places(value: float) -> int:
    """Decimals of a percentage: none from ten on, where they say nothing."""
    return 1 if abs(value) < _WHOLE else 0


def _trend(finding: PriceFinding) -> html.Img:
    values = [value for value in finding.trend if value is not None]
    said = f"14 hari: {rupiah(min(values))} sampai {rupiah(max(values))}" if values else "14 hari: belum ada data"
    marks = (Mark(finding.reference.high, theme.ORANGE),) if finding.reference else ()
    floor = values[-1] * 0.08 if values else None
    return parts.picture(
        f"prices-trend-{finding.commodity.key}", curve(finding.trend, theme.SKY, marks, floor=floor), said
    )


PANEL = Panel(
    key="prices",
    title="Harga pasar",
    streams=frozenset({"prices"}),
    questions=(Question("price_board"), Question("price_trend", every=30.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    fit=Fit(width=64, height=20, tall=20, rows=("tbody tr",)),
)

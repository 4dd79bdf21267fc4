"""One commodity today: the median, its changes and its reference, and what every market asks, the cheapest first."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.price_words import against, bound, change, distance, local_date, market_name, per_unit, share
from layouts.findings.standings import SPANS, Standing, standings
from layouts.formats import NOTHING, clock, day, number, plain, rupiah
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City
from sensors.judge.price import percent_of

LATE, STALE = timedelta(hours=26), timedelta(hours=50)
_HEADS = ("Pasar", "Harga", "Terhadap median", "Terhadap acuan", "Dilaporkan")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the median with its facts, one row a market, and which markets said nothing."""
    city, key = context.city, context.options["commodity"]
    each = next(found for found in standings(rows, city, context.now) if found.commodity.key == key)
    observed = parts.newest(row["observed_at"] for row in each.offers)
    body: list[Element] = [_lead(each), parts.facts("commodity_now", _facts(each, city))]
    if each.offers:
        head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
        lines = [_line(row, each, city) for row in each.offers]
        table = html.Table([head, html.Tbody(lines, id="commodity_now-offers")], className="sheet")
        body += [table, _silent(each, city)]
    else:
        body.append(parts.nothing("Belum ada pasar yang melaporkan harga ini."))
    return parts.frame(PANEL, body, observed, empty=observed is None, scrolls=True)


def _lead(each: Standing) -> html.Div:
    figure = html.Span(
        rupiah(each.middle), id="commodity_now-middle", className="key", **parts.marked(value=plain(each.middle))
    )
    rank = 2 if each.above else 0
    said = "tanpa acuan" if each.over is None or each.reference is None else distance(each.over, each.reference)
    day_ = f"median {number(each.markets)} pasar, {local_date(each.day)}" if each.day else "menunggu laporan pertama"
    return parts.lead(
        figure,
        per_unit(each.commodity),
        parts.badge("commodity_now-over", rank, said),
        parts.text("commodity_now-day", day_, "sub"),
    )


def _facts(each: Standing, city: City) -> list[parts.Fact]:
    said: list[parts.Fact] = []
    for span in SPANS:
        found = each.changes[span]
        said.append((f"Perubahan {span} hari", NOTHING if found is None else change(found.percent), f"change-{span}"))
    variation = each.variation
    words = NOTHING
    if variation is not None and variation.percent is not None:
        words = f"{share(variation.percent)}{f', {variation.band.word}' if variation.band else ''}"
    said.append(("Koefisien variasi", words, "variation"))
    if each.reference:
        dated = (
            f"{bound(each.reference)}, sejak {local_date(each.reference.valid_from)} {each.reference.valid_from.year}"
        )
        said.append(("Acuan", f"{dated} · {each.reference.regulation}", "reference"))
    if len(each.offers) > 1:
        low, high = each.offers[0], each.offers[-1]
        ends = f"{market_name(city, low['market'])} sampai {market_name(city, high['market'])}"
        spread = f"{rupiah(high['price'] - low['price'])}: {ends}"
        said.append(("Selisih antarpasar", spread, "spread"))
    return said


def _line(row: Row, each: Standing, city: City) -> html.Tr:
    market, key, price = row["market"], each.commodity.key, float(row["price"])
    over = percent_of(price, each.reference.high) if each.reference else None
    at = f"{day(row['observed_at'], city.zone)} {clock(row['observed_at'], city.zone)}"
    beside = against(over)
    return html.Tr(
        [
            html.Th(html.A(city.markets[market].name, href=links.market(market)), scope="row"),
            html.Td(
                rupiah(price),
                id=f"commodity_now-price-{market}",
                className="figures",
                **parts.marked(price=f"{market}/{key}", value=plain(row["price"])),
            ),
            html.Td(against(percent_of(price, each.middle)), className="figures"),
            html.Td(parts.badge(f"commodity_now-over-{market}", 2, f"{beside} di atas") if (over or 0) > 0 else beside),
            html.Td(at),
        ]
    )


def _silent(each: Standing, city: City) -> html.P:
    heard = {row["market"] for row in each.offers}
    silent = [market.short for key, market in city.markets.items() if key not in heard]
    words = f"Tidak melaporkan: {', '.join(silent)}." if silent else "Semua pasar melaporkan."
    return html.P(words, className="sub", id="commodity_now-silent")


PANEL = Panel(
    key="commodity_now",
    title="Harga hari ini",
    streams=frozenset({"prices"}),
    questions=(Question("price_board", every=1.0), Question("price_days", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("commodity",),
)

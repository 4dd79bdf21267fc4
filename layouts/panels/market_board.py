"""The market board: every commodity's median, its changes, variation, reference, month, and who asks least and most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.price_words import bound, change, local_date, market_name, per_unit, share, threshold
from layouts.findings.standings import SPANS, TREND, WEEK, Standing, newest_day, standings
from layouts.formats import NOTHING, number, plain, rupiah
from layouts.html import Element
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City
from sensors.judge.price_history import bands_on

LATE, STALE = timedelta(hours=26), timedelta(hours=50)
_HEADS = (
    ("Komoditas", "goods"), ("Median", "middle"), ("Pasar", "of"), ("1 hari", "day"),
    ("7 hari", "week"), ("30 hari", "month"), ("CV", "variation"), ("Acuan", "reference"), ("Jarak", "over"),
    ("Grafik 30 hari", "trend"), ("Termurah", "offer"), ("Termahal", "offer"),
)  # fmt: skip
_ROOM = 0.08
"""The least height of a curve, as a share of the price: smaller moves look as small as they are."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a commodity, in groups, in the pack's order."""
    city = context.city
    found = standings(rows, city, context.now)
    if not found or not city.markets:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat pasar atau komoditas."), None, empty=True)
    today = city.calendar.local_day(context.now)
    observed = parts.newest(row["observed_at"] for each in found for row in each.offers)
    head = html.Thead(html.Tr([html.Th(words, scope="col", className=f"board-{name}") for words, name in _HEADS]))
    groups = groupby(found, key=lambda each: each.commodity.group)
    bodies = [html.Tbody([_row(each, city, today) for each in group], **_named(name)) for name, group in groups]
    table = html.Table([head, *bodies], className="board")
    footing = parts.text("market_board-rules", _rules(city, today), "rest")
    note = _note(found, city, today)
    return parts.frame(PANEL, [table, footing], observed, empty=observed is None, note=note, scrolls=True)


def _named(group: str) -> dict[str, Any]:
    """What a reading aid calls the rows of one group; for the eye a line parts them."""
    return {"aria-label": group.capitalize()}


def _row(each: Standing, city: City, today: date) -> html.Tr:
    old = " old" if each.day is not None and each.day < today else ""
    return html.Tr(
        list(_cells(each, city)),
        id=f"market_board-row-{each.commodity.key}",
        className=f"{'lifted ' if each.rank else ''}rank-of-{each.rank}{old}",
    )


def _cells(each: Standing, city: City) -> Iterator[Element]:
    key = each.commodity.key
    name = html.Span(html.A(each.commodity.name, href=links.commodity(key)), className="goods-name")
    yield html.Th([name, html.Span(f" {per_unit(each.commodity)}", className="unit")], scope="row")
    yield html.Td(number(each.middle), id=f"market_board-middle-{key}", className="middle")
    of = f"{number(each.markets)}/{number(len(city.markets))}" if each.day else NOTHING
    yield html.Td(of, id=f"market_board-of-{key}", className="of")
    for span in SPANS:
        level = each.week_level if span == WEEK else 0
        yield html.Td(_change(each, span), id=f"market_board-change-{span}-{key}", className=f"rank-{level} change")
    level = each.restless_level
    yield html.Td(_variation(each), id=f"market_board-variation-{key}", className=f"rank-{level} change")
    bound_ = bound(each.reference) if each.reference else NOTHING
    yield html.Td(bound_, id=f"market_board-reference-{key}", className="reference")
    over = 2 if each.above else 0
    yield html.Td(_over(each), id=f"market_board-over-{key}", className=f"rank-{over} change")
    yield html.Td(_trend(each))
    yield _offer("low", each, each.offers[0] if each.offers else None, city)
    yield _offer("high", each, each.offers[-1] if len(each.offers) > 1 else None, city)


def _change(each: Standing, span: int) -> str:
    found = each.changes[span]
    if found is None:
        return NOTHING
    if span != WEEK or not each.week_level:
        return change(found.percent)
    word = "naik" if found.percent > 0 else "turun"
    return f"{theme.level(each.week_level).sign} {word} {share(abs(found.percent))}"


def _variation(each: Standing) -> str:
    found = each.variation
    if found is None or (found.percent is None and not found.days):
        return NOTHING
    if found.percent is None or found.band is None:
        return f"{NOTHING} dari {number(found.days)} hari"
    written = share(found.percent)
    return f"{theme.level(found.band.level).sign} {written} {found.band.word}" if found.band.level else written


def _over(each: Standing) -> str:
    if each.over is None:
        return NOTHING
    if each.above:
        return f"{theme.level(2).sign} {share(each.over)} di atas"
    return share(each.over, sign=True)


def _trend(each: Standing) -> html.Img:
    values = [value for value in each.trend if value is not None]
    name = each.commodity.name
    said = (
        f"{name}, {TREND} hari: {rupiah(min(values))} sampai {rupiah(max(values))}, {number(len(values))} hari ada"
        if values
        else f"{name}: belum ada data"
    )
    marks = (Mark(each.reference.high, theme.ORANGE),) if each.reference else ()
    colour = theme.level(each.rank).colour if each.rank else theme.CALM
    src = curve(each.trend, colour, marks, floor=values[-1] * _ROOM if values else None)
    return parts.picture(f"market_board-trend-{each.commodity.key}", src, said)


def _offer(which: str, each: Standing, row: Row | None, city: City) -> html.Td:
    key = each.commodity.key
    who = market_name(city, row["market"]) if row else ""
    price = row["price"] if row else None
    return html.Td(
        [
            parts.text(f"market_board-{which}-name-{key}", who, "sub"),
            html.Span(
                number(price),
                id=f"market_board-{which}-{key}",
                **parts.marked(price=f"{row['market']}/{key}" if row else None, value=plain(price)),
            ),
        ],
        className="offer",
    )


def _note(found: Sequence[Standing], city: City, today: date) -> str:
    day = newest_day(found)
    if day is None:
        return "menunggu laporan pertama pasar"
    local_day = city.calendar.local_day
    heard = {
        row["market"] for each in found for row in each.offers if local_day(row["observed_at"]) >= today or day == today
    }
    of = f"{number(len(heard))} dari {number(len(city.markets))} pasar"
    if day == today:
        return f"rupiah per satuan · median dari {of} hari ini"
    return f"rupiah per satuan · harga {local_date(day)}; hari ini baru {of} melapor"


def _rules(city: City, today: date) -> str:
    steps = " · ".join(
        f"{theme.level(step.level).sign} {step.word.lower()} > {threshold(step.percent)}"
        for step in city.price_steps
        if step.days == WEEK
    )
    ruling = bands_on(today, city.price_bands)
    bands = " · ".join(
        f"{'≥' if band.included else '>'} {threshold(band.low)} {band.word}" for band in ruling if band.low
    )
    said = [f"7 hari: {steps} (ambang proyek)."] if steps else []
    if ruling:
        said.append(
            f"CV {number(ruling[0].days)} hari (koefisien variasi, rentang proyek): {bands} ({ruling[0].regulation})."
        )
    return " ".join([*said, "Putus-putus: acuan."])


PANEL = Panel(
    key="market_board",
    title="Harga pasar",
    streams=frozenset({"prices"}),
    questions=(Question("price_board", every=1.0), Question("price_days", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    fit=Fit(width=92, height=30, spare=(".rest",), rows=("tbody tr",)),
)

"""The history of one commodity: every market's price, the median among them, and the references as they were dated."""

from __future__ import annotations

from datetime import date, timedelta

from layouts import charts, courses, html, links, parts, theme
from layouts.charts import Chart, Line
from layouts.findings.history import PERIODS, Span
from layouts.findings.price_course import PriceCourse, noon, price_course, references_in
from layouts.findings.price_words import bound, market_name
from layouts.formats import number, rupiah, weekday
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=26), timedelta(hours=50)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the period's links, the chart, and its days as a table."""
    city = context.city
    commodity, span = city.commodities[context.options["commodity"]], PERIODS[context.options["period"]]
    found = price_course(rows, commodity, city)
    choice = courses.span_links(PANEL.key, links.commodity(commodity.key), span, PERIODS, "period")
    body: list[Element] = [choice]
    if found.middle:
        body += [
            charts.figure("commodity_course", _chart(found, span, context), _sentence(found, span, city), "chart-tall"),
            html.P(_caption(found, span), id="commodity_course-caption", className="sub caption"),
            _table(found, city),
        ]
    else:
        body.append(parts.nothing(f"Tidak ada harga dalam {span.words} terakhir."))
    return parts.frame(PANEL, body, found.newest, empty=found.newest is None, note="rupiah per satuan")


def _chart(found: PriceCourse, span: Span, context: Context) -> Chart:
    city, zone = context.city, context.city.zone
    until = noon(context.now.astimezone(zone).date(), city) + timedelta(hours=12)
    since, gap = until - span.length, 2.5 * span.step
    lines = [
        Line(tuple((noon(day, city), price) for day, price in days), gap, theme.CALM, wide=1.0)
        for days in found.markets.values()
    ]
    for row, first, last in references_in(found.commodity, span, context.now, city):
        ends = (
            max(noon(first, city), since),
            until if last == context.now.astimezone(zone).date() else noon(last, city),
        )
        held = tuple((at, row.high) for at in ends)
        lines.append(Line(held, span.length, theme.ORANGE, bound(row), "tone-orange", 1.5))
    middle = tuple((noon(day, city), price) for day, price in found.middle)
    lines.append(Line(middle, gap, theme.SKY, f"median {number(middle[-1][1])}", wide=2.5))
    ticks = courses.ticks_of(span, since, until, zone)
    return Chart(since, until, ticks, "hari ini", least=middle[-1][1] * 0.08, room=True, lines=tuple(lines))


def _sentence(found: PriceCourse, span: Span, city: City) -> str:
    prices = [price for _, price in found.middle]
    return (
        f"{found.commodity.name}, median pasar {span.words} terakhir: {rupiah(prices[0])} pada "
        f"{_day(found.middle[0][0], city)}, kini {rupiah(prices[-1])}, terendah {rupiah(min(prices))}, "
        f"tertinggi {rupiah(max(prices))}"
    )


def _caption(found: PriceCourse, span: Span) -> str:
    days = len(found.middle)
    unit = "minggu" if span.step > timedelta(days=1) else "hari"
    due = span.length // span.step
    return (
        f"Garis tebal: median {number(len(found.markets))} pasar · garis tipis: tiap pasar · jingga: acuan menurut "
        f"tanggal berlakunya · {number(min(days, due))} dari {number(due)} {unit} ada harga"
    )


def _table(found: PriceCourse, city: City) -> html.Details:
    heads = ("Hari", "Median", "Pasar", *(market_name(city, key) for key in found.markets))
    by_market = {key: dict(days) for key, days in found.markets.items()}
    lines = [
        html.Tr(
            [
                html.Th(_day(day, city), scope="row"),
                html.Td(number(price)),
                html.Td(number(found.counts[day])),
                *(html.Td(number(by_market[key].get(day))) for key in found.markets),
            ]
        )
        for day, price in reversed(found.middle)
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    address = links.with_choices("/api/v1/prices", commodity=found.commodity.key, format="csv", limit="1000")
    return html.Details(
        [
            html.Summary("Tabel nilai"),
            html.Div(
                html.Table([head, html.Tbody(lines, id="commodity_course-values")], className="sheet sheet-values"),
                className="wide-table",
                **parts.marked(scrolls=parts.title_of("commodity_course")),
            ),
            html.P(html.A("Unduh CSV", href=address)),
        ],
        id="commodity_course-table",
    )


def _day(day: date, city: City) -> str:
    return weekday(noon(day, city), city.zone)


PANEL = Panel(
    key="commodity_course",
    title="Riwayat harga",
    streams=frozenset({"prices"}),
    questions=(Question("price_course", every=5.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("commodity", "period"),
)

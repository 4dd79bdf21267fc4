"""What can be had as a document: the reports of the last days, of each agency's weeks and of the months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.heard import FEEDS
from layouts.html import Element
from layouts.panel import Context, Panel, Rows
from layouts.reports.periods import Period, period_of
from sensors.city import City

LATE, STALE = timedelta(days=1), timedelta(days=2)
"""Of the newest data: what lies behind can be had all the same."""
_DAYS, _WEEKS, _MONTHS = 7, 6, 6


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one block a kind of report: its newest as links, and any other by a choice."""
    city, observed = context.city, parts.newest(row["last_observed_at"] for row in rows.get("feeds", ()))
    body = [
        html.P("PDF/A yang dibuat dari data saat diminta; data yang sama memberi berkas yang sama.", className="sub"),
        html.P(html.A("Pertanyaan lain, juga sebagai PDF: jelajah data", href=links.EXPLORER), className="sub"),
        html.Div([_daily(context), _weekly(context), _monthly(context)], className="beside-tables"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=city.name)


def _daily(context: Context) -> html.Section:
    days = _periods("day", context, _DAYS)
    today = context.city.calendar.local_day(context.now)
    chooser = html.Input(None, type="date", name="day", id="reports-day", max=today.isoformat(),
                         value=days[1].first.isoformat(), required=True)  # fmt: skip
    return _kind(
        "harian",
        "Harian, untuk wali kota",
        "Hari dalam tiga kalimat, alarm dan penanganannya, sungai, hujan, udara, aduan, 112, harga, dan yang tidak "
        "dapat dikatakan data.",
        [_link("harian", each) for each in days],
        [html.Label([html.Span("Hari", className="sub"), chooser], className="choose")],
    )


def _weekly(context: Context) -> html.Section:
    city, weeks = context.city, _periods("week", context, _WEEKS)
    choices = {each.key: each.words for each in weeks}
    return _kind(
        "mingguan",
        "Mingguan, per OPD",
        "Kasus yang masuk dan ditutup, yang lewat tenggat satu per satu, alarm milik OPD, kelengkapan alatnya.",
        [],
        [
            parts.choose("reports", "agency", "OPD", _agencies(city), next(iter(city.agencies), ""), everything=False),
            parts.choose("reports", "week", "Minggu", choices, weeks[0].key, everything=False),
        ],
    )


def _monthly(context: Context) -> html.Section:
    months = _periods("month", context, _MONTHS)
    return _kind(
        "bulanan",
        "Bulanan: harga, udara, aduan",
        "Setiap komoditas terhadap acuannya, ISPU tiap stasiun dan hari, aduan menurut OPD, kategori dan kecamatan.",
        [_link("bulanan", each) for each in months[:3]],
        [parts.choose("reports", "month", "Bulan", {each.key: each.words for each in months}, months[0].key,
                      everything=False)],
    )  # fmt: skip


def _kind(name: str, title: str, says: str, newest: list[Element], choices: list[Element]) -> html.Section:
    """One kind: its newest as links, and a form whose address is the document's own."""
    form = html.Form(
        [*choices, html.Button("Buka PDF", type="submit", className="button")],
        action=links.report(name),
        method="get",
        className="filters",
    )
    listed = [html.Ul([html.Li(each) for each in newest], id=f"reports-{name}-newest")] if newest else []
    return html.Section(
        [html.H3(title, id=f"reports-{name}"), html.P(says, className="sub"), *listed, form],
        **parts.named_by(f"reports-{name}"),
    )


def _link(name: str, period: Period) -> html.Span:
    going_on = [] if period.whole else [html.Span(" masih berjalan", className="sub")]
    return html.Span([html.A(period.words, href=links.report(name, **{period.name: period.key})), *going_on])


def _agencies(city: City) -> dict[str, str]:
    found = sorted(city.agencies.items(), key=lambda item: item[1].short)
    return {key: each.short for key, each in found}


def _periods(name: str, context: Context, most: int) -> tuple[Period, ...]:
    """The last ones, the newest first; of days the one that is going on too."""
    return tuple(_going_back(name, context, most))


def _going_back(name: str, context: Context, most: int) -> Iterator[Period]:
    found = period_of(name, "", context.city, context.now)
    if name == "day":
        yield period_of(name, context.city.calendar.local_day(context.now).isoformat(), context.city, context.now)
    for _ in range(most):
        yield found
        found = found.before(context.city)


PANEL = Panel(
    key="reports",
    title="Laporan",
    streams=frozenset({"readings", "cases", "prices"}),
    questions=(FEEDS,),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=30.0,
    desk_only=True,
)

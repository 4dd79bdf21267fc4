"""One gauge: its level and siaga step, pace, how far the next step is, its ladder, and floods told near it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from babel.dates import format_date

from layouts import html, links, parts
from layouts.findings.floods import floods_of
from layouts.findings.rivers import GaugeFinding, gauge_findings, rank_of
from layouts.findings.rivers_words import hours_words, move_words, next_words, siaga_words
from layouts.formats import LOCALE, NOTHING, clock, day, known, number, percent
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City, Ladder
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
KIND = KINDS["water_level"]


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the one figure, then what is known of the gauge, then its own ladder."""
    key = context.options["gauge"]
    found = next(each for each in gauge_findings(rows, context.city) if each.gauge.key == key)
    observed = found.row["observed_at"] if found.row else None
    body = [_lead(found), parts.facts("gauge_now", _facts(found, rows, context)), *_ladder(found)]
    return parts.frame(PANEL, body, observed, empty=observed is None, scrolls=True)


def _lead(found: GaugeFinding) -> html.Div:
    key = found.gauge.key
    figure = parts.reading("gauge_now", found.row, key, "water_level", classes="key")
    return parts.lead(
        figure,
        KIND.unit,
        parts.badge("gauge_now-badge", found.rank, siaga_words(found)),
        parts.text("gauge_now-next", next_words(found), "sub"),
    )


def _facts(found: GaugeFinding, rows: Rows, context: Context) -> list[parts.Fact]:
    city, gauge = context.city, found.gauge
    place = city.districts[gauge.district].name if gauge.district else None
    where = html.A(f"Kec. {place}", href=links.district(gauge.district)) if gauge.district else "hulu, di luar kota"
    agency = city.agencies[gauge.agency].name if gauge.agency else NOTHING
    extreme = next((row for row in rows.get("series_extremes", ()) if row["kind"] == "water_level"), None)
    return [
        ("Laju 1 jam", move_words(found), "move"),
        ("Perkiraan ke tingkat berikut", hours_words(found) or NOTHING, "hours"),
        ("Data 1 jam terakhir", NOTHING if found.heard is None else percent(100 * found.heard), "heard"),
        ("Tertinggi 30 hari", _highest(extreme, city), "highest"),
        ("Banjir terbuka di sekitar", _floods(found, rows, city), "floods"),
        ("Sungai", gauge.river or NOTHING, "river"),
        ("Letak", [where, " (perkiraan)"] if gauge.point.approximate else where, "place"),
        ("Pengelola", agency, "agency"),
        ("Perangkat", html.A(gauge.key, href=links.unit(gauge.key)), "device"),
    ]


def _highest(row: Row | None, city: City) -> str:
    if row is None or known(row["high"]) is None:
        return NOTHING
    at = f"{day(row['high_at'], city.zone)}, jam {clock(row['high_at'], city.zone)}"
    return f"{number(row['high'])} {KIND.unit} · {at} · dari {number(row['days'])} hari"


def _floods(found: GaugeFinding, rows: Rows, city: City) -> str | html.A:
    near = next((each for each in floods_of(rows, city).districts if each.district.code == found.gauge.district), None)
    if near is None:
        return "di luar kota"
    words = f"{number(near.complaints)} aduan, {number(near.calls)} panggilan darurat"
    return html.A(words, href=links.district(near.district.code))


def _ladder(found: GaugeFinding) -> Sequence[html.Table | html.P]:
    ladder = found.gauge.ladder
    if ladder is None:
        return [parts.nothing("Pos ini belum punya ambang siaga: tingginya tampil, tetapi tidak dinilai.")]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("Tingkat", "Mulai", "Dari muka air kini")]))
    level = known(found.row["value"]) if found.row else None
    lines = [_step(ladder, index, level, found) for index in range(len(ladder.steps))]
    since = format_date(ladder.valid_from, "d MMM y", locale=LOCALE)
    said = f"Datum: {ladder.datum}. Berlaku sejak {since}. Sumber: {ladder.source}"
    return [
        html.Table([head, html.Tbody(lines)], className="sheet"),
        html.P(said, className="sub caption", id="gauge_now-source"),
    ]


def _step(ladder: Ladder, index: int, level: float | None, found: GaugeFinding) -> html.Tr:
    step = ladder.steps[index]
    here = found.siaga is not None and found.siaga.step is step
    off = NOTHING if level is None else f"{number(step.threshold - level, sign=True)} {ladder.unit}"
    name = f"Siaga {step.level} ({step.word.lower()})"
    return html.Tr(
        [
            html.Th(parts.badge(f"gauge_now-step-{step.level}", rank_of(step.level), name), scope="row"),
            html.Td(f"{number(step.threshold)} {ladder.unit}"),
            html.Td(parts.text(f"gauge_now-off-{step.level}", f"{off} · di sini sekarang" if here else off)),
        ]
    )


PANEL = Panel(
    key="gauge_now",
    title="Keadaan pos",
    streams=frozenset({"readings", "cases"}),
    questions=(
        Question("latest_readings"),
        Question("gauge_trend", every=30.0),
        Question("series_extremes", every=60.0),
        Question("flood_cases", every=5.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    options=("gauge",),
)

"""The next 24 hours by kecamatan: BMKG's weather in signs, temperature and rain, the wettest kelurahan named."""

from __future__ import annotations

from datetime import datetime, timedelta

from layouts import html, parts
from layouts.findings.outlook import NO_STEP, STEPS, DistrictOutlook, Outlook, Step, outlook_of
from layouts.findings.rain import rank_of_rain
from layouts.formats import NOTHING, clock, day, moment, number
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City
from sensors.judge.rain import RainAhead

LATE, STALE = timedelta(hours=18), timedelta(hours=36)
"""BMKG issues twice a day, some hours after its analysis."""
_DRY = 0.05
"""mm below which nothing is written: it would round to 0,0."""
_UNKNOWN_OR_DRY = ("belum ada data", "tanpa hujan")
_NO_RAIN, _NAMED = 0.5, 20.0
"""mm in 24 hours: below the one there is no rain to speak of, from the other on the kelurahan is named."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the headline, the hours, and one row a kecamatan, the worst first."""
    found = outlook_of(rows, context.city)
    body = [_headline(found, context.city), _hours(found, context.city), *(_row(each) for each in found.districts)]
    return parts.frame(PANEL, body, found.analysed_at, empty=found.analysed_at is None, note=_note(found, context.city))


def _note(found: Outlook, city: City) -> str:
    if found.analysed_at is None:
        return "menunggu prakiraan BMKG untuk kelurahan kota ini"
    issued = moment(found.analysed_at, city.zone, city.zone_word)
    coverage = f"{number(found.heard)} dari {number(found.total)} kelurahan"
    return f"{coverage} · analisis {issued} · Sumber: {found.credit}"


def _headline(found: Outlook, city: City) -> html.Div:
    return html.Div(
        [_most(found), _first(found, city), _soaked(found, city), _warmth(found)],
        className="outlook-facts",
    )


def _most(found: Outlook) -> html.Div:
    wettest = found.wettest
    ahead, known = wettest.ahead if wettest else None, found.analysed_at is not None
    place = f"{wettest.wettest.name}, {wettest.district.name}" if wettest and wettest.wettest else ""
    total = number(ahead.total, 1) if ahead else ("0" if known else NOTHING)
    return _fact(
        "most",
        "Hujan terbanyak 24 jam ke depan",
        total,
        "mm",
        parts.badge(
            "forecast-most-class", wettest.rank if wettest else 0, _class(ahead) if ahead else _UNKNOWN_OR_DRY[known]
        ),
        place or ("tidak ada hujan diperkirakan" if known else ""),
    )


def _first(found: Outlook, city: City) -> html.Div:
    first = found.first_rain
    where = ""
    if first:
        names = [district.name for district in first[1]]
        where = ", ".join(names[:2]) + (f" +{number(len(names) - 2)} kec." if len(names) > 2 else "")  # noqa: PLR2004
    return _fact(
        "first",
        "Hujan mulai",
        clock(first[0], city.zone) if first else NOTHING,
        city.zone_word if first else "",
        parts.text("forecast-first-day", _when(first[0], found, city) if first else "", "sub"),
        where,
    )


def _when(first: datetime, found: Outlook, city: City) -> str:
    """Whether the first rain belongs to the hours that have begun, else its day where that is not today's."""
    begun = found.times[0]
    if first == begun:
        return "kini"
    return "" if day(first, city.zone) == day(begun, city.zone) else day(first, city.zone)


def _soaked(found: Outlook, city: City) -> html.Div:
    known = found.analysed_at is not None
    least = next((row.low for row in city.rain_classes if row.span == "day" and rank_of_rain(row)), None)
    return _fact(
        "soaked",
        "Hujan lebat atau lebih",
        number(found.soaked) if known else NOTHING,
        "kelurahan",
        parts.text("forecast-soaked-share", "", "sub"),
        f"≥ {number(least)} mm sehari, dari {number(found.heard)} kelurahan" if known else "",
    )


def _warmth(found: Outlook) -> html.Div:
    return _fact(
        "warmth",
        "Suhu",
        f"{number(found.low)}–{number(found.high)}" if found.low is not None else NOTHING,
        "°C",
        parts.text("forecast-warmth-more", "", "sub"),
        "terendah dan tertinggi, 24 jam" if found.low is not None else "",
    )


def _fact(key: str, title: str, figure: str, unit: str, beside: html.Span, below: str) -> html.Div:
    return html.Div(
        [
            html.H3(title),
            html.Div(
                [
                    parts.text(f"forecast-{key}", figure, "figure"),
                    parts.text(f"forecast-{key}-unit", unit, "unit"),
                    beside,
                ],
                className="line",
            ),
            parts.text(f"forecast-{key}-where", below, "sub"),
        ],
        className="outlook-fact",
    )


def _hours(found: Outlook, city: City) -> html.Div:
    times: list[datetime | None] = [*found.times, *[None] * (STEPS - len(found.times))]
    return html.Div(
        [
            html.Span([html.Span("°C, mm per 3 jam"), html.Span("Kecamatan")], className="outlook-hour"),
            *(_hour(number_, at, times[number_ - 1] if number_ else None, city) for number_, at in enumerate(times)),
            html.Span("24 jam, kelurahan terbasah"),
        ],
        className="outlook-row outlook-hours",
    )


def _hour(number_: int, at: datetime | None, before: datetime | None, city: City) -> html.Span:
    """`19.00`, and the day above it where it begins."""
    begins = at is not None and (before is None or day(before, city.zone) != day(at, city.zone))
    return html.Span(
        [
            parts.text(f"forecast-day-{number_}", day(at, city.zone) if at and begins else "", "day"),
            parts.text(f"forecast-hour-{number_}", clock(at, city.zone) if at else NOTHING),
        ],
        className="outlook-hour",
    )


def _row(each: DistrictOutlook) -> html.Div:
    code = each.district.code.replace(".", "-")
    return html.Div(
        [
            html.Span(each.district.name, className="name"),
            *(_cell(f"{code}-{number_}", step) for number_, step in enumerate(each.steps)),
            _ahead(code, each),
        ],
        id=f"forecast-row-{code}",
        className="outlook-row",
    )


def _cell(ident: str, step: Step) -> html.Div:
    wet = step.rain is not None and step.rain >= _DRY
    warmth = "" if step is NO_STEP else f"{number(step.temperature)}°"
    return html.Div(
        [
            parts.picture(
                f"forecast-sky-{ident}", step.sky.src(night=step.night), step.words or "belum ada prakiraan", "sky"
            ),
            parts.text(f"forecast-warmth-{ident}", warmth, "warmth"),
            parts.text(f"forecast-rain-{ident}", number(step.rain, 1) if wet else "", "wet"),
        ],
        className="outlook-step",
    )


def _ahead(code: str, each: DistrictOutlook) -> html.Div:
    ahead = each.ahead
    named = each.wettest.name if each.wettest and ahead and ahead.total >= _NAMED else ""
    return html.Div(
        [
            html.Span(
                [
                    parts.text(f"forecast-sum-{code}", number(ahead.total, 1) if ahead else NOTHING, _figure(ahead)),
                    html.Span("mm", className="unit"),
                ],
                className="outlook-sum",
            ),
            html.Span(
                [
                    parts.badge(f"forecast-class-{code}", each.rank, _class(ahead)),
                    parts.text(f"forecast-where-{code}", named, "sub"),
                ],
                className="verdict",
            ),
        ],
        className="outlook-ahead",
    )


def _figure(ahead: RainAhead | None) -> str:
    """Where no rain is expected the figure steps back."""
    return "figure" if ahead is not None and ahead.total >= _NO_RAIN else "figure dry"


def _class(ahead: RainAhead | None) -> str:
    """BMKG's class of the day; `≥` where steps are missing, since the rest can only add to it."""
    if ahead is None:
        return _UNKNOWN_OR_DRY[False]
    if ahead.found is None or ahead.total < _NO_RAIN:
        return _UNKNOWN_OR_DRY[True] if ahead.share >= 1 else "belum lengkap"
    return f"{'≥ ' if ahead.share < 1 else ''}{ahead.found.word}"


PANEL = Panel(
    key="forecast",
    title="Prakiraan 24 jam",
    streams=frozenset({"bulletins"}),
    questions=(Question("forecast_steps", every=30.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="weather",
    every=1.0,
    fit=Fit(width=80, height=30, rows=(".outlook-row:not(.outlook-hours)",)),
)

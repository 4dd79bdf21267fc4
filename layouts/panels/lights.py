"""Street lights: per feeder what burns, what is broken, the power of a lamp, and the energy since midnight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from layouts import html, parts
from layouts.findings.lamps import Feeder, energy_on, feeders_of
from layouts.findings.usual import percent_of
from layouts.formats import number, percent
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.judge.street_light import LightState

LATE, STALE = timedelta(minutes=30), timedelta(hours=3)
SHOWN = 13
_HEADS = ("Kecamatan", "menyala", "rusak", "W/lampu", "kWh hari ini", "")
_WORDS: dict[LightState, str] = {
    "burning": "menyala", "resting": "padam, siang", "twilight": "senja", "dark-at-night": "tidak menyala",
    "lit-by-day": "menyala siang",
}  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:
    """Draw all lamps in one line and the feeders, worst first."""
    city = context.city
    found = feeders_of(rows, city, context.now)
    today = city.calendar.local_day(context.now)
    observed = parts.newest(row["observed_at"] for each in found for row in (each.lit, each.faulty) if row)
    lamps, lit, faulty = _sum(each.lamps for each in found), _values(found, "lit"), _values(found, "faulty")
    wrong = sum(each.rank > 0 for each in found)
    energies = (energy_on(found, day) for day in (today, today - timedelta(days=1)))
    now_kwh, before_kwh = (number(kwh) for kwh in energies)
    heard = sum(each.lit is not None for each in found)
    body = [
        parts.lead(
            parts.text("lights-faulty", number(faulty), "figure"),
            f"dari {number(lamps)} lampu rusak",
            parts.badge(
                "lights-state",
                max((each.rank for each in found), default=0),
                f"{number(wrong)} panel perlu dilihat" if wrong else f"{percent(percent_of(faulty, lamps), 1)} rusak",
            ),
            parts.text(
                "lights-lit", f"{number(lit)} menyala · {number(heard)} dari {number(len(found))} panel melapor", "sub"
            ),
            parts.text("lights-energy", f"{now_kwh} kWh hari ini · {before_kwh} kemarin", "sub"),
        ),
        html.Div([html.Span(words) for words in _HEADS], className="lights-row heads"),
        *(_row(each, today) for each in found[:SHOWN]),
    ]
    sample = any(each.broken and each.broken.target.sample for each in found)
    return parts.frame(PANEL, body, observed, empty=observed is None, note="panel dan ambang: contoh" if sample else "")


def _row(each: Feeder, today: date) -> html.Div:
    key = each.device.key
    return html.Div(
        [
            html.Span(each.device.name.removeprefix("PJU "), className="name"),
            parts.reading("lights", each.lit, key, "lamps_lit", classes="count"),
            parts.reading("lights", each.faulty, key, "lamps_faulty", classes=f"count rank-{_broken_rank(each)}"),
            parts.text(f"lights-watts-{key}", number(each.watts), "sub"),
            parts.text(f"lights-energy-{key}", number(each.energy.get(today), 1), "sub"),
            parts.badge(f"lights-badge-{key}", each.rank, _words(each)),
        ],
        id=f"lights-row-{key}",
        className="row lights-row",
        **parts.ageing(each.lit["observed_at"] if each.lit else None, LATE, STALE),
    )


def _broken_rank(each: Feeder) -> int:
    return each.broken.rank if each.broken else 0


def _words(each: Feeder) -> str:
    if each.state is None:
        return "belum ada data"
    broken = each.broken
    if each.state in {"dark-at-night", "lit-by-day"} or broken is None or not broken.rank:
        return _WORDS[each.state]
    return f"{percent(broken.value)} rusak"


def _values(found: tuple[Feeder, ...], name: str) -> float | None:
    rows: list[Row] = [row for each in found if (row := getattr(each, name)) is not None]
    return _sum(float(row["value"]) for row in rows)


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


PANEL = Panel(
    key="lights",
    title="Lampu jalan",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("day_totals", every=30.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="works",
    every=1.0,
    fit=Fit(width=34, height=16, rows=(".row",)),
)

"""The line of official warnings: calm while none is in force, else the gravest one, where, until when and whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from dash import html

from layouts import parts
from layouts.formats import clock, day, moment, number, short
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(days=7), timedelta(days=30)
"""Warnings come when there is something to warn of: a quiet week is none for worry."""
_RANKS = {"info": 0, "waspada": 1, "siaga": 2, "awas": 3}
_TITLE, _AREAS, _SOURCE = 76, 3, 40
_ALL_DAY = 20
"""Hours: what lasts longer is told with its day."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the gravest warning in force, and count the others. Notices of level info are no warnings."""
    current = rows.get("bulletins_now", ())
    warned = [row for row in current if _RANKS.get(row["severity"], 0)]
    heard = [*current, *rows.get("bulletin_last", ())]
    observed = parts.newest(row["issued_at"] for row in heard)
    body = _line(warned[0], context) if warned else _calm(heard, len(current), context)
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_others(warned[1:]))


def _line(row: Row, context: Context) -> list[html.Span]:
    rank = _RANKS.get(row["severity"], 0)
    return [
        parts.badge("warnings-level", rank, row["severity"].capitalize()),
        html.Span(
            short(row["title"], _TITLE),
            id="warnings-title",
            className="name",
            **parts.marked(bulletin=f"{row['channel']}/{row['id']}", severity=row["severity"]),
        ),
        parts.text("warnings-where", _where(row, context.city), "where"),
        parts.text("warnings-until", _until(row, context), "until"),
        parts.text("warnings-source", _source(row), "sub"),
    ]


def _calm(heard: Sequence[Row], notices: int, context: Context) -> list[html.Span]:
    words = "Tidak ada peringatan berlaku" if heard else "Belum ada peringatan yang diterima"
    known = f"{number(notices)} pemberitahuan berlaku" if notices else ""
    latest = parts.newest(row["received_at"] for row in heard)
    city = context.city
    last = f"kabar terakhir {moment(latest, city.zone, city.zone_word)}" if latest else ""
    return [
        parts.badge("warnings-level", 0, "Tenang" if heard else "Belum tahu"),
        html.Span(words, id="warnings-title", className="name", **parts.marked(bulletin=None, severity=None)),
        parts.text("warnings-where", known, "where"),
        parts.text("warnings-until", last, "until"),
        parts.text("warnings-source", _source(heard[0]) if heard else "", "sub"),
    ]


def _where(row: Row, city: City) -> str:
    """The kecamatan, a few by name; the sender's own words where none is known."""
    areas = row["areas"]
    if not areas:
        return short(row["area_words"], 60)
    if any(city.region == code or city.region.startswith(f"{code}.") for code in areas):
        return f"Seluruh {city.name}"
    codes = dict.fromkeys(code[:8] for code in areas if code[:8] in city.districts)
    names = [city.districts[code].name for code in codes]
    more = f" +{number(len(names) - _AREAS)} kec." if len(names) > _AREAS else ""
    return ", ".join(names[:_AREAS]) + more


def _until(row: Row, context: Context) -> str:
    """`15.00–18.00 WIB`, or with days where it reaches further; what says no end holds for a day."""
    zone, word = context.city.zone, context.city.zone_word
    begins: datetime = row["onset_at"] or row["issued_at"]
    ends: datetime = row["expires_at"] or row["issued_at"] + timedelta(hours=24)
    same = ends - begins < timedelta(hours=_ALL_DAY)
    end = clock(ends, zone) if same else f"{day(ends, zone)} {clock(ends, zone)}"
    return f"{clock(begins, zone)}–{end} {word}" if same and ends > begins else f"s.d. {end} {word}"


def _source(row: Row) -> str:
    """The credit that BMKG asks for, and every other source is owed."""
    return f"Sumber: {short(row.get('source') or row['channel'], _SOURCE)}"


def _others(rest: Sequence[Row]) -> str:
    """`+2 Siaga +1 Waspada`: the others in force by their level, the gravest first."""
    return " ".join(f"+{number(n)} {level.capitalize()}" for level, n in Counter(r["severity"] for r in rest).items())


PANEL = Panel(
    key="warnings",
    title="Peringatan",
    streams=frozenset({"bulletins"}),
    questions=(Question("bulletins_now", every=1.0), Question("bulletin_last", every=1.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
)

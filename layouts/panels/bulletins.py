"""All warnings in force, the gravest first; those that ended today; how many came lately; which channels are alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from layouts import html, parts, theme
from layouts.findings.bulletins import (
    WarningDay,
    concerns_warnings,
    heard_of_warnings,
    in_slots,
    meant,
    rank_of,
    source,
    span,
    warning_days,
    where,
)
from layouts.formats import clock, day, number, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import Channel, City

LATE, STALE = timedelta(days=7), timedelta(days=30)
"""Warnings come when there is something to warn of: a quiet week is none for worry."""
IN_FORCE, ENDED = 4, 9
_TITLE, _BODY, _AREAS = 90, 170, 9
_ROOM = (9, 8, 5, 3, 2)
"""How many of the ended ones have room, by how many are in force."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the warnings and notices in force, then what ended today, the last 14 days and the channels."""
    city = context.city
    current = [row for row in rows.get("bulletins_now", ()) if concerns_warnings(row, city)]
    ended = list(rows.get("bulletins_ended", ()))
    past = ended[: _ROOM[min(len(current), IN_FORCE)]]
    heard = [*current, *heard_of_warnings(rows, city)]
    observed = parts.newest(row["issued_at"] for row in heard)
    body = [
        html.Div([_in_force(slot, row, bool(heard), city) for slot, row in enumerate(in_slots(current, IN_FORCE))],
                 className="warned"),
        html.Div([html.H3(_ended_words(ended, context), id="bulletins-ended"),
                  *(_ended(slot, row, context) for slot, row in enumerate(in_slots(past, ENDED)))], className="ended"),
        _days(warning_days(rows, context)),
        _channels(rows, city),
    ]  # fmt: skip
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_note(current))


def _note(current: Sequence[Row]) -> str:
    warned = sum(rank_of(row) > 0 for row in current)
    words = f"{number(warned)} peringatan, {number(len(current) - warned)} pemberitahuan" if current else ""
    hidden = len(current) - IN_FORCE
    return f"{words} · {number(hidden)} tidak tampak" if hidden > 0 else words


def _in_force(slot: int, row: Row | None, heard: bool, city: City) -> html.Article:  # noqa: FBT001
    calm = row is None and slot == 0
    title = "Tidak ada peringatan berlaku" if heard else "Belum ada peringatan yang diterima"
    level = "Tenang" if heard else "Belum tahu"
    rank = rank_of(row) if row else 0
    if row:
        level, title = row["severity"].capitalize(), short(row["title"], _TITLE)
    return html.Article(
        [
            html.Div(
                [parts.badge(f"bulletins-level-{slot}", rank, level), parts.text(f"bulletins-title-{slot}", title)],
                className="line",
            ),
            parts.text(f"bulletins-where-{slot}", where(row, city, _AREAS) if row else "", "where"),
            parts.text(f"bulletins-body-{slot}", short(row.get("body"), _BODY) if row else "", "told"),
            html.Div(
                [
                    parts.text(f"bulletins-span-{slot}", span(row, city) if row else ""),
                    parts.text(f"bulletins-source-{slot}", source(row, city) if row else "", "sub"),
                ],
                className="line",
            ),
        ],
        id=f"bulletins-now-{slot}",
        className=f"bulletin rank-edge-{rank}" if row or calm else "vacant",
        **_marks(row),
    )


def _marks(row: Row | None) -> dict[str, Any]:
    return parts.marked(
        bulletin=f"{row['channel']}/{row['id']}" if row else None, severity=row["severity"] if row else None
    )


def _ended_words(ended: Sequence[Row], context: Context) -> str:
    today = [row for row in ended if _is_today(row, context)]
    cancelled = sum(bool(row["cancelled"]) for row in today)
    if not ended:
        return "Tidak ada peringatan yang berakhir dalam 14 hari"
    return f"Sebelumnya · hari ini {number(len(today) - cancelled)} berakhir, {number(cancelled)} dicabut"


def _is_today(row: Row, context: Context) -> bool:
    local_day = context.city.calendar.local_day
    return local_day(row["ended_at"]) == local_day(context.now)


def _ended(slot: int, row: Row | None, context: Context) -> html.Div:
    city, word, at = context.city, "", ""
    if row:
        word = "✕ dicabut" if row["cancelled"] else "✓ berakhir"
        at = clock(row["ended_at"], city.zone)
        at = at if _is_today(row, context) else f"{day(row['ended_at'], city.zone)} {at}"
    level = f"{theme.level(rank_of(row)).sign} {row['severity'].capitalize()}" if row else ""
    return html.Div(
        [
            parts.text(f"bulletins-ended-level-{slot}", level, "sub"),
            parts.text(f"bulletins-ended-title-{slot}", short(row["title"], 60) if row else "", "name"),
            parts.text(f"bulletins-ended-at-{slot}", at, "small-value"),
            parts.text(f"bulletins-ended-where-{slot}", where(row, city, 3) if row else "", "sub"),
            parts.text(f"bulletins-ended-how-{slot}", word, "sub"),
        ],
        id=f"bulletins-ended-{slot}",
        className="ended-row" if row else "vacant",
    )


def _days(days: Sequence[WarningDay]) -> html.Div:
    most, total = max([4, *(each.n for each in days)]), sum(each.n for each in days)
    return html.Div(
        [
            html.H3(f"Peringatan 14 hari terakhir: {number(total)}", id="bulletins-days"),
            html.Div([_day(place, each, most) for place, each in enumerate(days)], className="warning-days"),
        ],
        className="lately",
    )


def _day(place: int, each: WarningDay, most: int) -> html.Span:
    height = {"height": f"{min(each.n / most, 1) * 100:.0f}%"}
    return html.Span(
        [
            parts.text(f"bulletins-day-n-{place}", number(each.n) if each.n else "", "small-value"),
            html.Span(
                html.Span(id=f"bulletins-day-bar-{place}", className=f"bar rank-bar-{each.rank}", style=height),
                className="column",
            ),
            parts.text(f"bulletins-day-{place}", number(each.day.day), "sub"),
        ],
        className="warning-day",
    )


def _channels(rows: Rows, city: City) -> html.Div:
    heard = sorted(rows.get("bulletin_last", ()), key=lambda row: row["issued_at"])
    last = {meant(row["channel"]): row for row in heard}
    lines = (_channel(each, last.get(each.key)) for each in city.channels.values())
    return html.Div([html.H3("Kabar terakhir tiap kanal"), *lines], className="channels")


def _channel(channel: Channel, last: Row | None) -> html.Div:
    return html.Div(
        [
            html.Span(
                [
                    html.Span(channel.name, className="name"),
                    html.Span("contoh" if channel.sample else "", className="sub"),
                ],
                className="line",
            ),
            html.Span(
                [
                    parts.text(f"bulletins-silent-{channel.key}", "" if last else "belum terdengar", "sub"),
                    parts.ago(f"bulletins-heard-{channel.key}", last["issued_at"] if last else None),
                ]
            ),
        ],
        className="channel",
    )


PANEL = Panel(
    key="bulletins",
    title="Peringatan dan pemberitahuan",
    streams=frozenset({"bulletins"}),
    questions=(
        Question("bulletins_now", every=1.0),
        Question("bulletin_last", every=1.0),
        Question("bulletins_ended", every=5.0),
        Question("bulletin_days", every=30.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="announcements",
    every=0.5,
    fit=Fit(width=37, height=26, spare=(".channels", ".lately"), rows=(".bulletin", ".ended-row")),
    warns=True,
)

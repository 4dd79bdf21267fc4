"""The e-paper: whether today's edition is out, what it says, and the editions before it."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.bulletins import in_slots, name_of, news_of
from layouts.formats import clock, day, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=36), timedelta(days=7)
"""A daily paper: late once a whole edition is missing."""
EARLIER = 5
_TITLE, _BODY, _OPENING = 70, 220, 90


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the newest edition of the channels that the pack calls e-paper, and those before it."""
    city = context.city
    found = news_of(rows, city, "epaper")
    if not found:
        names = ", ".join(each.name for each in city.channels.values() if each.kind == "epaper")
        words = f"Menunggu edisi pertama {names}." if names else "Paket kota tidak memuat e-paper."
        return parts.frame(PANEL, parts.nothing(words), None, empty=True)
    newest = found[0]
    out = city.calendar.local_day(newest["issued_at"]) == city.calendar.local_day(context.now)
    body = [
        html.Div(
            [
                parts.text("epaper-day", day(newest["issued_at"], city.zone), "edition"),
                html.Div(
                    [
                        parts.badge("epaper-out", 0, f"edisi hari ini {'sudah' if out else 'belum'} terbit"),
                        parts.text("epaper-clock", f"terbit {_at(newest, city)}", "sub"),
                    ],
                    className="verdict",
                ),
            ],
            className="line",
        ),
        parts.text("epaper-title", short(newest["title"], _TITLE), "headline"),
        parts.text("epaper-body", short(newest["body"], _BODY), "told"),
        html.Div(
            [_edition(slot, row, city) for slot, row in enumerate(in_slots(found[1:], EARLIER))], className="editions"
        ),
    ]
    return parts.frame(PANEL, body, newest["issued_at"], empty=False, note=_note(newest, city))


def _note(row: Row, city: City) -> str:
    known = city.channels.get(row["channel"])
    return f"{name_of(row['channel'], city)}{' · bentuk umpan contoh' if known and known.sample else ''}"


def _at(row: Row, city: City) -> str:
    return f"{clock(row['issued_at'], city.zone)} {city.zone_word}"


def _edition(slot: int, row: Row | None, city: City) -> html.Div:
    return html.Div(
        [
            parts.text(f"epaper-day-{slot}", day(row["issued_at"], city.zone) if row else "", "small-value"),
            parts.text(f"epaper-body-{slot}", _main(row) if row else "", "told"),
        ],
        id=f"epaper-edition-{slot}",
        className="edition-row" if row else "vacant",
        **parts.marked(bulletin=f"{row['channel']}/{row['id']}" if row else None),
    )


def _main(row: Row) -> str:
    """What an edition opens with: its first sentence."""
    return short((row["body"] or row["title"]).partition(". ")[0], _OPENING)


PANEL = Panel(
    key="epaper",
    title="E-paper",
    streams=frozenset({"bulletins"}),
    questions=(Question("news", every=2.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="announcements",
    every=0.5,
    fit=Fit(width=29.5, height=14.5, spare=(":scope > .told",), rows=(".edition-row",), says=(".edition",)),
)

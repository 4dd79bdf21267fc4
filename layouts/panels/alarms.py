"""The alarms that stand, the gravest first: what, where, figure and bound, whose, since when, and is it in hand."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.alarms import (
    ENDED,
    NEW,
    PRIORITY_WORDS,
    SPAN,
    Group,
    Standing,
    alarms_of,
    judged_at,
    owner_words,
    place_words,
    state_words,
    value_words,
)
from layouts.formats import clock, number, short
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(seconds=30), timedelta(minutes=2)
"""An engine that does not say that it lives has judged nothing: no alarm is no good news then."""
SHOWN = 12
_PLACE, _VALUE = 60, 48


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the groups in fixed slots, and count the rest."""
    city = context.city
    standing = alarms_of(rows, city, context.now)
    groups = standing.groups
    observed = parts.newest(
        [
            judged_at(rows),
            *(row["known_at"] for row in rows.get("alarms_now", ())),
            *(row["acknowledged_at"] for row in rows.get("alarms_now", ())),
        ]
    )
    rest = len(groups) - SHOWN
    body = [
        parts.text("alarms-flood", _flood(standing, city), "flood"),
        parts.text("alarms-calm", "" if groups else _calm(observed is not None), "calm"),
        *(_row(slot, group, city) for slot, group in enumerate([*groups, *[None] * SHOWN][:SHOWN])),
        parts.text("alarms-rest", f"{number(rest)} lainnya" if rest > 0 else "", "rest"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_note(standing))


def _note(standing: Standing) -> str:
    """`7 berlaku, 2 belum diterima`."""
    unseen = sum(alarm.state in (NEW, ENDED) for group in standing.groups for alarm in group.alarms)
    return f"{number(standing.alarms)} alarm, {number(unseen)} belum diterima" if standing.alarms else ""


def _flood(standing: Standing, city: City) -> str:
    if standing.flood is None:
        return ""
    minutes = number(SPAN / timedelta(minutes=1))
    since, zone = clock(standing.flood, city.zone), city.zone_word
    return (
        f"▲ Banjir alarm sejak {since} {zone}: {number(standing.lately)} dalam {minutes} menit; tiap baris satu wilayah"
    )


def _calm(judged: bool) -> str:  # noqa: FBT001 - the one thing it says
    return "○ Tidak ada alarm" if judged else "Menunggu kabar pertama dari penilai alarm."


def _row(slot: int, group: Group | None, city: City) -> html.Div:
    ident = f"alarms-{slot}"
    if group is None:
        cells = [parts.text(f"{ident}-{name}", "") for name in ("level", "what", "value", "owner", "state")]
        return html.Div([*cells, parts.ago(f"{ident}-since", None)], id=ident, className="alarm-row vacant")
    head = group.head
    unseen = head.state in (NEW, ENDED)
    beside = f"+{number(len(group.alarms) - 1)}" if len(group.alarms) > 1 else ""
    level = PRIORITY_WORDS[head.row["priority"]].capitalize()
    return html.Div(
        [
            parts.badge(f"{ident}-level", head.rank, level),
            html.Div(
                [
                    html.Div(
                        [
                            parts.text(f"{ident}-title", head.title, "name"),
                            parts.text(f"{ident}-more", beside, "more-of"),
                        ],
                        className="line",
                    ),
                    parts.text(f"{ident}-place", short(place_words(head.row, city), _PLACE), "sub"),
                ],
                id=f"{ident}-what",
                className="who",
            ),
            parts.text(f"{ident}-value", short(value_words(head), _VALUE), "value"),
            parts.text(f"{ident}-owner", owner_words(head.row, city), "owner"),
            parts.text(f"{ident}-state", state_words(head, city), "state unseen-yet" if unseen else "state sub"),
            parts.ago(f"{ident}-since", group.since),
        ],
        id=ident,
        className="alarm-row",
        **parts.marked(alarm=str(head.row["id"]), status=head.state),
    )


PANEL = Panel(
    key="alarms",
    title="Alarm",
    streams=frozenset({"alarms", "components"}),
    questions=(
        Question("alarms_now", anyway=10.0),
        Question("alarm_minutes", every=1.0, anyway=10.0),
        Question("components", every=1.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.2,
    look="alarms",
    fit=Fit(width=37, height=9, tall=14, rows=(".alarm-row:not(.vacant)",)),
    warns=True,
)

"""How whole the data are: the devices of each sort, how many are heard, and what share of a day they gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.device_words import ORDERS, PLACES, UNPLACED
from layouts.findings.health import LIVE, MAINTAINED, STATES, WHOLE, DeviceHealth, devices_health, tally
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the counts by state, then one row a sort of devices, in the pack's order."""
    found = devices_health(rows, context.city)
    observed = parts.newest(each.newest.row["observed_at"] for each in found if each.newest and each.newest.row)
    sorts = dict.fromkeys(each.place.place if each.place else UNPLACED for each in found)
    body = [
        html.Div([_count(state, n) for state, n in tally(found).items()], className="health-counts"),
        html.Div([_row(sort, [e for e in found if _sort_of(e) == sort]) for sort in sorts], className="health-sorts"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=f"{number(len(found))} perangkat")


def _sort_of(each: DeviceHealth) -> str:
    return each.place.place if each.place else UNPLACED


def _count(state: str, n: int) -> html.Div:
    rank, word = STATES[state]
    link = html.A(
        word, href=links.with_choices("/perangkat", only=state), id=f"health-word-{state}",
        className=f"sub rank-{rank if n else 0}",
    )  # fmt: skip
    return html.Div([parts.text(f"health-count-{state}", number(n), "figure"), link], className="total")


def _row(sort: str, found: Sequence[DeviceHealth]) -> html.Div:
    live = sum(each.state == LIVE for each in found)
    shares = [each.share for each in found if each.share is not None]
    mean = sum(shares) / len(shares) if shares else None
    thin = mean is not None and mean < WHOLE
    worst = min(found, key=ORDERS["state"])
    rank = worst.rank if live < len(found) else 0
    away = len(found) - live
    worked_on = sum(each.state == MAINTAINED for each in found)
    words = "semua hidup" if not away else f"{number(away)} {'dirawat' if away == worked_on else 'tidak hidup'}"
    said = NOTHING if mean is None else f"{'◇ ' if thin else ''}{percent(100 * mean)}"
    return html.Div(
        [
            html.Span(PLACES.get(sort, "belum ditempatkan").capitalize(), className="name"),
            parts.text(f"health-live-{sort}", f"{number(live)} dari {number(len(found))}", "figures"),
            parts.badge(f"health-state-{sort}", rank, words),
            parts.share_bar(f"health-bar-{sort}", None if mean is None else 100 * mean),
            parts.text(f"health-share-{sort}", said, "figures"),
        ],
        id=f"health-row-{sort}",
        className="health-row",
    )


PANEL = Panel(
    key="health",
    title="Keutuhan data perangkat",
    streams=frozenset({"readings", "devices"}),
    questions=(
        Question("device_list", every=1.0),
        Question("device_hours", every=60.0),
        Question("maintenance_now", every=5.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="data",
    every=2.0,
    fit=Fit(width=42, height=24, rows=(".health-row",)),
)

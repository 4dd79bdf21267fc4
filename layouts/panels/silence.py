"""The devices that are silent, late or thin, the worst first: whom somebody should call.

While there are none, those that have been quiet longest by their own interval: the next ones to watch.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.device_words import ORDERS, PLACES, share_words, state_badge
from layouts.findings.health import LIVE, MAINTAINED, WHOLE, DeviceHealth, SeriesHealth, devices_health
from layouts.formats import known, number
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
SHOWN = 9
_CALM = "○ Semua perangkat hidup dan datanya utuh."


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the worst devices in fixed slots, and count the rest."""
    city = context.city
    found = devices_health(rows, city)
    observed = parts.newest(each.newest.row["observed_at"] for each in found if each.newest and each.newest.row)
    ill = sorted((each for each in found if _is_ill(each)), key=ORDERS["state"])
    shown = ill or _quietest(found)
    body = [
        parts.text("silence-calm", "" if ill else _CALM if observed else "Menunggu data pertama.", "calm"),
        parts.text("silence-quiet", "" if ill or not observed else "Yang paling lama diam", "sub"),
        *(_row(slot, each, city) for slot, each in enumerate([*shown, *[None] * SHOWN][:SHOWN])),
        parts.text("silence-rest", f"{number(len(ill) - SHOWN)} lainnya" if len(ill) > SHOWN else "", "rest"),
    ]
    note = f"{number(len(ill))} dari {number(len(found))} perangkat"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _quietest(found: Sequence[DeviceHealth]) -> list[DeviceHealth]:
    """Those heard longest ago by their own interval first."""
    expected = (each for each in found if each.state != MAINTAINED)
    heard = [(_quiet(each.newest), each.key, each) for each in expected if each.newest and each.newest.row]
    return [each for *_, each in sorted(heard, key=lambda told: (-told[0], told[1]))]


def _quiet(series: SeriesHealth) -> float:
    minutes = known(series.row["minutes"]) if series.row else None
    return timedelta(minutes=minutes or 0) / series.kind.expected_interval


def _is_ill(each: DeviceHealth) -> bool:
    if each.state == MAINTAINED:
        return False
    return each.state != LIVE or (each.share is not None and each.share < WHOLE)


def _row(slot: int, each: DeviceHealth | None, city: City) -> html.Div:
    row = each.newest.row if each and each.newest else None
    state = state_badge(f"silence-state-{slot}", each.state) if each else parts.text(f"silence-state-{slot}", "")
    link = parts.link(f"silence-link-{slot}", each.name if each else "", links.unit(each.key) if each else None)
    return html.Div(
        [
            html.Div(
                [
                    html.Span(link, className="name"),
                    parts.text(f"silence-what-{slot}", _what(each, city) if each else "", "sub"),
                ],
                className="who",
            ),
            html.Div(state, className="line"),
            parts.text(f"silence-share-{slot}", share_words(each.share) if each else "", "figures"),
            parts.ago(f"silence-at-{slot}", row["observed_at"] if row else None),
        ],
        id=f"silence-row-{slot}",
        className="silence-row" if each else "silence-row vacant",
    )


def _what(each: DeviceHealth, city: City) -> str:
    if each.place is None:
        return "belum ditempatkan"
    owner = city.agencies[each.place.agency].short if each.place.agency else ""
    return " · ".join(word for word in (PLACES[each.place.place], owner) if word)


PANEL = Panel(
    key="silence",
    title="Perangkat yang perlu ditengok",
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
    fit=Fit(width=36, height=10, rows=(".silence-row:not(.vacant)",)),
)

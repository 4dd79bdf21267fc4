"""What a page that shows the past has beside its picture: the mark, the bar that moves through time, the way back.

And what a live desk page has to get there. All of it works without scripts as forms of the address;
`assets/replay.js` moves without a new page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from dashboard.moments import AT, SPEED, SPEEDS, Moment, longest_ago
from layouts import formats, html
from layouts.html import Element
from layouts.parts import aria, marked
from sensors.city import City

FIELD = "%Y-%m-%dT%H:%M"
"""How a browser's field for date and time writes them."""
AGO = (("-1h", "1 jam lalu"), ("-6h", "6 jam lalu"), ("-24h", "24 jam lalu"))
SPAN = timedelta(hours=24)
"""What the slider reaches over."""
KEYS = ("spasi: putar atau jeda", "← →: 1 menit", "Shift: 10 menit", "Home End: ujung", ", .: alarm")


@dataclass(frozen=True, slots=True)
class Address:
    """A page's own address without a moment: its path and what stands behind the `?`."""

    path: str
    query: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, path: str, query: Sequence[tuple[str, str]]) -> Address:
        """Take an address apart; a moment in it is left out."""
        return cls(path, [(name, value) for name, value in query if name not in (AT, SPEED)])

    def at(self, moment: Moment | None) -> str:
        """Return the address with a moment, or live."""
        query = urlencode([*self.query, *(moment.query.items() if moment else ())])
        return f"{self.path}?{query}" if query else self.path

    def form(self, fields: Sequence[Element], **props: str) -> html.Form:
        """Return a form that opens the same page again with these fields."""
        kept = [html.Input(None, type="hidden", name=name, value=value) for name, value in self.query]
        return html.Form([*kept, *fields], action=self.path, method="get", **props)


def words(city: City, at: datetime) -> str:
    """Return a moment as the mark says it: `20 Nov 23.15 WIB`."""
    return f"{formats.day(at, city.zone)} {formats.clock(at, city.zone)} {city.zone_word}"


def mark(city: City, moment: Moment) -> Element:
    """Return what stands in the header, on walls and desks: that this is the past, and when."""
    said = html.Span(words(city, moment.at), id="past-moment")
    return html.P([html.B("↺", **aria(hidden="true")), html.Span("PUTAR ULANG"), said], className="past-mark")


def bar(city: City, moment: Moment, here: Address, now: datetime) -> Element:
    """Return what moves through time: play, speed, the slider with the alarms on it, a date, and the way back."""
    play = html.Button(
        [html.Span("▶", **aria(hidden="true")), html.Span("Putar", id="past-play-word")],
        id="past-play",
        type="button",
        className="past-button needs-script",
    )
    speeds = [
        html.Button(
            f"{each}×", type="button", value=str(each), **aria(pressed="true" if each == moment.speed else "false")
        )
        for each in SPEEDS
    ]
    slider = html.Input(
        None, id="past-slider", type="range", min="0", max="1440", step="any", value="720",
        **aria(label="Saat yang dilihat", valuetext=words(city, moment.at)),
    )  # fmt: skip
    track = html.Div(
        [
            html.Div(id="past-marks", className="past-marks", **aria(hidden="true")),
            slider,
            html.Div([html.Span(id="past-since"), html.Span(id="past-until")], className="past-ends"),
        ],
        className="past-track needs-script",
    )
    hops = html.Div(
        [
            html.Button(
                [html.Span(sign), html.Span("alarm", className="past-word")],
                type="button",
                id=ident,
                **aria(label=said),
            )
            for ident, sign, said in (
                ("past-earlier", "◂", "Alarm sebelumnya"),
                ("past-later", "▸", "Alarm berikutnya"),
            )
        ],
        className="past-hops needs-script",
    )
    look = [_field(city, moment.at, moment.since, now), html.Button("Lihat", type="submit")]
    pace = {"id": "past-speeds", "className": "past-speeds needs-script", "role": "group"}
    return html.Section(
        [
            track,
            play,
            html.Div(speeds, **pace, **aria(label="Kecepatan")),
            hops,
            here.form(look, id="past-form", className="past-form"),
            html.P([html.Span(each) for each in KEYS], className="past-keys needs-script"),
            here.form([html.Button("Kembali ke sekarang", type="submit", id="past-back")], className="past-back"),
        ],
        id="past-bar",
        className="past-bar",
        **aria(label="Putar ulang"),
        **marked(span=f"{SPAN.total_seconds():g}"),
    )  # fmt: skip


def entry(city: City, here: Address, now: datetime) -> Element:
    """Return how one gets from a live desk page into the past: an hour ago, or a date and time of the city."""
    ago = [html.Button(said, type="submit", name=AT, value=value) for value, said in AGO]
    usual = now - timedelta(hours=1)
    return html.Details(
        [
            html.Summary("Putar ulang", className="room-link"),
            html.Div(
                [
                    here.form(ago, className="past-ago"),
                    here.form(
                        [_field(city, usual, longest_ago(city, now), now), html.Button("Lihat", type="submit")],
                        className="past-form",
                    ),
                ],
                className="room-menu past-menu",
            ),
        ],
        className="past-entry",
    )


def _field(city: City, at: datetime, since: datetime, now: datetime) -> Element:
    """A date and a time of day in the city's zone, within what can be shown."""
    local = {
        name: each.astimezone(city.zone).strftime(FIELD)
        for name, each in (("value", at), ("min", since + timedelta(minutes=1)), ("max", now))
    }
    return html.Label(
        [
            html.Span(f"Tanggal dan jam ({city.zone_word})", className="sub"),
            html.Input(None, type="datetime-local", name=AT, required=True, **local),
        ],
        className="choose",
    )

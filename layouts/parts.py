"""The parts panels are made of. Every part whose content changes has a stable id, unique on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from layouts import html, theme
from layouts.formats import number, plain, rfc3339
from layouts.html import Element
from layouts.panel import Panel, Row
from sensors.kinds import KINDS

Body = str | Element | Sequence[str | Element]


def frame(
    panel: Panel,
    body: Body,
    observed_at: datetime | None,
    *,
    empty: bool,
    note: str = "",
    scrolls: bool = False,
    missing: bool = False,
) -> html.Section:
    """A panel's root with its marks: what it is, whether it shows anything, and how old that may become.

    `observed_at` is the newest time at the source among all it shows. The age is written by the browser.
    `missing` says that what the address names does not exist: its page is then answered as not found.
    `scrolls` where a small window shows a part of the body only: the browser lets the keyboard reach it then.
    """
    titled = title_of(panel.key)
    head = html.Header(
        [
            html.H2(panel.title, id=titled),
            html.Span(note, id=f"panel-{panel.key}-note", className="note"),
            html.Span(className="age", id=f"panel-{panel.key}-age"),
        ],
        className="head",
    )
    return html.Section(
        [
            head,
            html.Div(
                body, id=f"panel-{panel.key}-body", className="body", **_data({"scrolls": titled if scrolls else None})
            ),
        ],
        id=f"panel-{panel.key}",
        className="panel",
        **named_by(titled),
        **_data({"panel": panel.key, "state": "empty" if empty else "live", "missing": "true" if missing else None}),
        **_ageing(observed_at, panel.late_after, panel.stale_after),
    )


def title_of(panel: str) -> str:
    """The id of a panel's title."""
    return f"panel-{panel}-title"


def named_by(ident: str) -> dict[str, Any]:
    """The property that gives a part the words of another element as its name, for those who hear the page."""
    return {"aria-labelledby": ident}


def aria(**told: str | None) -> dict[str, Any]:
    """`aria-*` properties by name: what a part is called, whether it is the chosen one; None leaves one out."""
    return {f"aria-{name}": value for name, value in told.items() if value is not None}


def nothing(words: str) -> html.P:
    """What a panel says while it has nothing to show: what is awaited."""
    return html.P(words, className="nothing")


def ageing(observed_at: datetime | None, late_after: timedelta, stale_after: timedelta) -> dict[str, Any]:
    """The marks by which the browser ages one row or cell on its own."""
    return _ageing(observed_at, late_after, stale_after)


def reading(
    panel: str, row: Row | None, device: str, kind: str, *, classes: str, decimals: int | None = None
) -> html.Span:
    """One reading: the number, with the marks tools rely on. `–` while the device has said nothing.

    `decimals` where the picture has room for fewer than the kind's own.
    """
    value = None if row is None else row["value"]
    return html.Span(
        number(value, KINDS[kind].decimals if decimals is None else decimals),
        id=f"{panel}-reading-{device}-{kind}",
        className=classes,
        **_data({"reading": f"{device}/{kind}", "value": plain(value)}),
    )


def text(ident: str, words: str, classes: str = "") -> html.Span:
    """Words that change, under an id of their own."""
    return html.Span(words, id=ident, className=classes)


def link(ident: str, words: str, href: str | None, classes: str = "") -> html.A:
    """Words that lead somewhere and change; without an address they are only words."""
    return html.A(words, id=ident, href=href, className=classes)


def badge(ident: str, rank: int, words: str) -> html.Span:
    """A status: shape + word + colour."""
    return html.Span(f"{theme.level(rank).sign} {words}", id=ident, className=f"badge rank-{rank}")


def lead(figure: Element, unit: str, *beside: Element) -> html.Div:
    """What a panel is about, in one generous figure with its unit, and beside it how that compares."""
    return html.Div(
        [
            html.Div([figure, html.Span(unit, className="unit")], className="line"),
            html.Div(list(beside), className="beside"),
        ],
        className="lead",
    )


Fact = tuple[str, Body, str]
"""A name, what it says, and the end of its id."""


def facts(panel: str, found: Iterable[Fact]) -> html.Dl:
    """What is known of one thing, name by name."""
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(said, id=f"{panel}-{end}")], className="fact") for name, said, end in found],
        className="facts",
    )


def choose(
    panel: str, name: str, words: str, choices: Mapping[str, str], chosen: str, *, everything: bool = True
) -> html.Label:
    """One filter of a form that stands in the address; with `everything` it may be left open."""
    found = {"": "semua", **choices} if everything else choices
    return html.Label(
        [
            html.Span(words, className="sub"),
            html.Select(
                [html.Option(said, value=value, selected=value == chosen) for value, said in found.items()],
                name=name,
                id=f"{panel}-choose-{name}",
            ),
        ],
        className="choose",
    )


def share_bar(ident: str, percent: float | None, classes: str = "") -> html.Span:
    """A bar of 0 to 100 percent; empty for nothing."""
    width = min(100.0, max(0.0, percent or 0.0))
    return html.Span(
        html.Span(id=ident, className="bar", style={"width": f"{width:.1f}%"}), className=f"track {classes}".strip()
    )


def ago(ident: str, at: datetime | None) -> html.Time:
    """An age that the browser writes and keeps; without a time it is not shown."""
    return html.Time(id=ident, className="ago" if at else "", **_data({"at": rfc3339(at)}))


def picture(ident: str, src: str, alt: str, classes: str = "curve") -> html.Img:
    """A small drawing with the sentence that says the same."""
    return html.Img(id=ident, src=src, alt=alt, className=classes)


def marked(**marks: str | None) -> dict[str, Any]:
    """`data-*` properties by name: `marked(case="laksa/1", status="proses")`; None leaves the attribute out."""
    return _data(marks)


def newest(times: Iterable[datetime | None]) -> datetime | None:
    """The latest of some times, or None."""
    return max((at for at in times if at is not None), default=None)


def leading(readings: Iterable[datetime | None], events: Iterable[datetime | None]) -> datetime | None:
    """The time of a panel that shows both: that of its readings, which come all the time, while it has any.

    A complaint of this minute must not make stations that fell silent an hour ago look alive.
    """
    return newest(readings) or newest(events)


def _data(marks: Mapping[str, str | None]) -> dict[str, Any]:
    return {f"data-{name.replace('_', '-')}": value for name, value in marks.items()}


def _ageing(observed_at: datetime | None, late_after: timedelta, stale_after: timedelta) -> dict[str, Any]:
    return _data(
        {
            "observed_at": rfc3339(observed_at),
            "late_after": f"{late_after.total_seconds():g}",
            "stale_after": f"{stale_after.total_seconds():g}",
        }
    )

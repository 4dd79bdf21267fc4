"""Alarms as lines under each other: the gravest of what one thing explains, and behind it the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from layouts import alarm_words, html, links, parts
from layouts.findings.alarms import PRIORITY_WORDS, REST, UNSEEN, Alarm, Group, owner_words, place_words, reached_words
from layouts.formats import NOTHING, number, short
from layouts.html import Element
from sensors.city import City

_LONGEST = 90


def lines(groups: Iterable[Group], city: City, form: str = "") -> html.Ol:
    """One line an alarm, each once; with `form` those that nobody has seen can be chosen for it."""
    return html.Ol([each for group in groups for each in _group(group, city, form)], className="alarms")


def _group(group: Group, city: City, form: str) -> Iterator[Element]:
    head, *others = group.alarms
    yield line(head, city, form)
    if others:
        unseen = sum(_unseen(each) for each in group.alarms)
        _, _, code = group.key.partition("area/")
        district = city.districts.get(code)
        same = "di luar baris di atas" if group.key == REST else "dengan sebab sama"
        why = f"di {district.name}" if district else same
        words = f"{number(len(others))} alarm lagi {why}"
        inner = html.Ol([line(each, city, form) for each in others], className="alarms")
        yield html.Li(
            [
                html.Details([html.Summary(words), inner], id=f"alarm-more-{group.key}"),
                *([_whole(group, unseen)] if form and unseen > 1 else []),
            ],
            className="alarm-more",
        )


def _whole(group: Group, unseen: int) -> html.Button:
    """Chooses all of a group that nobody has seen; a script does it."""
    ids = " ".join(str(each.row["id"]) for each in group.alarms if _unseen(each))
    return html.Button(
        f"Pilih semua {number(unseen)}", type="button", className="button alarm-whole needs-script with-duty",
        **parts.marked(group=ids),
    )  # fmt: skip


def _unseen(alarm: Alarm) -> bool:
    return alarm.state in UNSEEN


def line(alarm: Alarm, city: City, form: str = "") -> html.Li:
    """One alarm: how grave, what, where, the figure, whose, since when, and how it stands."""
    row, ident = alarm.row, f"alarm-{alarm.row['id']}"
    figure, unseen = reached_words(alarm), _unseen(alarm)
    return html.Li(
        [
            _choice(alarm, city, form) if form and unseen else html.Span(className="alarm-pick"),
            parts.badge(f"{ident}-priority", alarm.rank, PRIORITY_WORDS[row["priority"]]),
            html.Div(
                [
                    html.A(short(alarm.title, _LONGEST), href=links.alarm(row["id"]), className="alarm-what"),
                    html.Span(short(place_words(row, city), _LONGEST), className="sub under"),
                ]
            ),
            html.Span("" if figure == NOTHING else short(figure, _LONGEST), id=f"{ident}-figure", className="figures"),
            html.Span(owner_words(row, city), id=f"{ident}-owner", className="alarm-owner"),
            html.Span(parts.ago(f"{ident}-since", row["raised_at"]), className="alarm-since"),
            html.Div(
                [
                    parts.text(f"{ident}-state", alarm_words.state(alarm, city), alarm_words.state_class(alarm)),
                    parts.text(f"{ident}-flaps", alarm_words.flaps(row), "sub under"),
                ]
            ),
        ],
        id=ident,
        className="alarm",
        **parts.marked(alarm=str(row["id"]), priority=row["priority"], status=alarm.state),
    )


def _choice(alarm: Alarm, city: City, form: str) -> html.Label:
    row = alarm.row
    name = f"Pilih: {short(alarm.title, _LONGEST)}, {short(place_words(row, city), _LONGEST)}"
    return html.Label(
        html.Input(type="checkbox", name="id", value=str(row["id"]), form=form, **parts.aria(label=name)),
        className="alarm-pick",
    )

"""The forms by which people take steps at alarms: plain posts, each with the one thing it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from layouts import html, parts
from layouts.html import Element
from sensors.alarm_life import LONGEST_NOTE
from sensors.city import City

STEP_PATH, DUTY_PATH = "/alarm/langkah", "/bertugas"
SPANS: Mapping[str, str] = MappingProxyType(
    {"30": "30 menit", "60": "1 jam", "120": "2 jam", "240": "4 jam", "480": "8 jam", "720": "12 jam", "1440": "24 jam"}
)
"""For how long an alarm may be put aside, in minutes."""
_USUAL_SPAN = "60"
WITH_DUTY, WITHOUT_DUTY = "with-duty", "without-duty"
"""Seen only while somebody has said who is on duty here, and only while nobody has."""


def display_at(position: str) -> str:
    """The style property that is `none` on every page of the desk of this position, and on no other.

    Panels are drawn once for all desks: by this they leave out at one desk what is only for the others.
    """
    return f"--display-at-{position}"


def question(ident: str, city: City, back: str, chosen: str = "", *, classes: str = WITHOUT_DUTY) -> html.Form:
    """Which position is on duty at this desk: asked once, and kept by the browser."""
    if not city.duty:
        words = "Paket kota ini tidak menyebut posisi (duty.csv): tidak ada yang dapat mengambil langkah."
        return html.Form(html.P(words, className="nothing"), id=f"{ident}-question", className=classes)
    positions = [html.Option(each.name, value=key, selected=key == chosen) for key, each in city.duty.items()]
    first = html.Option("pilih posisi", value="", selected=not chosen)
    return html.Form(
        [
            html.Label(
                [
                    html.Span("Anda bertugas sebagai", className="sub"),
                    html.Select([first, *positions], name="duty", id=f"{ident}-duty", required=True),
                ],
                className="choose",
            ),
            html.Input(None, type="hidden", name="back", value=back),
            html.Button("Mulai bertugas", type="submit", className="button"),
        ],
        action=DUTY_PATH,
        method="post",
        id=f"{ident}-question",
        className=f"duty-question {classes}".strip(),
    )


def step(
    panel: str, alarm: int, name: str, words: str, fields: Sequence[Element] = (), *, hidden: bool, back: str
) -> html.Form:
    """One step at one alarm. It stays where it is while it makes no sense, so that nobody's words are lost."""
    return html.Form(
        [
            html.Input(None, type="hidden", name="id", value=str(alarm)),
            html.Input(None, type="hidden", name="step", value=name),
            html.Input(None, type="hidden", name="back", value=back),
            *fields,
            html.Button(words, type="submit", className="button"),
        ],
        action=STEP_PATH,
        method="post",
        id=f"{panel}-{name}",
        className="step",
        hidden=hidden,
        **parts.marked(step=name),
    )


def note(panel: str, name: str, words: str, *, required: bool = False) -> html.Label:
    """Words beside a step."""
    field = html.Input(
        None, type="text", name="note", id=f"{panel}-{name}-note", maxlength=str(LONGEST_NOTE), autocomplete="off",
        required=required,
    )  # fmt: skip
    return html.Label([html.Span(words, className="sub"), field], className="choose step-note")


def agencies(panel: str, city: City, owner: str | None) -> html.Label:
    """To whom an alarm is passed; whose it is by its rule stands first, and is called so."""
    found: list[Element] = [html.Option("pilih OPD", value="")]
    for words, ours in (("Pemilik menurut aturan", True), ("OPD lain", False)):
        options = [html.Option(each.short, value=key) for key, each in city.agencies.items() if (key == owner) is ours]
        found += [html.Optgroup(options, label=words)] if options else []
    select = html.Select(found, name="agency", id=f"{panel}-agency", required=True)
    return html.Label([html.Span("Teruskan ke", className="sub"), select], className="choose")


def spans(panel: str) -> html.Label:
    """For how long it is put aside."""
    found = [html.Option(words, value=key, selected=key == _USUAL_SPAN) for key, words in SPANS.items()]
    select = html.Select(found, name="minutes", id=f"{panel}-minutes", required=True)
    return html.Label([html.Span("Tunda selama", className="sub"), select], className="choose")

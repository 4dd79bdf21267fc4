"""The forms by which a shift is handed over, and what came of them in one line."""

from __future__ import annotations

from datetime import datetime

from layouts import alarm_words, html
from layouts.alarm_forms import WITH_DUTY, display_at
from layouts.formats import clock
from layouts.html import Element
from layouts.links import HANDOVER
from sensors.city import City
from sensors.handover import ALREADY, LONGEST_NOTE, OWN
from sensors.shifts import Turn

WRITTEN, ACCEPTED = "written", "accepted"
"""What a form does."""


def write(panel: str, told: Element) -> html.Form:
    """The note about the turn that runs; `told` is what one is to know before one hands over."""
    field = html.Textarea(
        None, name="note", id=f"{panel}-note", maxlength=str(LONGEST_NOTE), rows="4", required=True,
        placeholder="Apa yang belum selesai, siapa yang ditunggu, sampai kapan",
    )  # fmt: skip
    return html.Form(
        [
            html.Input(None, type="hidden", name="step", value=WRITTEN),
            html.Label([html.Span("Catatan serah terima", className="sub"), field], className="choose"),
            told,
            html.Button("Serahkan jaga", type="submit", id=f"{panel}-hand", className="button"),
        ],
        action=HANDOVER,
        method="post",
        id=f"{panel}-write",
        className=f"handover-write {WITH_DUTY}",
    )


def accept(panel: str, ident: int, but: str = "") -> html.Form:
    """The one button by which a note is taken over; the desk of the position `but` has none."""
    return html.Form(
        [
            html.Input(None, type="hidden", name="step", value=ACCEPTED),
            html.Input(None, type="hidden", name="id", value=str(ident)),
            html.Button(
                "Terima jaga",
                type="submit",
                className="button",
                style={"display": f"var({display_at(but)}, inline-block)"} if but else None,
            ),
        ],
        action=HANDOVER,
        method="post",
        id=f"{panel}-accept-{ident}",
        className=WITH_DUTY,
    )


def written_words(turn: Turn, *, new: bool) -> str:
    """What came of a note."""
    if new:
        return f"Jaga {turn.shift.name} diserahkan: catatannya disimpan, menunggu diterima"
    return f"Catatan serah terima jaga {turn.shift.name}: sudah disimpan sebelumnya"


def accepted_words(objection: str | None, actor: str | None, at: datetime | None, city: City) -> str:
    """What came of an acceptance."""
    if objection is None:
        return "Jaga diterima"
    if objection == ALREADY:
        who = f" oleh {alarm_words.position(actor, city)}" if actor else ""
        when = f" pukul {clock(at, city.zone)}" if at else ""
        return f"Jaga sudah diterima{who}{when}: tidak ada yang berubah"
    if objection == OWN:
        return "Jaga tidak dapat diterima oleh penulisnya sendiri selama jaga itu: posisi lain yang menerimanya"
    return "Jaga tidak dapat diterima: tidak ada catatan dengan nomor ini"

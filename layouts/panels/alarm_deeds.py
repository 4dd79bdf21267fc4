"""What people can do with one alarm now: a form for each step that makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from layouts import alarm_forms, alarm_panel, html, links, parts
from layouts.findings.alarm_list import heard
from layouts.html import Element
from layouts.panel import Context, Row, Rows
from sensors.alarm_life import STEPS, objection

KEY = "alarm_deeds"
WORDS = {
    "acknowledged": "Terima", "assigned": "Teruskan", "noted": "Catat", "shelved": "Tunda",
    "unshelved": "Akhiri penundaan", "resolved": "Selesai ditangani", "reviewed": "Tandai sudah ditinjau",
}  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:
    """Draw all forms, those hidden that make no sense now; before anybody is on duty, the question who is."""
    row, observed = next(iter(rows.get("alarm_one", ())), None), heard(rows, "alarm_one")
    if row is None:
        return parts.frame(PANEL, parts.nothing("Tidak ada yang dapat dilakukan."), observed, empty=True)
    back = links.alarm(row["id"])
    body = [
        alarm_forms.question(KEY, context.city, back),
        html.Div(list(_forms(row, context, back)), id=f"{KEY}-forms", className=f"steps {alarm_forms.WITH_DUTY}"),
    ]
    return parts.frame(PANEL, body, observed, empty=False)


def _forms(row: Row, context: Context, back: str) -> Iterator[Element]:
    for step, words in WORDS.items():
        hidden = objection(step, row) is not None
        yield alarm_forms.step(KEY, row["id"], step, words, _fields(step, row, context), hidden=hidden, back=back)
    nothing = all(objection(step, row) is not None for step in STEPS)
    words = "Alarm ini ditarik: tidak ada lagi yang perlu dilakukan." if nothing else ""
    yield html.P(words, id=f"{KEY}-none", className="nothing", hidden=not nothing)


def _fields(step: str, row: Row, context: Context) -> list[Element]:
    match step:
        case "assigned":
            agencies = alarm_forms.agencies(KEY, context.city, row["agency"])
            return [agencies, alarm_forms.note(KEY, step, "Pesan (boleh kosong)")]
        case "noted":
            return [alarm_forms.note(KEY, step, "Catatan", required=True)]
        case "shelved":
            return [alarm_forms.spans(KEY), alarm_forms.note(KEY, step, "Alasan (boleh kosong)")]
        case "resolved":
            return [alarm_forms.note(KEY, step, "Apa yang dilakukan (boleh kosong)")]
        case "reviewed":
            return [alarm_forms.note(KEY, step, "Hasil tinjauan (boleh kosong)")]
        case _:
            return []


PANEL = alarm_panel.of_one(KEY, "Langkah berikutnya", render, alarm_panel.ONE, scripts=("alarms.js",))

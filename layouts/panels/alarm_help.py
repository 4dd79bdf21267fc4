"""The desk's alarms in five steps for whoever is new here, in the words of the buttons; out of the way once known."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.alarm_list import heard
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows

LATE, STALE = timedelta(seconds=45), timedelta(minutes=3)
KEY = "alarm_help"
STEPS = (
    "Pilih posisi Anda di “Anda bertugas sebagai”, lalu klik “Mulai bertugas”.",
    "Klik nama alarm yang paling atas, baca “Yang dilakukan”, lalu klik “Terima”.",
    "Pilih OPD di “Teruskan ke”, lalu klik “Teruskan”.",
    "Cari sebabnya: lihat “Yang lebih dulu” dan “Angka di sekitar kejadian”, lalu klik “Laporan kejadian”.",
    "Di akhir jaga klik “Serah terima”, isi “Catatan serah terima”, lalu klik “Serahkan jaga”.",
)
"""What one clicks, chooses, fills in and reads is quoted as it stands on the screen; a test walks exactly that."""
KEYS = (
    ("j k", "baris berikutnya, sebelumnya; juga ↑ ↓"), ("Enter", "buka alarm"), ("x", "pilih alarm"),
    ("a", "terima yang dipilih, atau barisnya"),
)  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:  # noqa: ARG001 - every panel is drawn alike
    """Draw the steps and the keys behind one line, and the line that says what is new since the last visit."""
    observed = heard(rows)
    keys: list[Element] = [html.Div([html.Dt(key), html.Dd(words)], className="help-key") for key, words in KEYS]
    inner = html.Div(
        [
            html.Ol([html.Li(step) for step in STEPS], className="help-steps", id=f"{KEY}-steps"),
            html.Div(
                [html.H3("Papan ketik, di daftar alarm"), html.Dl(keys, className="help-keys")],
                className="needs-script",
            ),
        ],
        className="help",
    )
    body = [
        html.P(id=f"{KEY}-visit", className="visit"),
        html.Details([html.Summary("Dari mulai bertugas sampai serah terima"), inner], id=KEY, open=True),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None)


PANEL = Panel(
    key=KEY,
    title="Baru bertugas? Lima langkah",
    streams=frozenset({"components"}),
    questions=(Question("alarm_engine", every=5.0, anyway=10.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    scripts=("help.js",),
    look="help",
    desk_only=True,
)

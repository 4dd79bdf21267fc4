"""All steps of one alarm: when, who by position, what, and with which words. Nothing in it is ever rewritten."""

from __future__ import annotations

from layouts import alarm_panel, alarm_words, case_words, html, parts
from layouts.findings.alarm_list import heard
from layouts.formats import NOTHING, number
from layouts.panel import Context, Question, Row, Rows
from sensors.city import City

_HEADS = ("Waktu", "Oleh", "Langkah", "Catatan")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a step, the first on top."""
    found, observed = rows.get("alarm_log", ()), heard(rows)
    observed = observed or parts.newest(row["at"] for row in found)
    if not found:
        return parts.frame(PANEL, parts.nothing("Belum ada langkah."), observed, empty=True)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    table = html.Table([head, html.Tbody([_line(row, context.city) for row in found])], className="sheet alarm-log")
    return parts.frame(PANEL, table, observed, empty=False, note=f"{number(len(found))} langkah", scrolls=True)


def _line(row: Row, city: City) -> html.Tr:
    return html.Tr(
        [
            html.Td(case_words.at(row["at"], city)),
            html.Td(alarm_words.position(row["actor"], city)),
            html.Th(alarm_words.step(row, city), scope="row"),
            html.Td(alarm_words.note(row) or NOTHING, className="wraps"),
        ],
        id=f"alarm_log-{row['id']}",
        **parts.marked(step=row["step"], actor=row["actor"]),
    )


PANEL = alarm_panel.of_one("alarm_log", "Riwayat langkah", render, Question("alarm_log"))

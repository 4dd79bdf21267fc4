"""The other alarms that the same thing explains: of the same gauge, area or gateway."""

from __future__ import annotations

from layouts import alarm_lines, alarm_panel, html, parts
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import Group, alarm_of
from layouts.formats import number
from layouts.panel import Context, Question, Rows


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one line an alarm, the newest on top."""
    found, observed = rows.get("alarm_kin", ()), heard(rows, "alarm_kin")
    if not found:
        words = parts.nothing("Tidak ada alarm lain dengan sebab yang sama.")
        return parts.frame(PANEL, words, observed, empty=observed is None)
    alarms = [alarm_of(row, context.city) for row in found]
    body = alarm_lines.lines([Group(f"kin/{each.row['id']}", (each,)) for each in alarms], context.city)
    return parts.frame(PANEL, body, observed, empty=False, note=f"{number(len(found))} alarm")


PANEL = alarm_panel.of_one("alarm_kin", "Alarm lain dengan sebab sama", render, Question("alarm_kin", every=1.0))

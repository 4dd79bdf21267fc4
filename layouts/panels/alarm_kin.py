"""The other alarms that the same thing explains: of the same gauge, area or gateway."""

from __future__ import annotations

from datetime import timedelta

from layouts import alarm_lines, html, parts
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import Group, alarm_of
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Rows

LATE, STALE = timedelta(seconds=45), timedelta(minutes=3)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one line an alarm, the newest on top."""
    found, observed = rows.get("alarm_kin", ()), heard(rows, "alarm_kin")
    if not found:
        words = parts.nothing("Tidak ada alarm lain dengan sebab yang sama.")
        return parts.frame(PANEL, words, observed, empty=observed is None)
    alarms = [alarm_of(row, context.city, context.now) for row in found]
    body = alarm_lines.lines([Group(f"kin/{each.row['id']}", (each,)) for each in alarms], context.city)
    return parts.frame(PANEL, body, observed, empty=False, note=f"{number(len(found))} alarm")


PANEL = Panel(
    key="alarm_kin",
    title="Alarm lain dengan sebab sama",
    streams=frozenset({"alarms", "components"}),
    questions=(Question("alarm_kin", every=1.0), Question("alarm_engine", every=5.0, anyway=10.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    options=("alarm",),
)

"""What came before one alarm, of another cause: where one looks for why it began."""

from __future__ import annotations

from datetime import timedelta

from layouts import alarm_panel, html, links, parts, theme
from layouts.findings.alarm_before import Earlier, earlier_of
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import PRIORITY_WORDS, begun_words, place_words
from layouts.formats import NOTHING, clock, duration, number, short
from layouts.html import Element
from layouts.panel import Context, Question, Row, Rows
from sensors.city import City

_HEADS = ("Waktu", "Alarm", "Di mana", "Saat muncul", "Lebih dulu")
_LONGEST = 90
MINUTE = timedelta(minutes=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one line an alarm, the first on top, and where all of them are."""
    one, observed = next(iter(rows.get("alarm_one", ())), None), heard(rows, "alarm_one")
    hours = round(context.city.alarm_limits.before)
    if one is None:
        return parts.frame(PANEL, parts.nothing("Alarm ini tidak ada."), observed, empty=True)
    found, others = earlier_of(one, rows.get("alarm_before", ()), context.city)
    none = f"○ Tidak ada alarm lain dalam {number(hours)} jam sebelum alarm ini muncul."
    body = [_table(found, context.city) if found else parts.nothing(none), _rest(one, others, hours, context)]
    note = f"{number(hours)} jam sebelum alarm ini muncul"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _table(found: tuple[Earlier, ...], city: City) -> html.Table:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    return html.Table([head, html.Tbody([_line(each, city) for each in found])], className="sheet")


def _line(each: Earlier, city: City) -> html.Tr:
    row, figure = each.alarm.row, begun_words(each.alarm)
    place = " · ".join(word for word in (place_words(row, city), each.river) if word)
    level, words = theme.level(each.alarm.rank), PRIORITY_WORDS[row["priority"]]
    return html.Tr(
        [
            html.Td(clock(row["raised_at"], city.zone)),
            html.Th(
                [
                    html.Span(f"{level.sign} ", className=f"status rank-{each.alarm.rank}", title=words),
                    html.A(short(each.alarm.title, _LONGEST), href=links.alarm(row["id"])),
                ],
                scope="row",
                className="wraps",
            ),
            html.Td(short(place, _LONGEST), className="wraps"),
            html.Td("" if figure == NOTHING else short(figure, _LONGEST), className="wraps"),
            html.Td(duration(each.by.total_seconds()) if each.by >= MINUTE else "bersamaan"),
        ],
        id=f"alarm_before-{row['id']}",
        **parts.marked(alarm=str(row["id"])),
    )


def _rest(one: Row, others: int, hours: int, context: Context) -> Element:
    """The report of the same hours: the alarms that are not told here, and warnings, rivers and steps too."""
    since = one["raised_at"] - timedelta(hours=hours)
    report = links.incident(since, one["raised_at"], context.city.zone)
    more = f" · {number(others)} alarm lagi yang lebih jauh" if others else ""
    said = parts.text("alarm_before-more", more)
    return html.P([html.A("Laporan kejadian", href=report), said], className="sub")


PANEL = alarm_panel.of_one(
    "alarm_before", "Yang lebih dulu", render, alarm_panel.ONE, Question("alarm_before", every=1.0), every=1.0
)

"""Deadlines of single cases: the longest overdue and the next to come, each with its rule and whose it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from layouts import html, links, parts
from layouts.findings.cases import NO_AGENCY
from layouts.findings.deadlines import Dated, Deadlines, deadlines_of
from layouts.formats import clock, day, number, short, weekday
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City
from sensors.pack.stages import DAYS_UNITS

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
LISTED = 5
MOMENT = timedelta(microseconds=1)
"""A deadline of days is over at midnight; its day is the one before."""
_UNITS = {"working-days": "hari kerja", "days": "hari", "hours": "jam", "minutes": "menit"}
_LONGEST_WHAT, _LONGEST_ID, _LONGEST_RULE = 50, 24, 28


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the cases longest past their deadline, then those whose deadline is next."""
    city, found = context.city, deadlines_of(rows, context.city, context.now, "service_open")
    observed = parts.newest(row["status_at"] for row in rows.get("service_open", ()))
    today = city.calendar.local_day(context.now)
    body = [
        html.H3(parts.text("due-late", _late_words(found, heard=observed is not None))),
        *(_case("late", slot, found.late[slot : slot + 1], city) for slot in range(LISTED)),
        html.H3(parts.text("due-ahead", _ahead_words(found))),
        *(
            _case("ahead", slot, found.ahead[slot : slot + 1], city, soon=_is_on(found, slot, today))
            for slot in range(LISTED)
        ),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note="semua layanan")


def _late_words(found: Deadlines, *, heard: bool) -> str:
    if not heard:
        return "Menunggu kasus pertama dari layanan mana pun"
    most = "≥ " if found.cut else ""
    return (
        f"Terlama lewat tenggat, dari {most}{number(len(found.late))} kasus"
        if found.late
        else "○ Tidak ada yang lewat tenggat"
    )


def _ahead_words(found: Deadlines) -> str:
    if not found.ahead:
        return ""
    today = f"{number(found.today)} kasus jatuh tempo hari ini" if found.today else "tidak ada lagi hari ini"
    return f"Tenggat berikutnya · {today}"


def _is_on(found: Deadlines, slot: int, today: date) -> bool:
    return slot < len(found.ahead) and found.ahead[slot].due.day == today


def _case(which: str, slot: int, one: tuple[Dated, ...], city: City, *, soon: bool = False) -> html.Div:
    each = one[0] if one else None
    late = which == "late"
    rank, sign = (3, "■") if late else (1, "◆") if soon else (0, "○")
    ident = f"due-{which}-{slot}"
    return html.Div(
        [
            html.Span(
                f"{sign} {_when(each, city)}" if each else "", id=f"{ident}-when", className=f"status rank-{rank}"
            ),
            parts.link(
                f"{ident}-what",
                _what(each.row, city) if each else "",
                links.case(each.row["service"], each.row["case_id"]) if each else None,
                "name",
            ),
            parts.link(
                f"{ident}-agency",
                _whose(each.row, city) if each else "",
                links.agency(each.row["agency"]) if each and each.row["agency"] in city.agencies else None,
                "due-agency",
            ),
            parts.ago(f"{ident}-ago", each.due.at if each and late else None),
            parts.text(f"{ident}-rule", _rule(each) if each else "", "sub"),
        ],
        id=ident,
        className="due-case" if each else "due-case unused",
        **parts.marked(
            case=f"{each.row['service']}/{each.row['case_id']}" if each else None,
            status=each.row["status"] if each else None,
        ),
    )


def _when(each: Dated, city: City) -> str:
    """The last day on which it may end; the hour too where the limit is in hours or minutes."""
    at: datetime = each.due.at
    if each.due.stage.unit in DAYS_UNITS:
        return weekday(at - MOMENT, city.zone)
    return f"{day(at, city.zone)} {clock(at, city.zone)}"


def _what(row: Row, city: City) -> str:
    service = city.services[row["service"]]
    category = service.categories.get(row["category"] or "")
    place = city.subdistricts.get(row["subdistrict"] or "")
    name = category.name if category else service.name
    return short(" · ".join([name, *([f"Kel. {place.name}"] if place else [])]), _LONGEST_WHAT)


def _whose(row: Row, city: City) -> str:
    agency = city.agencies.get(row["agency"] or "")
    return agency.short if agency else NO_AGENCY


def _rule(each: Dated) -> str:
    stage = each.due.stage
    limit = f"{number(stage.length)} {_UNITS[stage.unit]}{', contoh' if stage.sample else ''}"
    return f"{short(each.row['case_id'], _LONGEST_ID)} · {short(stage.name, _LONGEST_RULE)}, {limit}"


PANEL = Panel(
    key="due",
    title="Tenggat",
    streams=frozenset({"cases"}),
    questions=(Question("service_open", every=5.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="agencies",
    every=0.5,
    fit=Fit(width=43, height=18, rows=(".due-case",)),
)

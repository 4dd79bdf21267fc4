"""Agencies (OPD) over all services: who is late, what is open and waiting, and how long cases took; the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, links, parts, theme
from layouts.curves import pairs
from layouts.findings.agencies import Agencies, AgencyFigures, Span, agencies_of
from layouts.findings.case_states import NO_AGENCY_KEY, OPEN
from layouts.findings.cases import NO_AGENCY
from layouts.formats import NOTHING, duration, number, short
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
SHOWN = 15
"""Rows that fit; the worst come first and the rest is counted in one line."""
_MEANS = (
    "Median kasus yang masuk dalam 30 hari, dari yang sudah sampai tahap itu; waktu berjalan, termasuk malam dan libur."
)
_LONGEST_NAME = 28
_HEADS = ("OPD", "Lewat tenggat", "Terbuka", "Median sampai tindakan", "Median sampai selesai", "Tertua")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row an agency, most past their deadline first."""
    found = agencies_of(rows, context.city, context.now)
    days = html.Span(
        [
            html.Span("14 hari: "),
            html.Span("■ masuk ", className="agencies-opened"),
            html.Span("■ berakhir", className="agencies-ended"),
        ]
    )
    body = [
        html.Div([*(html.Span(words) for words in _HEADS), days], className="agencies-row agencies-heads"),
        *(_row(slot, found, context.city) for slot in range(SHOWN)),
        html.P(_rest(found), id="agencies-rest", className="rest"),
    ]
    return parts.frame(PANEL, body, found.newest, empty=found.newest is None, note=_note(found))


def _note(found: Agencies) -> str:
    late, all_ = sum(each.overdue > 0 for each in found.figures), len(found.figures)
    if not all_:
        return ""
    return f"{number(late)} dari {number(all_)} OPD punya kasus lewat tenggat · semua layanan, terburuk di atas"


def _rest(found: Agencies) -> str:
    if not found.figures:
        return "Menunggu kasus pertama dari layanan mana pun."
    hidden = found.figures[SHOWN:]
    late = sum(each.overdue for each in hidden)
    more = f"{len(hidden)} OPD lain: {number(late)} lewat tenggat · " if hidden else ""
    most = "≥: lebih banyak kasus terbuka daripada yang dihitung · " if found.deadlines.cut else ""
    return f"{more}{most}{_MEANS}"


def _row(slot: int, found: Agencies, city: City) -> html.Div:
    each = found.figures[slot] if slot < len(found.figures) else None
    return html.Div(
        [
            _who(slot, each, city),
            _verdict(slot, each, cut=found.deadlines.cut),
            _open(slot, each),
            _span("first", slot, each.first if each else None),
            _span("done", slot, each.done if each else None),
            html.Span(parts.ago(f"agencies-oldest-{slot}", each.oldest if each else None), className="sub"),
            _days(slot, each),
        ],
        id=f"agencies-row-{slot}",
        className="agencies-row" if each else "agencies-row unused",
    )


def _who(slot: int, each: AgencyFigures | None, city: City) -> html.Div:
    agency = city.agencies.get(each.key) if each else None
    name = agency.short if agency else (each.key if each else "")
    return html.Div(
        [
            parts.link(f"agencies-name-{slot}", short(name, _LONGEST_NAME), _page(each, city), "name"),
            parts.text(f"agencies-services-{slot}", _services(each, city), "sub"),
        ],
        className="who",
    )


def _services(each: AgencyFigures | None, city: City) -> str:
    """Whose cases are open: the service with most of them, and how many others."""
    if each is None:
        return ""
    if not each.by_service:
        return "tidak ada yang terbuka"
    most, *others = (key for key, _ in sorted(each.by_service.items(), key=lambda item: (-item[1], item[0])))
    return short(f"{city.services[most].name}{f' + {len(others)} lain' if others else ''}", _LONGEST_NAME)


def _verdict(slot: int, each: AgencyFigures | None, *, cut: bool) -> html.Div:
    words, rank, sub = "", 0, ""
    if each is not None and each.overdue:
        words, rank = f"■ {'≥ ' if cut else ''}{number(each.overdue)} lewat", 3
        sub = f"dari {number(each.open)} terbuka{', contoh' if each.sample else ''}"
    elif each is not None:
        words = "○ tanpa tenggat" if each.open and not each.dated else "○ tidak ada"
    return html.Div(
        [
            parts.link(f"agencies-late-{slot}", words, _cases(each, overdue="ya"), f"status rank-{rank}"),
            parts.text(f"agencies-late-of-{slot}", sub, "sub"),
        ],
        className="verdict",
    )


def _open(slot: int, each: AgencyFigures | None) -> html.Div:
    """How many are open, how many of them nobody has taken up, and which part of them is late."""
    opened, waiting = (each.open, each.waiting) if each else (0, 0)
    share = each.overdue / opened if each and opened else 0.0
    late = html.Span(id=f"agencies-part-late-{slot}", className="agencies-late", style={"width": f"{share * 100:.0f}%"})
    return html.Div(
        [
            html.Span(
                [
                    parts.link(
                        f"agencies-open-{slot}", number(opened) if each else NOTHING, _cases(each, state=OPEN), "figure"
                    ),
                    parts.link(
                        f"agencies-waiting-{slot}",
                        f"● {number(waiting)} menunggu" if waiting else "",
                        _cases(each, state="menunggu") if waiting else None,
                        "sub",
                    ),
                ],
                className="line",
            ),
            html.Span(
                late, id=f"agencies-part-{slot}", className="agencies-part" if opened else "agencies-part unused"
            ),
        ],
        className="agencies-open",
    )


def _page(each: AgencyFigures | None, city: City) -> str | None:
    return links.agency(each.key) if each and each.key in city.agencies else None


def _cases(each: AgencyFigures | None, **filters: str) -> str | None:
    """The list of an agency's cases."""
    if each is None:
        return None
    return links.cases(agency=NO_AGENCY_KEY if each.key == NO_AGENCY else each.key, **filters)


def _span(which: str, slot: int, span: Span | None) -> html.Div:
    ident = f"agencies-{which}-{slot}"
    return html.Div(
        [
            parts.text(ident, duration(span.seconds) if span else NOTHING, "figure"),
            parts.text(f"{ident}-of", f"{number(span.n)} dari {number(span.of)}" if span else "", "sub"),
        ],
        className=f"verdict agencies-{which}",
    )


def _days(slot: int, each: AgencyFigures | None) -> html.Img:
    days: Sequence[tuple[int, int]] = each.days if each else ()
    opened, ended = (sum(column) for column in zip(*days, strict=True)) if days else (0, 0)
    said = f"14 hari: {number(opened)} masuk, {number(ended)} berakhir"
    src = pairs([(float(one), float(other)) for one, other in days], theme.SKY, theme.CALM)
    return parts.picture(f"agencies-days-{slot}", src, said, "bars")


PANEL = Panel(
    key="agencies",
    title="Menurut OPD",
    streams=frozenset({"cases"}),
    questions=(
        Question("service_open", every=5.0),
        Question("agency_times", every=30.0),
        Question("agency_days", every=30.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="agencies",
    every=0.5,
    fit=Fit(width=70, height=26, spare=(".rest",), rows=(".agencies-row:not(.agencies-heads)",)),
)

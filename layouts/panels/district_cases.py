"""The open cases of one kecamatan, kelurahan by kelurahan: where they gather, and what they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from layouts import html, parts
from layouts.findings.services import is_case
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)


@dataclass(slots=True)
class _Tally:
    """What is open in one kelurahan: how many, how many nobody has taken up, of which categories, since when."""

    open: int = 0
    waiting: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    oldest: datetime | None = None


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a kelurahan, the one with most open cases first."""
    city, district = context.city, context.options.get("district", "")
    found = rows.get("district_cases", ())
    tallies = _tallies(found, city)
    places = [each for each in city.subdistricts.values() if each.district == district]
    ranked = sorted(places, key=lambda each: (-tallies[each.code].open, each.code))
    body: Sequence[html.P | html.Table] = [parts.nothing("Tidak ada aduan terbuka di kecamatan ini.")]
    if found:
        head = [html.Th(words, scope="col") for words in ("Kelurahan", "Terbuka", "Menunggu", "Terbanyak", "Tertua")]
        lines = [_line(each.code, each.name, tallies[each.code]) for each in ranked]
        body = [html.Table([html.Thead(html.Tr(head)), html.Tbody(lines)], className="sheet")]
    newest = parts.newest(row["newest_status_at"] for row in found)
    return parts.frame(PANEL, body, newest, empty=not found, note="semua layanan", scrolls=True)


def _tallies(found: Sequence[Row], city: City) -> Mapping[str, _Tally]:
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for row in found:
        service = city.services.get(row["service"])
        if service is None or row["status"] not in service.statuses or not is_case(service, row["category"]):
            continue
        tally, since = tallies[row["subdistrict"]], row["oldest_opened_at"]
        category = service.categories.get(row["category"] or "")
        tally.open += row["n"]
        tally.waiting += row["n"] if service.statuses[row["status"]].role == "waiting" else 0
        tally.categories[category.name if category else service.name] += row["n"]
        tally.oldest = since if tally.oldest is None else min(tally.oldest, since)
    return tallies


def _line(code: str, name: str, tally: _Tally) -> html.Tr:
    most = ", ".join(f"{word} {number(n)}" for word, n in tally.categories.most_common(2))
    ident = code.replace(".", "-")
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(parts.text(f"district_cases-open-{ident}", number(tally.open))),
            html.Td(parts.text(f"district_cases-waiting-{ident}", number(tally.waiting))),
            html.Td(parts.text(f"district_cases-most-{ident}", most or "–")),
            html.Td(parts.ago(f"district_cases-oldest-{ident}", tally.oldest)),
        ]
    )


PANEL = Panel(
    key="district_cases",
    title="Aduan terbuka menurut kelurahan",
    streams=frozenset({"cases"}),
    questions=(Question("district_cases", every=1.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("district",),
)

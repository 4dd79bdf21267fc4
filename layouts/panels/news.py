"""The city's news: the newest item large, the next ones below it."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.bulletins import in_slots, name_of, news_of, where
from layouts.formats import number, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(days=3), timedelta(days=10)
"""Over a weekend an office may be silent; after a long one the list is old news."""
ITEMS = 7
_TITLE, _BODY, _LEAD = 100, 160, 300


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the newest items of the channels that the pack calls news."""
    city = context.city
    found = news_of(rows, city, "news")
    observed = parts.newest(row["issued_at"] for row in found)
    if not found:
        names = ", ".join(each.name for each in city.channels.values() if each.kind == "news")
        words = f"Menunggu berita pertama dari kanal {names}." if names else "Paket kota tidak memuat kanal berita."
        return parts.frame(PANEL, parts.nothing(words), None, empty=True)
    today = city.calendar.local_day(context.now)
    n = sum(city.calendar.local_day(row["issued_at"]) == today for row in found)
    body = [_item(slot, row, city) for slot, row in enumerate(in_slots(found, ITEMS))]
    sample = any(each.kind == "news" and each.sample for each in city.channels.values())
    note = f"{number(n)} hari ini{' · bentuk umpan contoh' if sample else ''}"
    return parts.frame(PANEL, body, observed, empty=False, note=note)


def _item(slot: int, row: Row | None, city: City) -> html.Article:
    lead = " lead" if slot == 0 else ""
    about = " · ".join(filter(None, (_channel(row, city), _where(row, city)))) if row else ""
    return html.Article(
        [
            parts.text(f"news-title-{slot}", short(row["title"], _TITLE) if row else "", "headline"),
            parts.text(f"news-body-{slot}", short(row["body"], _BODY if slot else _LEAD) if row else "", "told"),
            html.Div(
                [
                    parts.text(f"news-about-{slot}", about, "sub"),
                    parts.ago(f"news-at-{slot}", row["issued_at"] if row else None),
                ],
                className="line",
            ),
        ],
        id=f"news-item-{slot}",
        className=f"news-item{lead}" if row else "vacant",
        **parts.marked(bulletin=f"{row['channel']}/{row['id']}" if row else None),
    )


def _channel(row: Row, city: City) -> str:
    """Whose item it is, where there is more than one channel of news."""
    several = sum(each.kind == "news" for each in city.channels.values()) > 1
    return name_of(row["channel"], city) if several else ""


def _where(row: Row, city: City) -> str:
    found = where(row, city, 2)
    return f"Kec. {found}" if found and any(code in city.districts for code in row["areas"]) else found


PANEL = Panel(
    key="news",
    title="Berita kota",
    streams=frozenset({"bulletins"}),
    questions=(Question("news", every=2.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="announcements",
    every=0.5,
    fit=Fit(width=33, height=24, spare=(".told",), rows=(".news-item",)),
)

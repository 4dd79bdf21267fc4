"""What has changed in the last two days. The page itself marks what is new since this desk was last here."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, theme
from layouts.findings.changes import Change, changes_of
from layouts.formats import moment, number, rfc3339
from layouts.panel import Context, Panel, Question, Rows

LATE, STALE = timedelta(minutes=10), timedelta(hours=1)
MOST = 24


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one line a change, the newest first; `data-at` is what the page compares with its last visit."""
    observed = parts.leading(
        (row["observed_at"] for row in rows.get("latest_readings", ())),
        [
            *(row["status_at"] for row in rows.get("service_open", ())),
            *(row["at"] for row in rows.get("step_changes", ())),
        ],
    )
    found = changes_of(rows, context.city, context.now) if observed is not None else ()
    body: list[html.P | html.Ol] = [html.P(id="changes-visit", className="visit")]
    if found:
        more = number(len(found) - MOST) if len(found) > MOST else None
        lines = [_line(slot, each, context) for slot, each in enumerate(found[:MOST])]
        body.append(html.Ol(lines, id="changes-list", **parts.marked(more=more)))
    else:
        body.append(parts.nothing("○ Tidak ada perubahan dalam 48 jam terakhir."))
    note = f"48 jam terakhir · {number(len(found))} perubahan" if found else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _line(slot: int, each: Change, context: Context) -> html.Li:
    city = context.city
    sign = "✓" if each.better else theme.level(each.rank).sign
    return html.Li(
        [
            html.Span(sign, className=f"status rank-{each.rank}"),
            html.A(each.what, href=each.href, className="name"),
            html.Span(each.where, className="sub"),
            html.Span(moment(each.at, city.zone, city.zone_word), className="sub when"),
        ],
        id=f"changes-{slot}",
        className="change",
        **parts.marked(change=each.key, at=rfc3339(each.at), sort=each.sort, n=str(each.n)),
    )


PANEL = Panel(
    key="changes",
    title="Yang berubah",
    streams=frozenset({"readings", "cases", "prices", "bulletins", "alarms"}),
    questions=(
        Question("latest_readings", 1.0),
        Question("step_changes", every=2.0),
        Question("record_readings", every=300.0, anyway=300.0),
        Question("gauge_trend", every=15.0),
        Question("bulletins_now", 1.0),
        Question("bulletins_ended", every=5.0),
        Question("service_open", every=5.0),
        Question("price_board", every=5.0),
        Question("price_days", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
    look="mayor",
)

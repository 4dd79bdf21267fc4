"""What alarms cost the people at the desk: how many, in floods or not, of which rules, and what is to be mended."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.alarm_load import DAYS, Load, RuleLoad, load_of
from layouts.findings.alarms import PRIORITY_WORDS
from layouts.formats import NOTHING, duration, known, number, percent
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import AlarmLimits

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
"""Silence is good here."""
_HEADS = ("Aturan", "Prioritas", "30 hari", "24 jam", "Sumber", "Sampai diterima", "Lamanya", "Tak diterima", "Saran")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the figures against their limits, then one row a rule, the busiest first."""
    city = context.city
    found = load_of(rows, city)
    observed = parts.newest(row["known_at"] for row in rows.get("alarm_rule_figures", ()))
    if not found.rules:
        words = parts.nothing(f"○ Tidak ada alarm dalam {DAYS} hari.")
        return parts.frame(PANEL, words, observed, empty=True)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    table = html.Table(
        [head, html.Tbody([_line(slot, each) for slot, each in enumerate(found.rules)])], className="sheet"
    )
    body = [parts.facts("alarm_load", _facts(found, city.alarm_limits)), table]
    note = f"{number(found.alarms)} alarm dalam {DAYS} hari, dihitung untuk satu posisi operator"
    return parts.frame(PANEL, body, observed, empty=False, note=note, scrolls=True)


def _facts(found: Load, limits: AlarmLimits) -> list[parts.Fact]:
    rank = 0 if found.hourly <= limits.hourly_good else 1 if found.hourly <= limits.hourly_most else 2
    bounds = f"wajar {number(limits.hourly_good)}, paling banyak {number(limits.hourly_most)}"
    told = f"{number(found.hourly, 1)} per jam; {bounds}"
    flooded = 100 * found.flood_time
    floods = (
        f"{number(found.floods)} kali, {percent(flooded, 1)} waktu; seharusnya di bawah {percent(limits.flood_time)}"
    )
    spread = " · ".join(f"{PRIORITY_WORDS[key]} {percent(share)}" for key, share in found.shares.items())
    wanted = f"{percent(limits.share_high)} tinggi, {percent(limits.share_medium)} sedang"
    return [
        ("Alarm 24 jam terakhir", parts.badge("alarm_load-hourly", rank, told), "rate"),
        ("Banjir alarm", parts.badge("alarm_load-floods", int(flooded > limits.flood_time), floods), "flood"),
        ("Sebaran prioritas", f"{spread}; sebaiknya {wanted}", "spread"),
    ]


def _line(slot: int, each: RuleLoad) -> html.Tr:
    row, ident = each.row, f"alarm_load-{slot}"
    return html.Tr(
        [
            html.Th(parts.text(f"{ident}-rule", each.title), scope="row"),
            html.Td(parts.badge(f"{ident}-priority", each.rank, PRIORITY_WORDS[row["priority"]])),
            html.Td(parts.text(f"{ident}-n", f"{number(row['n'])} ({percent(each.share)})"), className="figures"),
            html.Td(parts.text(f"{ident}-day", number(row["n_24h"])), className="figures"),
            html.Td(parts.text(f"{ident}-sources", number(row["sources"])), className="figures"),
            html.Td(parts.text(f"{ident}-seen", _span(row["acknowledged_after"]))),
            html.Td(parts.text(f"{ident}-ended", _span(row["ended_after"]))),
            html.Td(parts.text(f"{ident}-unseen", number(row["unseen"])), className="figures"),
            html.Td(parts.text(f"{ident}-advice", "; ".join(each.advice) or NOTHING, "sub under")),
        ],
        id=ident,
    )


def _span(seconds: object) -> str:
    found = known(seconds)  # type: ignore[arg-type] # what the database gives
    return NOTHING if found is None else f"{number(found)} detik" if found < 60 else duration(found)  # noqa: PLR2004


PANEL = Panel(
    key="alarm_load",
    title="Beban alarm",
    streams=frozenset({"alarms"}),
    questions=(Question("alarm_rule_figures", every=5.0), Question("alarm_tens", every=5.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
)

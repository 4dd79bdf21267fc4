"""Earthquakes: the gravest that concerns the city stands out, below it the newest with distance and direction."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.credit import credit
from layouts.findings.quakes import QuakeFinding, gravest, quake_findings
from layouts.formats import moment, number, short
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City
from sensors.pack.quakes import LEVELS, MMI

SHOWN = 6
LATE, STALE = timedelta(days=3), timedelta(days=10)
"""A felt quake somewhere in the country comes almost daily; three days without one are worth a look at the feed."""
_PLACE, _LONG, _FELT = 40, 60, 70
_PREFIX = "pusat gempa berada di "


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the quake in the foreground, or that there is none, and the newest ones."""
    city, found = context.city, quake_findings(rows, context.city)
    observed = parts.newest(each.row["at"] for each in found)
    source = credit([each.row for each in found])
    body = [
        _foreground(gravest(found, context.now), city, heard=bool(found)),
        html.H3("Terbaru"),
        *(_row(slot, found[slot] if slot < len(found) else None) for slot in range(SHOWN)),
    ]
    note = f"Sumber: {source}" if source else "menunggu data gempa BMKG"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _foreground(each: QuakeFinding | None, city: City, *, heard: bool) -> html.Div:
    if each is None:
        calm = "Tidak ada yang menyangkut kota" if heard else "Belum ada gempa yang diterima"
        return _lifted(0, "Tenang" if heard else "Belum tahu", "", calm, "", _thresholds(city))
    rule = each.rule
    word = rule.level.capitalize() if rule else ""
    when = moment(each.row["at"], city.zone, city.zone_word)
    sample = "ambang contoh" if rule and rule.sample else ""
    felt = f"dirasakan {short(each.row['felt'], _FELT)} (MMI)" if each.row["felt"] else "belum ada laporan dirasakan"
    told = " · ".join(filter(None, (when, felt, _tsunami(each), sample)))
    return _lifted(each.rank, word, _magnitude(each), _seen(each), _place(each, _LONG), told)


def _tsunami(each: QuakeFinding) -> str:
    """BMKG's words on a tsunami; what else stands in that field says nothing about the quake."""
    words = short(each.row["potential"], _LONG)
    return words.lower() if "tsunami" in words.casefold() else ""


def _lifted(rank: int, word: str, magnitude: str, seen: str, place: str, told: str) -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    parts.text("quakes-magnitude", magnitude, "key"),
                    html.Div(
                        [parts.badge("quakes-level", rank, word), parts.text("quakes-seen", seen, "quake-seen")],
                        className="quake-what",
                    ),
                ],
                className="line",
            ),
            parts.text("quakes-place", place, "quake-place"),
            parts.text("quakes-told", told, "quake-told"),
        ],
        id="quakes-foreground",
        className=f"quake-foreground standing-{rank}",
    )


def _row(slot: int, each: QuakeFinding | None) -> html.Div:
    return html.Div(
        [
            parts.text(f"quakes-size-{slot}", _magnitude(each) if each else "", "figure"),
            parts.text(f"quakes-where-{slot}", _place(each, _PLACE) if each else "", "name"),
            parts.text(f"quakes-far-{slot}", _details(each) if each else "", "sub"),
            parts.ago(f"quakes-at-{slot}", each.row["at"] if each else None),
        ],
        id=f"quakes-row-{slot}",
        className="quake",
    )


def _details(each: QuakeFinding) -> str:
    depth = each.row["depth_km"]
    said = [_seen(each)]
    said += [f"dalam {number(depth)} km"] if depth is not None else []
    said += [f"di kota {MMI[each.felt - 1]} MMI"] if each.felt else []
    return " · ".join(said)


def _seen(each: QuakeFinding) -> str:
    return f"{number(each.km)} km {each.direction} kota"


def _magnitude(each: QuakeFinding) -> str:
    return f"M {number(each.magnitude, 1)}"


def _place(each: QuakeFinding, most: int) -> str:
    """BMKG's words without the ones every place begins with."""
    words = each.row["place"] or ""
    bare = words[len(_PREFIX) :] if words.casefold().startswith(_PREFIX) else words
    bare = bare.replace("Kabupaten ", "Kab. ")
    return short(bare[:1].upper() + bare[1:], most) or "tempat tidak disebut"


def _thresholds(city: City) -> str:
    """What the mildest rules lift, so that calm can be checked."""
    mild = [rule for rule in city.quake_rules if rule.level == LEVELS[0]]
    said = [
        f"M ≥ {number(rule.magnitude, 1)} dalam {number(rule.within_km)} km"
        for rule in mild
        if rule.magnitude is not None
    ]
    said += [f"dirasakan ≥ {MMI[rule.felt - 1]} MMI di kota" for rule in mild if rule.felt]
    sample = " (ambang contoh)" if any(rule.sample for rule in mild) else ""
    return f"Ditonjolkan bila {', '.join(said)}{sample}" if said else ""


PANEL = Panel(
    key="quakes",
    title="Gempa bumi",
    streams=frozenset({"bulletins"}),
    questions=(Question("quakes_recent", every=1.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="weather",
    every=0.5,
    fit=Fit(width=29, height=18, spare=(".quake-told",), rows=(".quake",), says=(".key", ".badge", ".quake-seen")),
    warns=True,
)

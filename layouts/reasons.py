"""Why a place has its colour: each of its figures beside what is usual and the row of the pack that judges it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layouts import html, links, parts
from layouts.findings.bulletins import rank_of
from layouts.findings.floods import FLOOD
from layouts.findings.places import Place, Places
from layouts.formats import NOTHING, day, number, percent
from sensors.city import City, PlaceLevel
from sensors.judge.place import Reason, Standing
from sensors.pack.place_levels import LOWER_IS_WORSE

_HEADS = ("Ukuran", "Kini", "Biasanya", "Tingkat", "Aturan")
_WARNINGS = ("info", "waspada", "siaga", "awas")
_LONG = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a place: what it is called, its figure in words, where that leads, and what is usual."""

    measure: str
    title: str
    now: str
    href: str | None
    usual: str


def words_of(standing: Standing) -> str:
    """A level in one word, marked where it is the project's own choice."""
    return f"{standing.level}{' (contoh)' if standing.sample else ''}"


def badge(ident: str, standing: Standing) -> html.Span:
    """A level as shape, word and colour."""
    return parts.badge(ident, standing.rank, standing.level)


def headline(place: Place, places: Places, city: City) -> str:
    """Why the place has its colour, in one sentence."""
    if not place.standing.reasons:
        return "Tidak ada ukuran yang melewati batas."
    worst = place.standing.reasons[0]
    told = {line.measure: line for line in _lines(place, places, city)}
    others = len(place.standing.reasons) - 1
    more = f" · {number(others)} alasan lain di bawah" if others else ""
    return f"{told[worst.row.measure].title}: {told[worst.row.measure].now}, {_limit(worst.row)}{more}"


def short_reason(place: Place) -> str:
    """The worst reason in a few words, for a row of a table."""
    if not place.standing.reasons:
        return ""
    return _brief(place.standing.reasons[0], place)


def table(panel: str, place: Place, places: Places, city: City) -> html.Table:
    """Every measure of the place, judged or not."""
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    body = html.Tbody([_row(panel, line, place, city) for line in _lines(place, places, city)])
    return html.Table([head, body], className="sheet reasons")


def _row(panel: str, line: Line, place: Place, city: City) -> html.Tr:
    reason = next((each for each in place.standing.reasons if each.row.measure == line.measure), None)
    ident = f"{panel}-{line.measure}"
    figure = parts.text(f"{ident}-now", line.now)
    rank = reason.row.rank if reason else 0
    level = reason.row.level if reason else "biasa"
    judged = any(row.measure == line.measure and row.scope == place.scope for row in city.place_levels)
    return html.Tr(
        [
            html.Th(line.title, scope="row"),
            html.Td(html.A(figure, href=line.href) if line.href else figure),
            html.Td(parts.text(f"{ident}-usual", line.usual)),
            html.Td(parts.badge(f"{ident}-level", rank, level) if judged and line.now != NOTHING else NOTHING),
            html.Td(parts.text(f"{ident}-rule", _rules(line.measure, place, city), "sub wraps")),
        ]
    )


def _lines(place: Place, places: Places, city: City) -> Iterator[Line]:
    usual, tally = places.usual[place.scope], place.tally
    here = {"subdistrict": place.code} if place.scope == "kelurahan" else {"district": place.code}
    of = f"median {number(len(places.of(place.scope)))} {place.scope}"
    if place.scope == "kecamatan":
        yield Line(
            "red", "Kelurahan merah", f"{number(place.red)} dari {number(place.parts)}", "#panel-district_cases", ""
        )
    yield Line("overdue", "Lewat tenggat", f"{number(tally.overdue)} kasus", links.cases(**here, overdue="ya"),
               f"{of}: {number(usual.overdue)}")  # fmt: skip
    share = f", {percent(tally.open / usual.open * 100)} dari median" if usual.open else ""
    yield Line("open", "Terbuka", f"{number(tally.open)} kasus{share}", links.cases(**here, state="terbuka"),
               f"{of}: {number(usual.open)}")  # fmt: skip
    yield Line("waiting", "Belum ditangani", f"{number(tally.waiting)} kasus", links.cases(**here, state="menunggu"),
               f"{of}: {number(usual.waiting)}")  # fmt: skip
    gauge = place.gauge
    if gauge is None:
        yield Line("gauge", "Sungai", NOTHING, None, "tidak ada pos di sini")
    else:
        words = f"{gauge.words} di {gauge.gauge.name}"
        yield Line("gauge", "Sungai", words, links.device(gauge.gauge), "Siaga 4 (normal)")
    if place.scope == "kecamatan":
        yield Line("flood", "Banjir", f"{number(place.floods)} kasus terbuka",
                   links.cases(**here, category=FLOOD, state="terbuka"), "biasanya tidak ada")  # fmt: skip
    yield _rain(place)
    yield _air(place)
    yield _warning(place, city)


def _rain(place: Place) -> Line:
    rain = place.rain
    if rain is None:
        return Line("rain", "Hujan", NOTHING, None, "tidak ada pos di sini")
    hour, day_ = (f"{number(each.mm, 1)} mm" for each in (rain.hour, rain.day))
    found = rain.day.found or rain.hour.found
    classed = f", {found.word.lower()}" if found else ""
    words = f"{hour} dalam 1 jam, {day_} dalam 24 jam{classed} di {rain.device.name}"
    return Line("rain", "Hujan", words, links.device(rain.device), "menurut kelas BMKG")


def _air(place: Place) -> Line:
    air = place.air
    if air is None or air.verdict is None:
        return Line("air", "Udara", NOTHING, None, "tidak ada stasiun di sini" if air is None else "belum ada data")
    partial = "" if air.complete else f", belum lengkap: data {percent(air.share * 100)}"
    words = f"ISPU {air.words} {air.verdict.category.word}{partial} di {air.station.name}"
    return Line("air", "Udara", words, links.device(air.station), "sampai 100: Baik dan Sedang")


def _warning(place: Place, city: City) -> Line:
    if not place.warnings:
        return Line("warning", "Peringatan", "tidak ada yang menyebut tempat ini", None, "")
    worst = max(place.warnings, key=rank_of)
    more = f" +{number(len(place.warnings) - 1)}" if len(place.warnings) > 1 else ""
    ends = f", sampai {day(worst['expires_at'], city.zone)}" if worst["expires_at"] else ""
    title = worst["title"] if len(worst["title"]) <= _LONG else f"{worst['title'][:_LONG]}…"
    return Line("warning", "Peringatan", f"{worst['severity']}: {title}{ends}{more}", None, "")


def _rules(measure: str, place: Place, city: City) -> str:
    """All rows that judge this measure, in words, with their source."""
    rows = [row for row in city.place_levels if row.measure == measure and row.scope == place.scope]
    if not rows:
        return "hanya dibandingkan"
    steps = ", ".join(f"{row.level} {_limit(row)}" for row in rows)
    sample = " · contoh" if any(row.sample for row in rows) else ""
    return f"{steps} · {rows[-1].source}{sample}"


def _limit(row: PlaceLevel) -> str:
    """From when on a row holds."""
    if row.measure == "warning":
        return f"mulai {_WARNINGS[min(int(row.threshold), len(_WARNINGS) - 1)]}"
    unit = " %" if row.measure == "open" else ""
    least = f" dan {number(row.least)} kasus" if row.least else ""
    word = "mulai Siaga" if row.measure in LOWER_IS_WORSE else "mulai"
    return f"{word} {number(row.threshold)}{unit}{least}"


def _brief(reason: Reason, place: Place) -> str:
    words = {
        "overdue": f"{number(reason.value)} kasus lewat tenggat",
        "open": f"kasus terbuka {percent(reason.value)} dari median",
        "gauge": f"{place.gauge.gauge.name} Siaga {number(reason.value)}" if place.gauge else "",
        "air": f"ISPU {number(reason.value)}",
        "warning": f"peringatan {_WARNINGS[min(int(reason.value), len(_WARNINGS) - 1)]}",
        "red": f"{number(reason.value)} kelurahan merah",
    }
    return words[reason.row.measure]

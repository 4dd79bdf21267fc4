"""One station: its ISPU and the pollutant that decides, each pollutant's mean and class, or its zone's noise."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.air import AirFinding, PollutantMean, air_findings, pollutants, written
from layouts.findings.noise import NoiseFinding, noise_findings
from layouts.formats import NOTHING, number, percent
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City, Device
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_HEADS = ("Pencemar", "Kini", "Rerata 24 jam", "ISPU", "Kategori", "Data 24 jam")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the index and its parts, the noise where it is measured, and what is known of the station."""
    city, key = context.city, context.options["station"]
    place = city.devices[key]
    latest = [row for row in rows.get("latest_readings", ()) if row["device"] == key]
    observed = parts.newest(row["observed_at"] for row in latest)
    air = next((each for each in air_findings(rows, city) if each.station is place), None)
    noise = next((each for each in noise_findings(rows, city) if each.meter is place), None)
    body: list[Element] = [
        *(_air(air, city) if air else []),
        *(_noise(noise) if noise else []),
        parts.facts("station_now", _facts(place, city)),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, scrolls=True)


def _air(each: AirFinding, city: City) -> list[Element]:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    lines = [_line(each, pollutant) for pollutant in pollutants(city) if pollutant in each.station.kinds]
    verdict = each.verdict
    word = "belum ada rerata" if verdict is None else verdict.category.word
    colour = verdict.category.colour if verdict and each.complete else "tanpa"
    why = "" if verdict is None else f"ditentukan {written(verdict.pollutant)}, {percent(each.share * 100)} data"
    least = city.least_shares["ispu"]
    said = (
        f"◇ di bawah {percent(least.percent)} data: tampil, tetapi tidak menentukan. Semua rerata 24 jam berjalan; "
        f"{city.ispu[0].regulation}."
    )
    return [
        parts.lead(
            parts.text("station_now-index", each.words, "key" if each.complete else "key partial"),
            "ISPU",
            html.Span(word, id="station_now-word", className=f"ispu ispu-{colour}"),
            parts.text("station_now-why", why, "sub"),
        ),
        html.Table([head, html.Tbody(lines)], className="sheet"),
        html.P(said, className="sub caption"),
    ]


def _line(each: AirFinding, pollutant: str) -> html.Tr:
    mean, kind = each.means.get(pollutant), KINDS[pollutant]
    figure = parts.reading("station_now", each.readings.get(pollutant), each.station.key, pollutant, classes="part")
    decides = each.verdict is not None and each.verdict.pollutant == pollutant
    name = f"{written(pollutant)}, menentukan" if decides else written(pollutant)
    cells = (NOTHING,) * 3 if mean is None else _mean(mean)
    colour = mean.category.colour if mean and mean.complete else "tanpa"
    word = mean.category.word if mean else "belum ada"
    return html.Tr(
        [
            html.Th(parts.text(f"station_now-name-{pollutant}", name), scope="row"),
            html.Td([figure, html.Span(f" {kind.unit}", className="unit")], className="figures"),
            html.Td(parts.text(f"station_now-mean-{pollutant}", cells[0]), className="figures"),
            html.Td(parts.text(f"station_now-index-{pollutant}", cells[1]), className="figures"),
            html.Td(html.Span(word, id=f"station_now-class-{pollutant}", className=f"ispu ispu-{colour}")),
            html.Td(parts.text(f"station_now-share-{pollutant}", cells[2]), className="figures"),
        ]
    )


def _mean(mean: PollutantMean) -> tuple[str, str, str]:
    share = percent(mean.share * 100)
    decimals = KINDS[mean.pollutant].decimals
    return number(mean.mean, decimals), mean.words, share if mean.complete else f"◇ {share}"


def _noise(each: NoiseFinding) -> list[Element]:
    verdict, limit, unit = each.verdict, each.limit, KINDS["noise"].unit
    over = NOTHING if verdict is None else f"{number(verdict.over, 1, sign=True)} dB terhadap baku"
    wanted = "zona belum ditetapkan" if limit is None else f"baku {number(limit.limit)} {unit}, zona {limit.name}"
    figure = parts.text("station_now-noise", number(verdict.level if verdict else None, 1), "key")
    beside = (
        parts.badge("station_now-over", each.rank, over if each.complete else "belum lengkap"),
        parts.text("station_now-limit", f"{wanted} · {percent(each.share * 100)} data 24 jam", "sub"),
    )
    said: list[parts.Fact] = [
        ("Siang (Ls)", number(verdict.day if verdict else None, 1), "noise-day"),
        ("Malam (Lm)", number(verdict.night if verdict else None, 1), "noise-night"),
        ("Kini", parts.reading("station_now", each.row, each.meter.key, "noise", classes="part"), "noise-now"),
    ]
    return [parts.lead(figure, f"{unit} siang-malam", *beside), parts.facts("station_now-noise", said)]


def _facts(place: Device, city: City) -> list[parts.Fact]:
    where: str | html.A = "di luar kota"
    if place.district:
        where = html.A(f"Kec. {city.districts[place.district].name}", href=links.district(place.district))
    owner = city.agencies[place.agency] if place.agency else None
    return [
        ("Letak", [where, " (perkiraan)"] if place.point.approximate else where, "place"),
        ("Pengelola", html.A(owner.name, href=links.agency(owner.key)) if owner else NOTHING, "agency"),
        ("Perangkat", html.A(place.key, href=links.unit(place.key)), "device"),
        ("Sumber", place.source, "source"),
    ]


PANEL = Panel(
    key="station_now",
    title="Keadaan stasiun",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("air_day_means", every=10.0), Question("noise_hours", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("station",),
)

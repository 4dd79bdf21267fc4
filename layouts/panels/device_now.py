"""One device: what it measures with value, age and completeness, where it stands, whose it is and since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.delays import delay_facts
from layouts.findings.device_words import PLACES, share_words, state_badge
from layouts.findings.doubts import doubts_by_kind
from layouts.findings.health import MAINTAINED, DeviceHealth, SeriesHealth, device_health, hours_by_series
from layouts.findings.network_words import network_facts
from layouts.formats import NOTHING, duration, moment, number
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City, Device

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw what it measures as a table, then what is known of it. A device nobody knows is no page at all."""
    key, city = context.options["device"], context.city
    found, hours = rows.get("device_now", ()), hours_by_series(rows.get("device_hours", ()))
    window = next((row for row in rows.get("maintenance_now", ()) if row["device"] == key), None)
    each = device_health(key, found, {kind: n for (of, kind), n in hours.items() if of == key}, city, window)
    if each.place is None and not each.series:
        return parts.frame(PANEL, parts.nothing(f"Perangkat {key} tidak dikenal."), None, empty=True, missing=True)
    observed = each.newest.row["observed_at"] if each.newest and each.newest.row else None
    heads = ("Besaran", "Nilai", "Umur", "Status", "Data 24 jam", "Diragukan 24 jam", "Selang wajar")
    doubts = doubts_by_kind(rows.get("device_doubts", ()))
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    lines = [_line(each, one, doubts) for one in each.series]
    table = html.Table([head, html.Tbody(lines)], className="sheet")
    facts = _facts(each, city)
    facts += delay_facts(rows.get("device_delays", ()))
    for row in rows.get("network_device", ()):
        facts += network_facts(row, city)
    return parts.frame(PANEL, [table, parts.facts("device_now", facts)], observed, empty=observed is None, scrolls=True)


def _line(device: DeviceHealth, one: SeriesHealth, doubts: Mapping[str, str]) -> html.Tr:
    kind = one.kind.key
    figure = parts.reading("device_now", one.row, device.key, kind, classes="small-value")
    return html.Tr(
        [
            html.Th(one.kind.name, scope="row"),
            html.Td([figure, html.Span(f" {one.kind.unit}", className="unit")], className="figures"),
            html.Td(parts.ago(f"device_now-age-{kind}", one.row["observed_at"] if one.row else None)),
            html.Td(state_badge(f"device_now-state-{kind}", MAINTAINED if device.window else one.state)),
            html.Td(parts.text(f"device_now-share-{kind}", share_words(one.share)), className="figures"),
            html.Td(parts.badge(f"device_now-doubts-{kind}", int(kind in doubts), doubts.get(kind, NOTHING))),
            html.Td(duration(one.kind.expected_interval.total_seconds())),
        ]
    )


def _facts(each: DeviceHealth, city: City) -> list[parts.Fact]:
    first = moment(each.first_seen, city.zone, city.zone_word) if each.first_seen else "belum pernah terdengar"
    api = "/api/v1/readings/latest"
    return [
        *(_work(each.window, city) if each.window else ()),
        ("Nama dalam pesan", each.key, "key"),
        *(_placed(each.place, city) if each.place else _UNPLACED),
        ("Dikenal sejak", first, "since"),
        ("Menyatakan diri", {"online": "tersambung", "offline": "terputus"}.get(each.status or "", NOTHING), "status"),
        ("Data terbuka", html.A(api, href=links.with_choices(api, device=each.key)), "api"),
    ]


def _work(window: Row, city: City) -> list[parts.Fact]:
    until = moment(window["ends_at"], city.zone, city.zone_word)
    what = f"sampai {until}: {window['reason']} · datanya disimpan, tidak dihitung dan tidak ditampilkan"
    return [("Sedang dirawat", what, "maintenance")]


_UNPLACED: list[parts.Fact] = [("Letak", "belum ditempatkan: tidak ada di paket kota", "place")]


def _placed(place: Device, city: City) -> list[parts.Fact]:
    where: str | html.A = "hulu, di luar kota"
    if place.district:
        where = html.A(city.districts[place.district].name, href=links.district(place.district))
    at = f"{number(place.point.lat, 4)}; {number(place.point.lon, 4)}"
    owner = city.agencies[place.agency] if place.agency else None
    said: list[parts.Fact] = [
        ("Jenis", PLACES[place.place], "kind"),
        ("Kecamatan", where, "district"),
        ("Lintang; bujur", f"{at} (perkiraan)" if place.point.approximate else at, "point"),
        ("Pengelola", html.A(owner.name, href=links.agency(owner.key)) if owner else NOTHING, "agency"),
        ("Sumber", place.source, "source"),
    ]
    if place.camera:
        said.append(("Kamera", html.A(place.camera, href=place.camera, rel="noopener noreferrer"), "camera"))
    if links.device(place) != links.unit(place.key):
        said.append(("Halaman", html.A(f"Riwayat dan penilaian {place.name}", href=links.device(place)), "page"))
    return said


PANEL = Panel(
    key="device_now",
    title="Keadaan perangkat",
    streams=frozenset({"readings", "devices"}),
    questions=(
        Question("device_now"),
        Question("device_hours", every=60.0),
        Question("network_device", every=5.0),
        Question("device_doubts", every=5.0),
        Question("device_delays", every=10.0),
        Question("maintenance_now", every=5.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    options=("device",),
)

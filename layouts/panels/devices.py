"""All devices: what, where, whose, the state by each one's rhythm, how whole its day was, what it said last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.device_words import (
    FILTERS,
    ORDERS,
    PLACES,
    UNPLACED,
    chosen_devices,
    share_words,
    state_badge,
    value_words,
)
from layouts.findings.health import STATES, DeviceHealth, devices_health, tally
from layouts.formats import NOTHING, day, number, plain
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
PATH = "/perangkat"
_HEADS = (
    ("Perangkat", "name"), ("Jenis", "place"), ("Letak", ""), ("Pengelola", ""), ("Status", "state"),
    ("Data 24 jam", "share"), ("Terakhir", ""), ("Umur", "age"), ("Dikenal sejak", "since"),
)  # fmt: skip
"""What stands over each column, and the word by which the address sorts by it."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the counts, the filters, and one row a device that they let through."""
    city, options = context.city, context.options
    everything = devices_health(rows, city)
    observed = parts.newest(each.newest.row["observed_at"] for each in everything if each.newest and each.newest.row)
    found = sorted(chosen_devices(everything, options), key=ORDERS[options["order"]])
    head = html.Thead(html.Tr([_head(words, sort, options) for words, sort in _HEADS]))
    table = html.Table(
        [head, html.Tbody([_row(each, city) for each in found], id="devices-rows")], className="sheet sheet-devices"
    )
    body = [
        _counts(everything, options),
        _form(city, options),
        html.Div(
            table if found else parts.nothing("Tidak ada perangkat yang cocok dengan saringan ini."), id="devices-all"
        ),
    ]
    note = f"{number(len(found))} dari {number(len(everything))} perangkat"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note, scrolls=True)


def _counts(found: Sequence[DeviceHealth], options: Mapping[str, str]) -> html.Nav:
    """How many are in each state, each a link to just those."""
    counts = tally(found)
    said = [("", f"Semua {number(len(found))}")]
    said += [(state, f"{word.capitalize()} {number(counts[state])}") for state, (_, word) in STATES.items()]
    said.append((UNPLACED, f"Belum ditempatkan {number(sum(each.place is None for each in found))}"))
    return html.Nav(
        [_choice(words, "only", only, options) for only, words in said],
        className="choices",
        **parts.aria(label="Status perangkat"),
    )


def _choice(words: str, name: str, value: str, options: Mapping[str, str]) -> html.A:
    chosen = options[name] == value
    return html.A(
        words,
        href=links.with_choices(PATH, **{**_kept(options), name: value}),
        id=f"devices-{name}-{value or 'all'}",
        className="choice chosen" if chosen else "choice",
        **parts.aria(current="true" if chosen else None),
    )


def _kept(options: Mapping[str, str]) -> dict[str, str]:
    """What the address says, without what holds anyway."""
    return {name: options[name] for name in FILTERS if options[name] and (name, options[name]) != ("order", "state")}


def _form(city: City, options: Mapping[str, str]) -> html.Form:
    """The filters as a plain form: what is chosen stands in the address."""
    kinds = {kind: KINDS[kind].name for device in city.devices.values() for kind in device.kinds}
    owners = {key: city.agencies[key].name for device in city.devices.values() if (key := device.agency)}
    areas = {code: district.name for code, district in city.districts.items()}
    states = {state: word for state, (_, word) in STATES.items()} | {UNPLACED: "belum ditempatkan"}
    sorts = {sort: words for words, sort in _HEADS if sort}
    return html.Form(
        [
            parts.choose("devices", "kind", "Besaran", kinds, options["kind"]),
            parts.choose("devices", "agency", "Pengelola", owners, options["agency"]),
            parts.choose("devices", "district", "Kecamatan", areas, options["district"]),
            parts.choose("devices", "only", "Status", states, options["only"]),
            parts.choose("devices", "order", "Urut menurut", sorts, options["order"], everything=False),
            html.Button("Saring", type="submit"),
            html.A("Hapus saringan", href=PATH),
        ],
        action=PATH,
        method="get",
        className="filters",
    )


def _head(words: str, sort: str, options: Mapping[str, str]) -> html.Th:
    if not sort:
        return html.Th(words, scope="col")
    chosen = options["order"] == sort
    link = html.A(words, href=links.with_choices(PATH, **{**_kept(options), "order": sort}))
    return html.Th(link, scope="col", **parts.aria(sort="ascending" if chosen else None))


def _row(each: DeviceHealth, city: City) -> html.Tr:
    place, newest, key = each.place, each.newest, each.key
    row = newest.row if newest else None
    marks = parts.marked(reading=f"{key}/{newest.kind.key}", value=plain(row["value"])) if newest and row else {}
    kinds = ", ".join(series.kind.name for series in each.series)
    return html.Tr(
        [
            html.Th([html.A(each.name, href=links.unit(key)), html.Span(kinds, className="sub under")], scope="row"),
            html.Td(PLACES[place.place] if place else "belum ditempatkan"),
            html.Td(_where(each, city)),
            html.Td(html.A(city.agencies[place.agency].short, href=links.agency(place.agency))
                    if place and place.agency else NOTHING),
            html.Td(state_badge(f"devices-state-{key}", each.state)),
            html.Td(parts.text(f"devices-share-{key}", share_words(each.share)), className="figures"),
            html.Td(html.Span(value_words(newest), id=f"devices-value-{key}", **marks), className="figures"),
            html.Td(parts.ago(f"devices-age-{key}", row["observed_at"] if row else None)),
            html.Td(day(each.first_seen, city.zone) if each.first_seen else NOTHING),
        ],
        id=f"devices-row-{key}",
    )  # fmt: skip


def _where(each: DeviceHealth, city: City) -> str | html.A:
    if each.place is None:
        return NOTHING
    if each.place.district is None:
        return "hulu, di luar kota"
    return html.A(city.districts[each.place.district].name, href=links.district(each.place.district))


PANEL = Panel(
    key="devices",
    title="Perangkat",
    streams=frozenset({"readings", "devices"}),
    questions=(
        Question("device_list", every=1.0),
        Question("device_hours", every=60.0),
        Question("maintenance_now", every=5.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
    options=FILTERS,
)

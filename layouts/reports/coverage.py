"""What the data cannot say: how whole each kind of data was in the period, and who was silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.prices import silent_markets
from layouts.formats import number, percent
from layouts.reports.facts import Facts, listed, newest
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table
from sensors.city import Device
from sensors.kinds import KINDS

QUESTIONS = ("series_between", "maintenance_now")
WHOLE = 0.9
"""From this share of a day's readings on a device is called whole, as the page of devices has it."""
_COLUMNS = (
    Column("Jenis alat", part=1.2),
    Column("Alat", "right"),
    Column("Terdengar", "right"),
    Column("Kelengkapan data", "right", 1.6),
    Column("Kurang dari 90 %", part=2.2),
    Column("Diam sepanjang periode", part=1.8),
)
_PLACES: Mapping[str, str] = {
    "station": "Stasiun udara",
    "gauge": "Pos duga air",
    "rain": "Pos hujan",
    "junction": "Simpang",
    "noise": "Pengukur bising",
    "street-light": "Lampu jalan",
    "weighbridge": "Jembatan timbang",
    "waterworks": "Air bersih",
    "bus-line": "Angkutan",
    "hospital": "Rumah sakit",
    "attraction": "Wisata",
    "office": "Kantor",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A device and the share (0 to 1) of its readings that came, of its weakest kind that is told hourly or oftener.

    None where every kind of it is told seldom, so that nothing can be said of a share; `silent`: nothing came at all.
    """

    device: Device
    share: float | None
    silent: bool


def heard_of(facts: Facts) -> tuple[Heard, ...]:
    """Every placed device, from `series_between`; those worked on at the end of the period are left out."""
    worked_on = {row["device"] for row in facts.of("maintenance_now")}
    rows = {(row["device"], row["kind"]): row for row in facts.of("series_between") if row["n"]}
    found = []
    for device in facts.city.devices.values():
        if device.key in worked_on:
            continue
        often = [kind for kind in device.kinds if KINDS[kind].expected_interval <= timedelta(hours=1)]
        shares = [facts.heard(kind, rows.get((device.key, kind))) for kind in often]
        silent = not any((device.key, kind) in rows for kind in device.kinds)
        found.append(Heard(device, min(shares, default=None), silent))
    return tuple(found)


def section(facts: Facts) -> Section:
    """The statement of coverage."""
    found = heard_of(facts)
    judged = [each.share for each in found if each.share is not None]
    mean = sum(judged) / len(judged) if judged else None
    silent = [each for each in found if each.silent]
    markets = (
        silent_markets(facts.rows, facts.city, facts.moment) if facts.of("price_board") else tuple(facts.city.markets)
    )
    last = newest(row["newest"] for row in facts.of("series_between"))
    return Section(
        "coverage",
        "Yang tidak dapat dikatakan data ini",
        said=tuple(_said(mean, silent, markets, facts)),
        figures=(
            Figure(
                "coverage.share",
                "Kelengkapan data sensor",
                mean,
                percent(None if mean is None else int(100 * mean)),
                f"rata-rata {number(len(judged))} alat",
                1 if mean is not None and mean < WHOLE else 0,
            ),
            Figure(
                "coverage.silent",
                "Alat diam",
                len(silent),
                number(len(silent)),
                f"dari {number(len(found))}",
                1 if silent else 0,
            ),
        ),
        blocks=(
            Table(
                _COLUMNS,
                tuple(_row(place, group) for place, group in _by_place(found).items()),
                note="Kelengkapan: data yang masuk dibanding selang lazim tiap alat, dari parameternya yang terlemah; "
                "alat yang melapor lebih jarang dari sejam sekali tidak dinilai bagiannya.",
            ),
        ),
        sources=(
            Source("Kelengkapan", "agregat per jam setiap parameter", "selang lazim tiap besaran (sensors/kinds)"),
        ),
        newest=last + timedelta(hours=1) if last else None,
    )


def _by_place(found: Sequence[Heard]) -> Mapping[str, list[Heard]]:
    groups: defaultdict[str, list[Heard]] = defaultdict(list)
    for each in found:
        groups[each.device.place].append(each)
    return groups


def _said(mean: float | None, silent: Sequence[Heard], markets: Sequence[str], facts: Facts) -> list[str]:
    said = []
    if mean is not None:
        said.append(f"Data sensor masuk {percent(int(100 * mean))} dari yang seharusnya.")
    if silent:
        named = listed([each.device.name for each in silent], 4)
        said.append(
            f"{number(len(silent))} alat tidak terdengar sama sekali: {named}; tentang tempat itu laporan ini tidak "
            "mengatakan apa-apa."
        )
    if markets:
        said.append(f"{number(len(markets))} pasar tidak melaporkan harga pada hari terakhir.")
    said.append("Aduan dan panggilan hanya yang tercatat; yang tidak dilaporkan warga tidak ada di sini.")
    if not facts.period.whole:
        said.append("Periode ini belum selesai: angka dapat berubah.")
    return said


def _row(place: str, group: Sequence[Heard]) -> tuple[Cell, ...]:
    judged = [each.share for each in group if each.share is not None]
    mean = sum(judged) / len(judged) if judged else None
    heard = sum(not each.silent for each in group)
    weak = [each for each in group if each.share is not None and not each.silent and each.share < WHOLE]
    silent = [each.device.name for each in group if each.silent]
    return (
        Cell(_PLACES.get(place, place), place),
        Cell(number(len(group)), len(group)),
        Cell(number(heard), heard, 1 if heard < len(group) else None),
        Cell(percent(None if mean is None else int(100 * mean)), mean, share=mean),
        Cell(listed([f"{each.device.name} {percent(int(100 * (each.share or 0)))}" for each in weak], 4) or "–"),
        Cell(listed(silent, 3) or "–"),
    )

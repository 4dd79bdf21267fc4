"""The metadata record of a data set, as Satu Data Indonesia asks for it: what it is, in which unit, of when, of where.

Perpres 39/2019: a data standard (concept, definition, classification, measure, unit), metadata, reference codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from data.analysis.answers import Row, text_of
from data.analysis.asked import Asked, buckets, plain, rows
from data.analysis.streams import BUCKETS
from layouts.formats import NOTHING
from sensors.city import City
from sensors.kinds import KINDS

CONCEPTS = {
    "readings": "Bacaan perangkat pemantau", "prices": "Harga kebutuhan pokok di pasar",
    "cases": "Kasus dan aduan warga", "alarms": "Alarm ruang kendali",
}  # fmt: skip
STEPS = {"hour": "per jam", "day": "per hari", "week": "per pekan, mulai Senin", "month": "per bulan"}
_SUMMED = {
    "at": "Saat mulainya", "n": "Banyaknya baris", "value": "Rata-rata, jumlah, atau banyaknya", "low": "Terendah",
    "high": "Tertinggi",
}  # fmt: skip
CODES = "Kode wilayah Kemendagri (Kepmendagri 300.2.2-2430/2025)"


def statement_of(asked: Asked) -> str:
    """The SQL that answers the question, for anybody who may read the schema `analisis`."""
    return text_of(buckets(asked) if asked.step else rows(asked, [plain(field) for field in asked.stream.fields]))


def record(asked: Asked, city: City, dictionary: Sequence[Row]) -> dict[str, Any]:
    """The record, from the comments of the view (`analysis_dictionary`)."""
    meaning = {row["kolom"]: row["keterangan"] for row in dictionary}
    about = next((row["keterangan_tampilan"] for row in dictionary), None) or CONCEPTS[asked.stream.key]
    fields = BUCKETS if asked.step else asked.stream.fields
    return {
        "judul": f"{CONCEPTS[asked.stream.key]}, {city.name}",
        "standar": city.dataset.standard,
        "konsep": CONCEPTS[asked.stream.key],
        "definisi": about,
        "klasifikasi": {name: list(words) for name, words in asked.filters},
        "ukuran": STEPS[asked.step] if asked.step else "setiap baris",
        "satuan": unit_of(asked, city),
        "periode": {
            "dari": asked.since.isoformat(),
            "sampai": (asked.until - timedelta(seconds=1)).isoformat(),
            "zona": asked.zone,
        },
        "cakupan": {"wilayah": list(dict(asked.filters).get("district", (city.region,))), "kode": CODES},
        "produsen": city.dataset.publisher,
        "lisensi": city.dataset.licence,
        "lisensi_url": city.dataset.licence_url,
        "contoh": city.dataset.sample,
        "kolom": [
            {
                "nama": field.name,
                "arti": (_SUMMED if asked.step else meaning).get(field.name if asked.step else field.column, NOTHING),
                "tipe": field.sort,
            }
            for field in fields
        ],
        "sql": statement_of(asked),
    }


def unit_of(asked: Asked, city: City) -> str:
    """The unit of its values; empty where several are mixed, or where rows are counted."""
    if asked.stream.key == "readings":
        kind = KINDS.get(asked.one("kind") or "")
        return kind.unit if kind else ""
    if asked.stream.key == "prices":
        goods = city.commodities.get(asked.one("commodity") or "")
        return f"rupiah per {goods.unit}" if goods else "rupiah"
    return "kasus" if asked.stream.key == "cases" else "alarm"


def sheet(found: Mapping[str, Any]) -> dict[str, str]:
    """The record as lines of a name and a text, for the workbook and for Parquet."""
    told: dict[str, str] = {}
    for name, value in found.items():
        if name == "kolom":
            told |= {f"kolom {each['nama']}": each["arti"] for each in value}
        elif isinstance(value, Mapping):
            told |= {f"{name} {part}": _words(said) for part, said in value.items()}
        else:
            told[name] = _words(value)
    return told


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

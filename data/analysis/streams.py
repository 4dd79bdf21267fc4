"""The streams one may ask about: the view of the schema `analisis` that each stands in, its fields and filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, LiteralString

Sort = Literal["word", "text", "number", "time", "truth"]
"""A `word` is a key of a form that no spreadsheet takes for a formula; a `text` may begin with anything."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a data set under the interface's `name`, and the view's `column` it is read from."""

    name: LiteralString
    column: LiteralString
    sort: Sort


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: `time` bounds its rows, `ties` tell rows of one instant apart, `filters` are columns by their names.

    Only rows that are `counted` are told, as on the room's pages. `place` is where a row without a position of its own
    is. `slice_days` is how much of it one statement of an export reads.
    """

    key: str
    view: LiteralString
    time: LiteralString
    ties: tuple[LiteralString, ...]
    fields: tuple[Field, ...]
    filters: Mapping[str, LiteralString]
    counted: bool = False
    slice_days: int = 31

    @property
    def measured(self) -> bool:
        """Whether its rows carry values, not only their number."""
        return self.key in {"readings", "prices"}


LAT: LiteralString = "lintang"
LON: LiteralString = "bujur"
READINGS = Stream(
    key="readings",
    view="pembacaan",
    time="waktu",
    ties=("perangkat", "jenis"),
    fields=(
        Field("device", "perangkat", "word"),
        Field("kind", "jenis", "word"),
        Field("value", "nilai", "number"),
        Field("unit", "satuan", "word"),
        Field("observed_at", "waktu", "time"),
        Field("district", "kecamatan", "word"),
    ),
    filters=MappingProxyType({"kind": "jenis", "device": "perangkat", "district": "kecamatan", "agency": "opd"}),
    counted=True,
    slice_days=1,
)
PRICES = Stream(
    key="prices",
    view="harga",
    time="waktu",
    ties=("pasar", "komoditas"),
    fields=(
        Field("market", "pasar", "word"),
        Field("commodity", "komoditas", "word"),
        Field("price", "harga", "number"),
        Field("unit", "satuan", "text"),
        Field("observed_at", "waktu", "time"),
    ),
    filters=MappingProxyType({"commodity": "komoditas", "market": "pasar"}),
)
CASES = Stream(
    key="cases",
    view="keluhan",
    time="masuk",
    ties=("layanan", "nomor"),
    fields=(
        Field("service", "layanan", "word"),
        Field("case_id", "nomor", "text"),
        Field("status", "status", "word"),
        Field("opened_at", "masuk", "time"),
        Field("at", "berubah", "time"),
        Field("open", "terbuka", "truth"),
        Field("category", "kategori", "text"),
        Field("district", "kecamatan", "text"),
        Field("subdistrict", "kelurahan", "text"),
        Field("agency", "opd", "text"),
        Field("priority", "prioritas", "text"),
        Field("channel", "kanal", "text"),
        Field("lat", LAT, "number"),
        Field("lon", LON, "number"),
        Field("summary", "ringkasan", "text"),
    ),
    filters=MappingProxyType({"service": "layanan", "category": "kategori", "district": "kecamatan", "agency": "opd"}),
    counted=True,
)
ALARMS = Stream(
    key="alarms",
    view="alarm",
    time="mulai",
    ties=("nomor",),
    fields=(
        Field("id", "nomor", "number"),
        Field("rule", "aturan", "word"),
        Field("priority", "prioritas", "word"),
        Field("source", "sumber", "text"),
        Field("name", "nama", "text"),
        Field("device", "perangkat", "word"),
        Field("kind", "jenis", "word"),
        Field("value", "nilai", "number"),
        Field("worst", "terburuk", "number"),
        Field("bound", "batas", "number"),
        Field("agency", "opd", "word"),
        Field("district", "kecamatan", "word"),
        Field("lat", LAT, "number"),
        Field("lon", LON, "number"),
        Field("raised_at", "mulai", "time"),
        Field("ended_at", "berakhir", "time"),
        Field("acknowledged_at", "diterima_petugas", "time"),
    ),
    filters=MappingProxyType(
        {"priority": "prioritas", "district": "kecamatan", "agency": "opd", "device": "perangkat", "kind": "jenis"}
    ),
)
STREAMS: Mapping[str, Stream] = MappingProxyType({each.key: each for each in (READINGS, PRICES, CASES, ALARMS)})
"""By key."""
BUCKETS = (
    Field("at", "at", "time"), Field("n", "n", "number"), Field("value", "value", "number"),
    Field("low", "low", "number"), Field("high", "high", "number"),
)  # fmt: skip
"""What a step of any stream is told by: its first instant, how many rows, their figure, the least and the most."""

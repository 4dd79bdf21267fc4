"""The words of the explorer: streams, steps, columns, and which choices each stream takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from data.analysis.streams import STREAMS

STREAM_WORDS: Mapping[str, str] = MappingProxyType(
    {"readings": "Bacaan", "prices": "Harga", "cases": "Kasus", "alarms": "Alarm"}
)
STEPS: Mapping[str, str] = MappingProxyType({"hour": "jam", "day": "hari", "week": "pekan", "month": "bulan"})
DEFAULTS: Mapping[str, str] = MappingProxyType({"stream": "readings", "step": "day", "rows": "50"})
TAKEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        key: frozenset({"stream", "from", "to", "step", "versus", "rows", "after", *stream.filters})
        | ({"other"} if "district" in stream.filters else frozenset())
        for key, stream in STREAMS.items()
    }
)
"""By stream, the choices of an address that mean something for it."""
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "device": "Perangkat", "kind": "Jenis", "value": "Nilai", "unit": "Satuan", "observed_at": "Waktu",
        "district": "Kecamatan", "market": "Pasar", "commodity": "Komoditas", "price": "Harga",
        "service": "Layanan", "case_id": "Kasus", "status": "Keadaan", "opened_at": "Masuk", "at": "Terakhir berubah",
        "category": "Kategori", "subdistrict": "Kelurahan", "agency": "OPD", "priority": "Prioritas",
        "rule": "Aturan", "name": "Nama", "worst": "Terburuk", "bound": "Batas",
        "raised_at": "Mulai", "ended_at": "Berakhir", "id": "Nomor",
    }
)  # fmt: skip
"""The columns of the table of rows, by the field each shows; other fields leave with the files only."""
FORMS: Mapping[str, str] = MappingProxyType({"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "geojson": "GeoJSON"})

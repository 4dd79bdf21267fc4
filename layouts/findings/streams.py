"""What each stream brought, in the order in which the room speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from layouts.panel import Row, Rows

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "readings": "Sensor",
        "prices": "Harga",
        "cases": "Aduan dan kasus",
        "bulletins": "Berita dan peringatan",
        "devices": "Status perangkat",
    }
)
NO_STREAM = "rejected"
"""What messages are counted in whose topic is of no stream."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "bad-cap": "CAP tidak terbaca",
        "bad-cbor": "CBOR tidak terbaca",
        "bad-id": "nama tidak sah",
        "bad-json": "JSON tidak terbaca",
        "bad-message": "isi pesan tidak lengkap",
        "bad-name": "nama medan tidak sah",
        "bad-protobuf": "protobuf tidak terbaca",
        "bad-quality": "ditandai tidak baik oleh pengirim",
        "bad-seq": "nomor urut tidak sah",
        "bad-senml": "SenML tidak terbaca",
        "bad-time": "waktu tidak sah",
        "bad-value": "nilai tidak sah",
        "bad-xml": "XML tidak terbaca",
        "compressed": "dimampatkan",
        "database": "ditolak basis data",
        "empty": "kosong",
        "future-time": "waktu di masa depan",
        "internal": "galat di dalam",
        "no-values": "tanpa nilai",
        "not-a-warning": "bukan peringatan",
        "not-actual": "hanya latihan",
        "not-public": "bukan untuk umum",
        "other-device": "perangkat lain dalam satu pesan",
        "out-of-range": "nilai di luar batas",
        "oversize": "terlalu besar",
        "too-many-devices": "terlalu banyak perangkat asing",
        "too-old": "terlalu lama",
        "unit-mismatch": "satuan tidak cocok",
        "unknown-agency": "OPD tak dikenal",
        "unknown-alias": "alias belum diumumkan",
        "unknown-category": "kategori tak dikenal",
        "unknown-commodity": "komoditas tak dikenal",
        "unknown-event": "jenis pesan tak dikenal",
        "unknown-kind": "besaran tak dikenal",
        "unknown-service": "layanan tak dikenal",
        "unknown-status": "status tak dikenal",
        "unknown-subdistrict": "kelurahan tak dikenal",
        "unknown-topic": "topik tak dikenal",
        "unknown-type": "jenis nilai tak dikenal",
        "wrong-unit": "satuan salah",
    }
)
"""Why a message is refused, as it is told; another reason is told by its own word."""


@dataclass(frozen=True, slots=True)
class StreamFinding:
    """One stream: its counts, when it was last heard, and the seconds from the source to us of its newest."""

    key: str
    name: str
    row: Row | None

    @property
    def received_at(self) -> datetime | None:
        """When the last new item arrived."""
        return self.row["last_received_at"] if self.row else None

    @property
    def lag(self) -> float | None:
        """Seconds between the newest time at the source and the newest arrival; 0 where the source runs ahead."""
        if self.row is None or self.row["last_received_at"] is None or self.row["last_observed_at"] is None:
            return None
        return max(0.0, float((self.row["last_received_at"] - self.row["last_observed_at"]).total_seconds()))

    def count(self, name: str) -> int:
        """One of its counts, 0 while nothing came."""
        return int(self.row[name] or 0) if self.row else 0


def streams_of(rows: Rows) -> tuple[StreamFinding, ...]:
    """The streams by name, also those that brought nothing yet; from `feeds`."""
    found = {row["stream"]: row for row in rows.get("feeds", ())}
    keys, names = dict.fromkeys([*NAMES, *found]), {**NAMES, NO_STREAM: "Topik tak dikenal"}
    return tuple(StreamFinding(key, names.get(key, key), found.get(key)) for key in keys)

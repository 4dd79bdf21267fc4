"""What citizens write, by category: short sentences with a place, never a name or a number of a person."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from sensors.city import Category

_PHRASES: Mapping[str, tuple[str, ...]] = {
    "pju": ("Lampu jalan padam di {place}", "Lampu jalan berkedip di {place}", "Tiang lampu jalan miring di {place}"),
    "jalan-rusak": ("Jalan berlubang di {place}", "Aspal amblas di {place}", "Tambalan jalan terkelupas di {place}"),
    "kependudukan": ("KTP-el belum selesai dicetak, warga {place}", "Pembaruan kartu keluarga tertunda, warga {place}"),
    "tangerang-live": (
        "Tidak dapat masuk ke aplikasi Tangerang LIVE",
        "Registrasi Tangerang LIVE gagal saat unggah foto",
    ),
    "pendidikan": ("Pertanyaan zonasi sekolah di {place}", "Fasilitas sekolah rusak di {place}"),
    "pohon-tumbang": ("Pohon tumbang menutup jalan di {place}", "Dahan patah melintang di {place}"),
    "sampah": ("Sampah menumpuk di {place}", "Sampah belum diangkut di {place}", "Tumpukan sampah liar di {place}"),
    "pembakaran-sampah": ("Asap pembakaran sampah di {place}", "Warga membakar sampah di lahan kosong {place}"),
    "banjir": (
        "Genangan setinggi mata kaki di {place}",
        "Banjir masuk permukiman di {place}",
        "Saluran meluap di {place}",
    ),
    "kebakaran": ("Kebakaran lahan kosong di {place}", "Asap tebal dari bangunan di {place}"),
    "infrastruktur": ("Saluran air tersumbat di {place}", "Trotoar rusak di {place}", "Turap retak di {place}"),
    "pelayanan": ("Antrean pelayanan lama di kantor {place}", "Jam layanan tidak sesuai di kantor {place}"),
}
_ELSE = ("{name} di {place}",)


def summary(category: Category, place: str, chance: Random) -> str:
    """One sentence about this category at this place."""
    return chance.choice(_PHRASES.get(category.key, _ELSE)).format(place=place, name=category.name)

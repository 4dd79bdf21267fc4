"""What citizens write, by category: short sentences with a place, never a name or a number of a person."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from sensors.city import Category, Service

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
# Where a service means something else by a category, or more, than a complaint would.
_OF_SERVICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("siaga-112", "banjir"): (
        "Warga terjebak banjir, minta evakuasi di {place}",
        "Evakuasi lansia dan anak dari rumah terendam di {place}",
        "Air masuk rumah dan terus naik di {place}",
    ),
    ("siaga-112", "pohon-tumbang"): (
        "Pohon tumbang menimpa kendaraan di {place}",
        "Pohon tumbang menutup jalan, akses terputus di {place}",
    ),
    ("siaga-112", "kebakaran"): ("Kebakaran rumah tinggal di {place}", "Api dan asap dari bangunan di {place}"),
    ("siaga-112", "medis"): ("Warga pingsan, minta ambulans di {place}", "Minta ambulans ke rumah sakit dari {place}"),
    ("siaga-112", "hewan-liar"): ("Ular masuk rumah di {place}", "Sarang tawon dekat permukiman di {place}"),
    ("siaga-112", "kecelakaan"): ("Tabrakan dua kendaraan di {place}", "Pengendara motor terjatuh di {place}"),
    ("siaga-112", "prank"): ("Panggilan iseng",),
    ("siaga-112", "ghost"): ("Panggilan tanpa suara",),
    ("siaga-112", "informasi"): ("Penelepon meminta informasi",),
    ("polres", "lalu-lintas"): ("Kemacetan panjang di {place}", "Kendaraan mogok menutup lajur di {place}"),
    ("polres", "kamtibmas"): ("Keributan mengganggu warga di {place}", "Balap liar di {place}"),
    ("polres", "kehilangan"): ("Surat kendaraan hilang di sekitar {place}", "Dompet hilang di sekitar {place}"),
    ("polres", "tawuran"): ("Sekelompok remaja hendak tawuran di {place}",),
    ("pencaker", "warga"): ("Pendaftaran pencari kerja, warga {place}", "Permohonan kartu AK1, warga {place}"),
    ("pencaker", "luar-kota"): ("Pendaftaran pencari kerja dari luar kota, tinggal di {place}",),
    ("pencaker", "pelatihan"): ("Pendaftaran pelatihan kerja, warga {place}",),
    ("perizinan", "nib-rendah"): ("NIB warung makan di {place}", "NIB usaha jahit di {place}", "NIB toko di {place}"),
    ("perizinan", "nib-menengah"): ("NIB bengkel di {place}", "NIB usaha katering di {place}"),
    ("perizinan", "nib-tinggi"): ("NIB gudang bahan kimia di {place}", "NIB industri logam di {place}"),
    ("bebenah", "bedah-rumah"): ("Usulan bedah rumah di {place}", "Atap rumah hampir roboh, usulan RTLH di {place}"),
    ("bebenah", "pju-baru"): ("Usulan lampu jalan baru di {place}",),
    ("bebenah", "infrastruktur"): ("Usulan perbaikan saluran di {place}", "Usulan paving jalan gang di {place}"),
}
_ELSE = ("{name} di {place}",)


def summary(service: Service, category: Category, place: str, chance: Random) -> str:
    """One sentence about this category of this service at this place."""
    said = _OF_SERVICES.get((service.key, category.key)) or _PHRASES.get(category.key, _ELSE)
    return chance.choice(said).format(place=place, name=category.name)

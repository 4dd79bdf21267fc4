"""What offices announce, in general words: no event that happened, no name of a person."""

from __future__ import annotations

NEWS = (
    (
        "Pelayanan KTP keliling di Kecamatan {place}",
        (
            "Warga dapat merekam data dan mencetak KTP-el di halaman kantor "
            "kecamatan pukul 08.00 sampai 14.00. Bawa kartu keluarga asli."
        ),
    ),
    (
        "Posyandu serentak di Kecamatan {place}",
        (
            "Penimbangan balita dan imunisasi berlangsung di semua kelurahan sejak "
            "pagi. Kader mendatangi rumah warga yang belum sempat hadir."
        ),
    ),
    (
        "Perbaikan drainase di Kecamatan {place} dimulai",
        (
            "Saluran dibersihkan dan diperlebar menjelang puncak musim "
            "hujan. Pekerjaan dilakukan malam hari agar lalu lintas tetap lancar."
        ),
    ),
    (
        "Pasar murah digelar di Kecamatan {place}",
        (
            "Beras, minyak goreng, gula dan telur dijual di bawah harga pasar. "
            "Setiap keluarga dapat membeli satu paket dengan menunjukkan kartu keluarga."
        ),
    ),
    (
        "Pelatihan wirausaha dibuka di Kecamatan {place}",
        (
            "Pendaftaran melalui aplikasi Tangerang LIVE. Pelatihan gratis, "
            "peserta mendapat pendampingan izin usaha sampai terbit NIB."
        ),
    ),
    (
        "Layanan perizinan keliling hadir di Kecamatan {place}",
        (
            "Petugas membantu pelaku usaha kecil mendaftarkan NIB "
            "secara daring. Prosesnya selesai di tempat untuk usaha berisiko rendah."
        ),
    ),
    (
        "Lampu jalan baru dipasang di Kecamatan {place}",
        ("Pemasangan mengikuti usulan warga melalui Tangerang Bebenah. Titik yang gelap dilaporkan lewat LAKSA."),
    ),
    (
        "Kerja bakti bersihkan sungai di Kecamatan {place}",
        ("Warga dan petugas mengangkat sampah dari bantaran. Sampah yang dapat didaur ulang dibawa ke bank sampah."),
    ),
    (
        "Vaksinasi hewan gratis di Kecamatan {place}",
        ("Kucing dan anjing peliharaan divaksin rabies tanpa biaya selama persediaan masih ada."),
    ),
    (
        "Pemangkasan pohon di Kecamatan {place}",
        ("Dahan yang rapuh dipangkas sebelum musim angin. Pengendara diminta mengurangi kecepatan di dekat petugas."),
    ),
    (
        "Jalan rusak di Kecamatan {place} ditambal",
        ("Penambalan dikerjakan pada malam hari. Laporan jalan berlubang diterima melalui LAKSA."),
    ),
    (
        "Perpustakaan keliling singgah di Kecamatan {place}",
        ("Mobil perpustakaan membawa buku anak dan pelajaran. Peminjaman cukup dengan kartu pelajar."),
    ),
    (
        "Bus Si Benteng tambah jam layanan di {place}",
        ("Jadwal baru berlaku mulai awal pekan dan dapat dilihat di aplikasi Tangerang LIVE."),
    ),
    (
        "Bursa kerja hadir di Kecamatan {place}",
        ("Pencari kerja mendaftar lewat Siap Kerja dan membawa surat lamaran pada hari kegiatan."),
    ),
)
"""Titles with their text; `{place}` is a kecamatan."""
POLICE = (
    ("Pengalihan arus lalu lintas di Kecamatan {place}", "Ikuti petunjuk petugas dan gunakan jalan alternatif.", 6.0),
    ("Pengamanan kegiatan warga di Kecamatan {place}", "Kendaraan besar diminta menghindari kawasan ini.", 5.0),
    ("Pemeriksaan kelengkapan kendaraan di {place}", "Siapkan SIM dan STNK. Patuhi arahan petugas.", 4.0),
    ("Rekayasa lalu lintas pekerjaan jalan di {place}", "Satu lajur ditutup selama pekerjaan. Kurangi laju.", 60.0),
    ("Jalur searah pada jam sibuk di {place}", "Berlaku pagi dan sore pada hari kerja.", 80.0),
)
"""Titles with their text and how many hours such a notice usually holds."""
CLOSED = ("Jalan ditutup sementara di Kecamatan {place}", "Ada pohon atau kendaraan yang menutup jalan.", 3.0)
"""A notice graver than the others, with its hours."""

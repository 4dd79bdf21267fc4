-- For analysts: what the room knows, as views with plain Indonesian names, in a schema of its own. Every table, view and
-- column says what it means, in which unit and where it is from; docs/analysis.md is made of these words. Only `counted`
-- readings and cases (dihitung) are in the figures of the room's pages.
CREATE SCHEMA analisis;
COMMENT ON SCHEMA analisis IS 'Data ruang kendali untuk analis: hanya dibaca, tanpa data pribadi';

-- What the city pack says, written by `python -m data migrate` and `python -m data names` alone (data/city_names.py).
CREATE TABLE analisis.kota (kode text PRIMARY KEY, nama text NOT NULL, zona text NOT NULL);
CREATE TABLE analisis.kecamatan (
    kode text PRIMARY KEY, kode_bps text NOT NULL, nama text NOT NULL, luas_km2 double precision NOT NULL
);
CREATE TABLE analisis.kelurahan (
    kode text PRIMARY KEY, nama text NOT NULL, kecamatan text NOT NULL, luas_km2 double precision NOT NULL
);
CREATE TABLE analisis.opd (kode text PRIMARY KEY, nama text NOT NULL, singkatan text NOT NULL, contoh boolean NOT NULL);
CREATE TABLE analisis.perangkat (
    kode text PRIMARY KEY, nama text NOT NULL, tempat text NOT NULL, kecamatan text, kelurahan text, opd text,
    lintang double precision NOT NULL, bujur double precision NOT NULL, posisi_perkiraan boolean NOT NULL,
    sumber text NOT NULL
);
CREATE TABLE analisis.jenis_bacaan (
    kode text PRIMARY KEY, nama text NOT NULL, satuan text NOT NULL, agregat text NOT NULL,
    selang_detik double precision NOT NULL
);
CREATE TABLE analisis.pasar (
    kode text PRIMARY KEY, nama text NOT NULL, lintang double precision NOT NULL, bujur double precision NOT NULL
);
CREATE TABLE analisis.komoditas (kode text PRIMARY KEY, nama text NOT NULL, satuan text NOT NULL, kelompok text NOT NULL);
CREATE TABLE analisis.layanan (kode text PRIMARY KEY, nama text NOT NULL, contoh boolean NOT NULL);
CREATE TABLE analisis.kategori (
    layanan text NOT NULL, kode text NOT NULL, nama text NOT NULL, opd text NOT NULL, dihitung boolean NOT NULL,
    PRIMARY KEY (layanan, kode)
);
CREATE TABLE analisis.status (
    layanan text NOT NULL, kode text NOT NULL, nama text NOT NULL, peran text NOT NULL, PRIMARY KEY (layanan, kode)
);

-- Series by series, so that the index of a series is used: every series that counts has a newest reading.
CREATE VIEW analisis.pembacaan AS
SELECT r.observed_at AS waktu, d.key AS perangkat, k.key AS jenis, r.value AS nilai, k.unit AS satuan,
       p.kecamatan, p.kelurahan, p.opd, p.lintang, p.bujur,
       r.device_id <> ALL(ARRAY(SELECT device_id FROM public.maintenance_windows))
           OR NOT EXISTS (SELECT FROM public.maintenance_windows m
                          WHERE m.device_id = r.device_id AND r.observed_at >= m.starts_at AND r.observed_at < m.ends_at)
           AS dihitung,
       r.received_at AS diterima
FROM public.latest_readings s
JOIN public.readings r ON r.device_id = s.device_id AND r.kind_id = s.kind_id
JOIN public.devices d ON d.id = s.device_id
JOIN public.kinds k ON k.id = s.kind_id
LEFT JOIN analisis.perangkat p ON p.kode = d.key;

CREATE VIEW analisis.pembacaan_menit AS
SELECT r.bucket AS waktu, d.key AS perangkat, k.key AS jenis, r.n AS banyak, r.total / r.n AS rata_rata,
       r.total AS jumlah, r.low AS terendah, r.high AS tertinggi, k.unit AS satuan, p.kecamatan, p.kelurahan, p.opd
FROM public.latest_readings s
JOIN public.rollup_minute r ON r.device_id = s.device_id AND r.kind_id = s.kind_id
JOIN public.devices d ON d.id = s.device_id
JOIN public.kinds k ON k.id = s.kind_id
LEFT JOIN analisis.perangkat p ON p.kode = d.key;

CREATE VIEW analisis.pembacaan_jam AS
SELECT r.bucket AS waktu, d.key AS perangkat, k.key AS jenis, r.n AS banyak, r.total / r.n AS rata_rata,
       r.total AS jumlah, r.low AS terendah, r.high AS tertinggi, k.unit AS satuan,
       least(1, r.n / nullif(3600 / j.selang_detik, 0)) AS kelengkapan, p.kecamatan, p.kelurahan, p.opd
FROM public.latest_readings s
JOIN public.rollup_hour r ON r.device_id = s.device_id AND r.kind_id = s.kind_id
JOIN public.devices d ON d.id = s.device_id
JOIN public.kinds k ON k.id = s.kind_id
LEFT JOIN analisis.perangkat p ON p.kode = d.key
LEFT JOIN analisis.jenis_bacaan j ON j.kode = k.key;

CREATE VIEW analisis.pembacaan_hari AS
SELECT r.bucket AS waktu, (r.bucket AT TIME ZONE (SELECT zona FROM analisis.kota))::date AS tanggal, d.key AS perangkat,
       k.key AS jenis, r.n AS banyak, r.total / r.n AS rata_rata, r.total AS jumlah, r.low AS terendah,
       r.high AS tertinggi, k.unit AS satuan,
       least(1, r.n / nullif(86400 / j.selang_detik, 0)) AS kelengkapan, p.kecamatan, p.kelurahan, p.opd
FROM public.latest_readings s
JOIN public.rollup_day r ON r.device_id = s.device_id AND r.kind_id = s.kind_id
JOIN public.devices d ON d.id = s.device_id
JOIN public.kinds k ON k.id = s.kind_id
LEFT JOIN analisis.perangkat p ON p.kode = d.key
LEFT JOIN analisis.jenis_bacaan j ON j.kode = k.key;

CREATE VIEW analisis.harga AS
SELECT p.observed_at AS waktu, p.market AS pasar, p.commodity AS komoditas, p.price AS harga, p.unit AS satuan,
       m.nama AS nama_pasar, k.nama AS nama_komoditas, k.kelompok, m.lintang, m.bujur, p.received_at AS diterima
FROM public.prices p
LEFT JOIN analisis.pasar m ON m.kode = p.market
LEFT JOIN analisis.komoditas k ON k.kode = p.commodity;

CREATE VIEW analisis.harga_harian AS
SELECT (waktu AT TIME ZONE (SELECT zona FROM analisis.kota))::date AS tanggal, pasar, komoditas, satuan,
       count(*) AS banyak, avg(harga) AS rata_rata, min(harga) AS terendah, max(harga) AS tertinggi
FROM analisis.harga
GROUP BY 1, 2, 3, 4;

CREATE VIEW analisis.keluhan AS
SELECT c.opened_at AS masuk, c.service AS layanan, c.case_id AS nomor, c.status, s.peran AS peran_status,
       c.is_open AS terbuka, c.status_at AS berubah, c.category AS kategori, coalesce(k.dihitung, true) AS dihitung,
       left(c.subdistrict, 8) AS kecamatan, c.subdistrict AS kelurahan, c.agency AS opd, c.priority AS prioritas,
       c.channel AS kanal, c.lat AS lintang, c.lon AS bujur, c.summary AS ringkasan, c.received_at AS diterima
FROM public.cases c
LEFT JOIN analisis.status s ON s.layanan = c.service AND s.kode = c.status
LEFT JOIN analisis.kategori k ON k.layanan = c.service AND k.kode = c.category;

CREATE VIEW analisis.langkah_keluhan AS
SELECT e.at AS waktu, e.service AS layanan, e.case_id AS nomor, e.status, s.peran AS peran_status, e.is_open AS terbuka,
       e.agency AS opd, e.received_at AS diterima
FROM public.case_events e
LEFT JOIN analisis.status s ON s.layanan = e.service AND s.kode = e.status;

CREATE VIEW analisis.alarm AS
SELECT raised_at AS mulai, id AS nomor, rule AS aturan, priority AS prioritas, source AS sumber, name AS nama,
       device AS perangkat, kind AS jenis, value AS nilai, worst AS terburuk, bound AS batas,
       coalesce(assigned_to, agency) AS opd, coalesce(district, left(subdistrict, 8)) AS kecamatan,
       subdistrict AS kelurahan, lat AS lintang, lon AS bujur, ended_at AS berakhir, acknowledged_at AS diterima_petugas,
       resolved_at AS ditangani, reviewed_at AS ditinjau, known_at AS diketahui
FROM public.alarms
WHERE NOT withdrawn;

CREATE VIEW analisis.buletin AS
SELECT issued_at AS terbit, expires_at AS berakhir, channel AS kanal, id AS nomor, severity AS tingkat, title AS judul,
       body AS isi, areas AS wilayah, url AS tautan, received_at AS diterima
FROM public.bulletins;

CREATE VIEW analisis.gempa AS
SELECT at AS waktu, id AS nomor, magnitude AS magnitudo, depth_km AS kedalaman_km, lat AS lintang, lon AS bujur,
       place AS tempat, felt AS dirasakan, potential AS potensi, channel AS kanal, received_at AS diterima
FROM public.quakes;

CREATE VIEW analisis.prakiraan AS
SELECT valid_at AS berlaku, subdistrict AS kelurahan, left(subdistrict, 8) AS kecamatan, temperature AS suhu,
       humidity AS kelembapan, rain AS hujan, words AS cuaca, wind_speed AS angin, cloud AS awan, analysed_at AS dianalisis,
       channel AS kanal
FROM public.forecasts;

CREATE VIEW analisis.kamus AS
SELECT c.relname::text AS tampilan, a.attnum::int AS urutan, a.attname::text AS kolom,
       format_type(a.atttypid, a.atttypmod) AS tipe, col_description(c.oid, a.attnum) AS keterangan,
       obj_description(c.oid, 'pg_class') AS keterangan_tampilan
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'analisis'::regnamespace AND c.relkind IN ('r', 'v');

-- The words of all columns. Most columns mean the same wherever they stand: said once here, for every place they are in.
DO $words$
DECLARE
    said record;
    place record;
BEGIN
    FOR said IN SELECT * FROM (VALUES
        ('kota', 'Kota yang datanya disimpan; sumber: paket kota'),
        ('kecamatan', 'Kecamatan; sumber: paket kota (Kepmendagri, BPS)'),
        ('kelurahan', 'Kelurahan; sumber: paket kota (Kepmendagri)'),
        ('opd', 'Perangkat daerah; sumber: paket kota'),
        ('perangkat', 'Perangkat yang dikenal kota, dengan tempatnya; sumber: paket kota'),
        ('jenis_bacaan', 'Jenis bacaan: apa yang diukur, satuan, dan cara menjumlahkannya; sumber: program ruang kendali'),
        ('pasar', 'Pasar yang melaporkan harga; sumber: paket kota'),
        ('komoditas', 'Komoditas yang dipantau; sumber: paket kota (daftar TPID)'),
        ('layanan', 'Layanan yang menerima kasus; sumber: paket kota'),
        ('kategori', 'Kategori kasus setiap layanan; sumber: paket kota'),
        ('status', 'Status kasus setiap layanan dan artinya; sumber: paket kota'),
        ('pembacaan', 'Setiap bacaan perangkat, seperti yang dikirim; sumber: pesan MQTT perangkat'),
        ('pembacaan_menit', 'Bacaan yang dihitung, per menit, perangkat, dan jenis; sumber: pembacaan'),
        ('pembacaan_jam', 'Bacaan yang dihitung, per jam (UTC), perangkat, dan jenis; sumber: pembacaan'),
        ('pembacaan_hari', 'Bacaan yang dihitung, per hari kota, perangkat, dan jenis; sumber: pembacaan'),
        ('harga', 'Setiap harga yang dilaporkan pasar; sumber: pesan MQTT pasar'),
        ('harga_harian', 'Harga per hari kota, pasar, dan komoditas; sumber: harga'),
        ('keluhan', 'Kasus semua layanan seperti keadaannya sekarang; sumber: pesan MQTT layanan'),
        ('langkah_keluhan', 'Setiap perubahan status kasus; sumber: pesan MQTT layanan'),
        ('alarm', 'Alarm, tanpa yang ternyata tidak pernah terjadi; sumber: mesin alarm dan petugas meja'),
        ('buletin', 'Buletin dan peringatan yang diterima; sumber: BMKG dan kanal kota'),
        ('gempa', 'Gempa bumi; sumber: BMKG'),
        ('prakiraan', 'Prakiraan cuaca per kelurahan dan tiga jam, analisis terbaru; sumber: BMKG'),
        ('kamus', 'Semua tampilan dan kolom skema ini dengan keterangannya; sumber: basis data')
    ) AS words (name, meaning)
    LOOP
        SELECT relkind INTO place FROM pg_class WHERE relname = said.name AND relnamespace = 'analisis'::regnamespace;
        EXECUTE format('COMMENT ON %s analisis.%I IS %L', CASE place.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
                       said.name, said.meaning);
    END LOOP;
    FOR said IN SELECT * FROM (VALUES
        ('', 'waktu', 'Waktu di sumbernya; pada tampilan per menit, jam, dan hari: saat mulainya'),
        ('', 'tanggal', 'Hari menurut zona kota'),
        ('', 'kode', 'Kode, kunci baris ini'),
        ('', 'nama', 'Nama'),
        ('kota', 'zona', 'Zona waktu kota (IANA)'),
        ('kecamatan', 'kode', 'Kode wilayah Kemendagri, delapan karakter seperti 36.71.07'),
        ('kecamatan', 'kode_bps', 'Kode wilayah BPS'),
        ('kelurahan', 'kode', 'Kode wilayah Kemendagri, seperti 36.71.07.1004'),
        ('', 'luas_km2', 'Luas, km²'),
        ('', 'kecamatan', 'Kode wilayah kecamatan (analisis.kecamatan); kosong jika tidak diketahui atau di luar kota'),
        ('', 'kelurahan', 'Kode wilayah kelurahan (analisis.kelurahan); kosong jika tidak diketahui'),
        ('', 'opd', 'Kode perangkat daerah yang bertanggung jawab (analisis.opd); kosong jika tidak disebut'),
        ('', 'singkatan', 'Nama pendek'),
        ('', 'contoh', 'Benar jika hanya contoh dan belum dipastikan oleh kota'),
        ('', 'tempat', 'Tempat'),
        ('perangkat', 'tempat', 'Jenis tempat perangkat: station, gauge, noise, dan lainnya'),
        ('', 'lintang', 'Lintang WGS 84, derajat; kosong jika tidak diketahui'),
        ('', 'bujur', 'Bujur WGS 84, derajat; kosong jika tidak diketahui'),
        ('', 'posisi_perkiraan', 'Benar jika posisinya perkiraan, tidak diukur'),
        ('', 'sumber', 'Asal keterangan baris ini'),
        ('alarm', 'sumber', 'Yang memicu: deret bacaan, tempat, atau peringatan'),
        ('', 'satuan', 'Satuan nilainya'),
        ('', 'agregat', 'Cara beberapa bacaan menjadi satu: mean (rata-rata), sum (jumlah), last (terakhir)'),
        ('', 'selang_detik', 'Selang antar bacaan perangkat yang sehat, detik'),
        ('', 'kelompok', 'Kelompok komoditas'),
        ('', 'layanan', 'Kode layanan (analisis.layanan)'),
        ('', 'peran', 'Arti status: waiting (menunggu), working (dikerjakan), done (selesai), dismissed (ditutup)'),
        ('', 'peran_status', 'Arti status: waiting (menunggu), working (dikerjakan), done (selesai), dismissed (ditutup)'),
        ('', 'dihitung', 'Benar jika ikut dalam angka ruang kendali'),
        ('pembacaan', 'dihitung', 'Salah jika dikirim selagi perangkat dirawat: tidak ikut dalam angka ruang kendali'),
        ('keluhan', 'dihitung', 'Salah untuk kategori yang bukan kejadian, misalnya panggilan iseng'),
        ('', 'perangkat', 'Kode perangkat (analisis.perangkat); perangkat yang tidak dikenal kota juga ada'),
        ('', 'jenis', 'Kode jenis bacaan (analisis.jenis_bacaan)'),
        ('', 'nilai', 'Nilai, dalam satuannya'),
        ('alarm', 'nilai', 'Nilai saat alarm mulai, dalam satuan jenisnya; untuk kasus: banyaknya'),
        ('', 'terburuk', 'Nilai terburuk sejak alarm mulai'),
        ('', 'batas', 'Nilai yang dibandingkan'),
        ('', 'diterima', 'Waktu diterima ruang kendali'),
        ('', 'banyak', 'Banyaknya bacaan atau laporan'),
        ('', 'rata_rata', 'Rata-rata, dalam satuannya'),
        ('', 'jumlah', 'Jumlah nilai, dalam satuannya; yang berarti untuk jenis beragregat sum'),
        ('', 'terendah', 'Nilai terendah, dalam satuannya'),
        ('', 'tertinggi', 'Nilai tertinggi, dalam satuannya'),
        ('', 'kelengkapan', 'Bagian (0 sampai 1) dari bacaan yang dikirim perangkat sehat'),
        ('', 'pasar', 'Kode pasar (analisis.pasar); pasar yang tidak dikenal kota juga ada'),
        ('', 'komoditas', 'Kode komoditas (analisis.komoditas)'),
        ('', 'harga', 'Harga, rupiah per satuan'),
        ('', 'nama_pasar', 'Nama pasar; kosong jika tidak dikenal kota'),
        ('', 'nama_komoditas', 'Nama komoditas'),
        ('', 'masuk', 'Waktu kasus masuk'),
        ('', 'nomor', 'Nomor, kunci di sumbernya'),
        ('', 'status', 'Kode status (analisis.status)'),
        ('', 'terbuka', 'Benar selama masih ada yang harus bertindak'),
        ('', 'berubah', 'Waktu status terakhir berubah'),
        ('', 'kategori', 'Kode kategori (analisis.kategori)'),
        ('', 'prioritas', 'Prioritas; alarm: high, medium, low'),
        ('', 'kanal', 'Kanal asalnya'),
        ('', 'ringkasan', 'Isi ringkas; nomor telepon, NIK, dan alamat surel sudah disamarkan'),
        ('', 'mulai', 'Waktu mulai menurut sumbernya'),
        ('', 'aturan', 'Kode aturan alarm di paket kota'),
        ('', 'berakhir', 'Waktu berakhir; kosong selama masih berlaku'),
        ('', 'diterima_petugas', 'Waktu petugas menerima alarm; kosong jika belum'),
        ('', 'ditangani', 'Waktu alarm selesai ditangani; kosong jika belum'),
        ('', 'ditinjau', 'Waktu alarm ditinjau; kosong jika belum'),
        ('', 'diketahui', 'Waktu mesin alarm mengetahuinya'),
        ('', 'terbit', 'Waktu terbit'),
        ('', 'tingkat', 'Tingkat: info, waspada, siaga, awas'),
        ('', 'judul', 'Judul'),
        ('', 'isi', 'Isi'),
        ('', 'wilayah', 'Kode wilayah yang disebut; kosong berarti tidak disebut'),
        ('', 'tautan', 'Tautan ke sumbernya'),
        ('', 'magnitudo', 'Magnitudo menurut BMKG'),
        ('', 'kedalaman_km', 'Kedalaman, km'),
        ('', 'dirasakan', 'Wilayah yang merasakan, skala MMI, menurut BMKG'),
        ('', 'potensi', 'Potensi tsunami menurut BMKG'),
        ('', 'berlaku', 'Awal tiga jam yang diprakirakan'),
        ('', 'suhu', 'Suhu, °C'),
        ('', 'kelembapan', 'Kelembapan, %'),
        ('', 'hujan', 'Hujan dalam tiga jam, mm'),
        ('', 'cuaca', 'Cuaca dengan kata-kata BMKG'),
        ('', 'angin', 'Kecepatan angin, km/jam'),
        ('', 'awan', 'Tutupan awan, %'),
        ('', 'dianalisis', 'Waktu analisis prakiraan'),
        ('', 'tampilan', 'Nama tampilan atau tabel'),
        ('', 'urutan', 'Urutan kolom'),
        ('', 'kolom', 'Nama kolom'),
        ('', 'tipe', 'Tipe data'),
        ('', 'keterangan', 'Arti kolom'),
        ('', 'keterangan_tampilan', 'Arti tampilan dan sumbernya')
    ) AS words (only_in, name, meaning) ORDER BY only_in
    LOOP
        FOR place IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                     WHERE c.relnamespace = 'analisis'::regnamespace AND c.relkind IN ('r', 'v')
                       AND a.attname = said.name AND said.only_in IN ('', c.relname)
        LOOP
            EXECUTE format('COMMENT ON COLUMN analisis.%I.%I IS %L', place.relname, said.name, said.meaning);
        END LOOP;
    END LOOP;
END $words$;

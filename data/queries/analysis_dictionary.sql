-- What a view for analysts and its columns mean.
SELECT kolom, keterangan, keterangan_tampilan
FROM analisis.kamus
WHERE tampilan = %(view)s::text
ORDER BY urutan

-- The open cases of one kecamatan by kelurahan and category, with the oldest of each.
SELECT service, subdistrict, category, status, count(*) AS n, min(opened_at) AS oldest_opened_at,
       max(status_at) AS newest_status_at
FROM cases
WHERE is_open AND left(subdistrict, 8) = %(district)s::text
GROUP BY service, subdistrict, category, status
ORDER BY service, subdistrict, category, status

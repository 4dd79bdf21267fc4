-- The open cases of one kelurahan with what decides their deadlines; the 2000 open longest.
SELECT service, case_id, status, category, subdistrict, agency, opened_at, status_at
FROM cases
WHERE is_open AND subdistrict = %(subdistrict)s::text
ORDER BY opened_at, service, case_id
LIMIT 2000

-- Where the open cases are; the newest 2000 of them.
SELECT service, case_id, status, category, subdistrict, lat, lon, opened_at
FROM cases
WHERE service = %(service)s::text AND is_open
ORDER BY opened_at DESC, case_id
LIMIT 2000

-- The open cases, the longest open first; the first 5000 of them.
SELECT service, case_id, status, status_at, opened_at, category, subdistrict, agency
FROM cases
WHERE service = %(service)s::text AND is_open
ORDER BY opened_at, case_id
LIMIT 5000

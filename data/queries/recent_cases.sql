-- The cases that were heard of last.
SELECT service, case_id, status, status_at, opened_at, category, subdistrict, agency, summary
FROM cases
WHERE service = %(service)s::text
ORDER BY received_at DESC, case_id
LIMIT 8

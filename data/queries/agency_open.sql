-- The open cases of one agency (`tanpa`: of none) with what decides their deadlines; the 5000 open longest.
SELECT service, case_id, status, category, subdistrict, agency, opened_at, status_at
FROM cases
WHERE is_open AND (agency = %(agency)s::text OR (agency IS NULL AND %(agency)s::text = 'tanpa'))
ORDER BY opened_at, service, case_id
LIMIT 5000

-- The open cases of every service with what decides their deadlines; of each service the 2000 open longest.
SELECT s.service, c.case_id, c.status, c.category, c.subdistrict, c.agency, c.opened_at, c.status_at
FROM case_services s
JOIN LATERAL (
    SELECT case_id, status, category, subdistrict, agency, opened_at, status_at
    FROM cases
    WHERE service = s.service AND is_open
    ORDER BY opened_at
    LIMIT 2000
) c ON true
ORDER BY s.service, c.opened_at, c.case_id

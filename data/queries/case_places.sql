-- Where every service's open cases are; of each service the newest 10000.
SELECT s.service, c.case_id, c.status, c.category, c.subdistrict, c.lat, c.lon, c.opened_at
FROM case_services s
JOIN LATERAL (
    SELECT case_id, status, category, subdistrict, lat, lon, opened_at
    FROM cases
    WHERE service = s.service AND is_open
    ORDER BY opened_at DESC, case_id
    LIMIT 10000
) c ON true
ORDER BY s.service, c.opened_at DESC, c.case_id

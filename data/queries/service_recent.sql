-- The newest six cases of each category of every service, opened within 14 days: where most calls are no incidents, the
-- incidents are among them all the same.
SELECT s.service, c.case_id, c.status, c.status_at, c.opened_at, c.category, c.subdistrict
FROM case_services s
JOIN LATERAL (
    SELECT case_id, status, status_at, opened_at, category, subdistrict,
           row_number() OVER (PARTITION BY category ORDER BY opened_at DESC, case_id) AS place
    FROM cases
    WHERE service = s.service AND opened_at > %(now)s::timestamptz - interval '14 days'
) c ON c.place <= 6
ORDER BY s.service, c.opened_at DESC, c.case_id

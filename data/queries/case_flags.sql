-- The cases of the last 30 days with steps their service does not allow, the last changed first, with all their statuses in
-- the order of time; six of them, and how many there are (`n`).
SELECT f.service, f.case_id, f.status, f.status_at, f.agency, f.impossible_steps, f.n,
       ARRAY(SELECT e.status
             FROM case_events e
             WHERE e.service = f.service AND e.case_id = f.case_id AND e.at BETWEEN f.opened_at AND f.status_at
             ORDER BY e.at, e.status_rank, e.status
             LIMIT 50) AS statuses
FROM (
    SELECT service, case_id, status, status_at, opened_at, agency, impossible_steps, count(*) OVER () AS n
    FROM cases
    WHERE impossible_steps > 0 AND status_at >= %(now)s::timestamptz - interval '30 days'
    ORDER BY status_at DESC, service, case_id
    LIMIT 6
) AS f
ORDER BY f.status_at DESC, f.service, f.case_id

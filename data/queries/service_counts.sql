-- Every service's open cases, and those that changed since local midnight, by status and category. Whatever was opened
-- or finished today changed today, so the index of each service's changes finds it.
WITH today AS (
    SELECT date_trunc('day', %(now)s::timestamptz, %(zone)s::text) AS began
)
SELECT s.service, c.status, c.category,
       count(*) FILTER (WHERE c.is_open) AS open,
       count(*) FILTER (WHERE c.opened_at >= today.began) AS opened_today,
       count(*) FILTER (WHERE NOT c.is_open AND c.status_at >= today.began) AS ended_today,
       min(c.opened_at) FILTER (WHERE c.is_open) AS oldest_opened_at, max(c.status_at) AS status_at
FROM case_services s
CROSS JOIN today
JOIN LATERAL (
    SELECT status, category, is_open, opened_at, status_at
    FROM cases
    WHERE service = s.service AND (is_open OR status_at >= today.began)
    OFFSET 0 -- service by service, by its indexes
) c ON true
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3

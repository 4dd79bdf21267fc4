-- How many cases of each service, agency and category were opened and how many ended on each of the last 14 local days;
-- days without any are left out.
WITH since AS (
    SELECT date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '13 days' AS began
)
SELECT s.service, c.agency, c.category, (c.at AT TIME ZONE %(zone)s::text)::date AS day,
       sum(c.opened)::int AS opened, sum(c.ended)::int AS ended
FROM case_services s
CROSS JOIN since
JOIN LATERAL (
    SELECT agency, category, opened_at AS at, 1 AS opened, 0 AS ended
    FROM cases
    WHERE service = s.service AND opened_at >= since.began
    UNION ALL
    SELECT agency, category, status_at, 0, 1
    FROM cases
    WHERE service = s.service AND status_at >= since.began AND NOT is_open
) c ON true
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4

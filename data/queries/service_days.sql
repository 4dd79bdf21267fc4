-- How many cases of each service and category were opened on each of the last 14 local days; days without any are left out.
SELECT s.service, c.category, (c.opened_at AT TIME ZONE %(zone)s::text)::date AS day, count(*) AS opened
FROM case_services s
JOIN LATERAL (
    SELECT category, opened_at
    FROM cases
    WHERE service = s.service
      AND opened_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '13 days'
    OFFSET 0 -- service by service, by its index
) c ON true
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3

-- Every service's cases that are open or were opened or ended within 30 whole local days and today, counted by the local
-- days on which they were opened and ended (null while open); beside it how many of them were within 24 hours.
SELECT s.service, c.category, c.status, (c.opened_at AT TIME ZONE %(zone)s::text)::date AS opened_on,
       CASE WHEN NOT c.is_open THEN (c.status_at AT TIME ZONE %(zone)s::text)::date END AS ended_on, count(*) AS n,
       count(*) FILTER (WHERE c.opened_at > %(now)s::timestamptz - interval '24 hours') AS opened_24h,
       count(*) FILTER (WHERE NOT c.is_open AND c.status_at > %(now)s::timestamptz - interval '24 hours') AS ended_24h,
       max(c.status_at) AS status_at
FROM case_services s
JOIN LATERAL (
    SELECT category, status, is_open, opened_at, status_at
    FROM cases
    WHERE service = s.service
      AND (is_open OR status_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '30 days')
    OFFSET 0 -- service by service, by its indexes
) c ON true
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 4, 5, 2, 3

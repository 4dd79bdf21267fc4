-- How long the cases of every agency took that were opened in the last 30 days: seconds from opening to the first action,
-- and to the end of those that ended. Grouped by what decides whether a case counts, so that medians can be taken over all that do.
SELECT s.service, c.agency, c.category, c.status, count(*) AS opened,
       coalesce(array_agg(c.acted_after) FILTER (WHERE c.acted_after IS NOT NULL), '{}') AS acted_after,
       coalesce(array_agg(c.ended_after) FILTER (WHERE c.ended_after IS NOT NULL), '{}') AS ended_after,
       max(c.status_at) AS status_at
FROM case_services s
JOIN LATERAL (
    SELECT agency, category, status, status_at, extract(epoch FROM first_action_at - opened_at)::bigint AS acted_after,
           CASE WHEN NOT is_open THEN extract(epoch FROM status_at - opened_at)::bigint END AS ended_after
    FROM cases
    WHERE service = s.service AND opened_at >= %(now)s::timestamptz - interval '30 days'
    OFFSET 0 -- service by service, by its index
) c ON true
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4

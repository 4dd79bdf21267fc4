-- How long the cases opened within a span took to reach each status, by service and category: their number and the sum of
-- their minutes. A span is the last 24 hours (1), or the last 7 or 30 whole local days.
WITH today AS (
    SELECT date_trunc('day', %(now)s::timestamptz, %(zone)s::text) AS began
), opened AS MATERIALIZED (
    SELECT s.service, c.case_id, c.category, c.opened_at
    FROM case_services s
    CROSS JOIN today
    JOIN LATERAL (
        SELECT case_id, category, opened_at
        FROM cases
        WHERE service = s.service AND opened_at >= today.began - interval '30 days'
        OFFSET 0 -- service by service, by its index
    ) c ON true
), reached AS (
    SELECT service, case_id, status, min(at) AS at
    FROM case_events
    WHERE at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '30 days' AND status_rank > 0
    GROUP BY 1, 2, 3
), taken AS (
    SELECT service, category, opened_at, status, extract(epoch FROM at - opened_at)::float8 / 60 AS minutes
    FROM opened JOIN reached USING (service, case_id)
)
SELECT t.service, t.category, t.status, spans.span, count(*) AS n, sum(t.minutes) AS minutes
FROM taken t
CROSS JOIN today
JOIN (VALUES (1), (7), (30)) AS spans (span)
  ON CASE spans.span WHEN 1 THEN t.opened_at > %(now)s::timestamptz - interval '24 hours'
     ELSE t.opened_at >= today.began - spans.span * interval '1 day' AND t.opened_at < today.began END
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4

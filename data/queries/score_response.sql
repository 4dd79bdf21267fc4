-- How long the cases opened within a span took until help arrived, by service and category: their number and the sum of
-- their minutes. A span is the last 24 hours (1), or the last 7 or 30 whole local days; `arrival_*` are the statuses that
-- the pack's limits in minutes end with.
WITH today AS (
    SELECT date_trunc('day', %(now)s::timestamptz, %(zone)s::text) AS began
), taken AS (
    SELECT a.service, c.category, a.status, c.opened_at, extract(epoch FROM c.at - c.opened_at)::float8 / 60 AS minutes
    FROM unnest(%(arrival_service)s::text[], %(arrival_status)s::text[]) AS a (service, status)
    CROSS JOIN today
    JOIN LATERAL (
        SELECT category, opened_at, at
        FROM cases
        JOIN (SELECT case_id, min(at) AS at
              FROM case_events
              WHERE service = a.service AND status = a.status
                AND at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '30 days'
              GROUP BY 1) AS reached USING (case_id)
        WHERE service = a.service AND opened_at >= today.began - interval '30 days'
        OFFSET 0 -- service by service, by its index
    ) c ON true
)
SELECT t.service, t.category, t.status, spans.span, count(*) AS n, sum(t.minutes) AS minutes
FROM taken t
CROSS JOIN today
JOIN (VALUES (1), (7), (30)) AS spans (span)
  ON CASE spans.span WHEN 1 THEN t.opened_at > %(now)s::timestamptz - interval '24 hours'
     ELSE t.opened_at >= today.began - spans.span * interval '1 day' AND t.opened_at < today.began END
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4

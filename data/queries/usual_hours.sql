-- What is usual at this time of day: the same sixty minutes of each of the last seven days, from the two clock hours they
-- lie in by their shares. `mean` is of single readings, `hourly` is the sum of an hour, `days` those that were heard.
WITH series AS MATERIALIZED (
    SELECT l.device_id, l.kind_id, d.key AS device, k.key AS kind
    FROM latest_readings l
    JOIN devices d ON d.id = l.device_id
    JOIN kinds k ON k.id = l.kind_id
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN (
        'vehicle_count', 'vehicle_speed', 'buses_running', 'water_production', 'water_pressure', 'beds_free')
), parts AS MATERIALIZED (
    SELECT back, b.bucket, b.share
    FROM generate_series(1, 7) AS back
    CROSS JOIN LATERAL (
        SELECT ((%(now)s::timestamptz AT TIME ZONE %(zone)s::text) - back * interval '1 day')
               AT TIME ZONE %(zone)s::text AS at
    ) AS same
    CROSS JOIN LATERAL (
        SELECT date_trunc('hour', at) AS began, extract(epoch FROM at - date_trunc('hour', at)) / 3600.0 AS passed
    ) AS hour
    CROSS JOIN LATERAL (
        VALUES (began, passed::float8), (began - interval '1 hour', (1 - passed)::float8)
    ) AS b (bucket, share)
)
SELECT s.device, s.kind, count(DISTINCT p.back) AS days,
       sum(r.total * p.share) / nullif(sum(r.n * p.share), 0) AS mean,
       sum(r.total * p.share) / nullif(sum(p.share), 0) AS hourly
FROM series s
CROSS JOIN LATERAL (
    SELECT bucket, n, total
    FROM rollup_hour
    WHERE device_id = s.device_id AND kind_id = s.kind_id
      AND bucket >= %(now)s::timestamptz - interval '8 days' AND bucket <= %(now)s::timestamptz
    OFFSET 0 -- series by series, by its index
) r
JOIN parts p ON p.bucket = r.bucket AND p.share > 0
GROUP BY s.device, s.kind
ORDER BY s.device, s.kind

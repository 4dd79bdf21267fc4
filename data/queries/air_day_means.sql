-- The running 24-hour mean of every pollutant at each station, and how many readings each of the 24 hours gave.
-- Pollutants are the kinds in µg/m³, the unit of the air quality index. Whole hours come from their rollup; the hour
-- that has begun and the one 24 hours before it from minutes, and together they are one hour of the 24.
WITH parts AS (
    SELECT r.device_id, r.kind_id, r.bucket, r.n, r.total
    FROM rollup_hour r
    WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
      AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE unit = 'µg/m³'))
      AND r.bucket > date_trunc('hour', %(now)s::timestamptz, 'UTC') - interval '24 hours'
      AND r.bucket < date_trunc('hour', %(now)s::timestamptz, 'UTC')
    UNION ALL
    SELECT r.device_id, r.kind_id, r.bucket, r.n, r.total
    FROM rollup_minute r
    WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
      AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE unit = 'µg/m³'))
      AND r.bucket >= %(now)s::timestamptz - interval '24 hours'
      AND r.bucket < date_trunc('hour', %(now)s::timestamptz, 'UTC') - interval '23 hours'
    UNION ALL
    SELECT r.device_id, r.kind_id, r.bucket, r.n, r.total
    FROM rollup_minute r
    WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
      AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE unit = 'µg/m³'))
      AND r.bucket >= date_trunc('hour', %(now)s::timestamptz, 'UTC') AND r.bucket <= %(now)s::timestamptz
), hours AS (
    SELECT device_id, kind_id, sum(n) AS n, sum(total) AS total
    FROM parts
    GROUP BY device_id, kind_id, extract(hour FROM bucket AT TIME ZONE 'UTC')
)
SELECT d.key AS device, k.key AS kind, sum(h.total) / sum(h.n) AS mean, sum(h.n)::bigint AS n,
       array_agg(h.n::bigint ORDER BY h.n DESC) AS hours
FROM hours h
JOIN devices d ON d.id = h.device_id
JOIN kinds k ON k.id = h.kind_id
GROUP BY d.key, k.key
ORDER BY d.key, k.key

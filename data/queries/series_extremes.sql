-- The highest and the lowest reading of each kind of one device in the last 30 days, and in which hour each was.
WITH hours AS MATERIALIZED (
    SELECT r.kind_id, r.bucket, r.low, r.high
    FROM rollup_hour r
    WHERE r.device_id = (SELECT id FROM devices WHERE key = %(device)s::text)
      AND r.bucket > %(now)s::timestamptz - interval '30 days' AND r.bucket <= %(now)s::timestamptz
)
SELECT k.key AS kind, max(h.high) AS high, (array_agg(h.bucket ORDER BY h.high DESC, h.bucket DESC))[1] AS high_at,
       min(h.low) AS low, (array_agg(h.bucket ORDER BY h.low, h.bucket DESC))[1] AS low_at,
       count(DISTINCT date_trunc('day', h.bucket, %(zone)s::text)) AS days
FROM hours h
JOIN kinds k ON k.id = h.kind_id
GROUP BY k.key
ORDER BY k.key

-- The running 24-hour mean of fine and coarse dust at each station: what the air quality index is computed from.
SELECT d.key AS device, k.key AS kind, sum(r.total) / sum(r.n) AS mean, sum(r.n)::bigint AS n,
       %(now)s::timestamptz - interval '24 hours' AS expected_from
FROM rollup_minute r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE key IN ('pm25', 'pm10')))
  AND r.bucket >= %(now)s::timestamptz - interval '24 hours' AND r.bucket <= %(now)s::timestamptz
GROUP BY d.key, k.key
ORDER BY d.key, k.key

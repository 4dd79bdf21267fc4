-- The last 24 whole hours of every series: in how many of them it was heard, its readings, their sum and the highest.
SELECT d.key AS device, k.key AS kind, count(*) AS hours, sum(r.n)::bigint AS n, sum(r.total) AS total,
       max(r.high) AS high, max(r.bucket) + interval '1 hour' AS until
FROM rollup_hour r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.bucket >= date_trunc('hour', %(now)s::timestamptz) - interval '24 hours'
  AND r.bucket < date_trunc('hour', %(now)s::timestamptz)
GROUP BY 1, 2
ORDER BY 1, 2

-- The last 30 whole local days of every series, newest first: which of them it was heard on, and of each its readings,
-- their sum and the highest.
SELECT d.key AS device, k.key AS kind, array_agg((r.bucket AT TIME ZONE %(zone)s::text)::date ORDER BY r.bucket DESC) AS days,
       array_agg(r.n ORDER BY r.bucket DESC) AS n, array_agg(r.total ORDER BY r.bucket DESC) AS total,
       array_agg(r.high ORDER BY r.bucket DESC) AS high
FROM rollup_day r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.bucket >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '30 days'
  AND r.bucket < date_trunc('day', %(now)s::timestamptz, %(zone)s::text)
GROUP BY 1, 2
ORDER BY 1, 2

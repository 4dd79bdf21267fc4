-- Every pollutant's mean at each station on each local day of a span that has any, and of how many readings.
SELECT d.key AS device, k.key AS kind, (r.bucket AT TIME ZONE %(zone)s::text)::date AS day, r.n::bigint AS n,
       r.total / r.n AS mean
FROM rollup_day r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE unit = 'µg/m³'))
  AND r.bucket >= %(since)s::timestamptz AND r.bucket < %(until)s::timestamptz AND r.n > 0
ORDER BY d.key, k.key, r.bucket

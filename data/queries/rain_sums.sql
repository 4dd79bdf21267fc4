-- Rain of the last hour and of the last 24 hours at each rain gauge, in millimetres, and of how many readings.
-- A gauge that said nothing for an hour has no sum of that hour: silence is not a dry hour.
SELECT d.key AS device,
       sum(r.total) FILTER (WHERE r.bucket > %(now)s::timestamptz - interval '1 hour') AS mm_1h,
       sum(r.total) AS mm_24h,
       coalesce(sum(r.n) FILTER (WHERE r.bucket > %(now)s::timestamptz - interval '1 hour'), 0)::bigint AS n_1h,
       sum(r.n)::bigint AS n_24h, max(r.bucket) AS newest
FROM rollup_minute r
JOIN devices d ON d.id = r.device_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = (SELECT id FROM kinds WHERE key = 'rain')
  AND r.bucket > %(now)s::timestamptz - interval '24 hours' AND r.bucket <= %(now)s::timestamptz
GROUP BY d.key
ORDER BY d.key

-- Water levels of the hours that a curve looks back, one mean per quarter of an hour, and of how many readings it is.
SELECT d.key AS device, time_bucket(interval '15 minutes', r.bucket) AS bucket, sum(r.total) / sum(r.n) AS value,
       sum(r.n)::bigint AS n
FROM rollup_minute r
JOIN devices d ON d.id = r.device_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = (SELECT id FROM kinds WHERE key = 'water_level')
  AND r.bucket >= time_bucket(interval '15 minutes', %(now)s::timestamptz) - make_interval(hours => %(rivers_hours)s)
  AND r.bucket <= %(now)s::timestamptz
GROUP BY d.key, 2
ORDER BY d.key, 2

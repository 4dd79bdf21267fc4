-- Fine dust of the hours that a curve looks back, one mean per hour.
SELECT d.key AS device, r.bucket, r.total / r.n AS value
FROM rollup_hour r
JOIN devices d ON d.id = r.device_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = (SELECT id FROM kinds WHERE key = 'pm25')
  AND r.bucket > %(now)s::timestamptz - make_interval(hours => %(air_hours)s) AND r.bucket <= %(now)s::timestamptz
ORDER BY d.key, r.bucket

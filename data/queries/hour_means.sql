-- The last 24 hours of what has a course worth seeing, one mean an hour.
SELECT d.key AS device, k.key AS kind, r.bucket, r.total / r.n AS value
FROM rollup_hour r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE key IN (
      'vehicle_speed', 'water_production', 'water_pressure', 'beds_free')))
  AND r.bucket > %(now)s::timestamptz - interval '24 hours' AND r.bucket <= %(now)s::timestamptz
ORDER BY d.key, k.key, r.bucket

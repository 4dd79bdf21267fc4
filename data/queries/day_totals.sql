-- Each of the last fifteen local days of what is counted, weighed or measured by the day, today as far as it has come.
SELECT d.key AS device, k.key AS kind, (r.bucket AT TIME ZONE %(zone)s::text)::date AS day,
       r.n, r.total, r.low, r.high
FROM rollup_day r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE key IN (
      'waste_tonnage', 'light_energy', 'lamps_lit', 'bus_passengers', 'app_users', 'certificates_issued',
      'water_production', 'visitors')))
  AND r.bucket >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '14 days'
  AND r.bucket <= %(now)s::timestamptz
ORDER BY d.key, k.key, r.bucket

-- Between what temperature, humidity and wind moved in the last 24 hours at each station.
SELECT d.key AS device, k.key AS kind, min(r.low) AS low, max(r.high) AS high
FROM rollup_hour r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE key IN ('temperature', 'humidity', 'wind_speed')))
  AND r.bucket > %(now)s::timestamptz - interval '24 hours' AND r.bucket <= %(now)s::timestamptz
GROUP BY d.key, k.key
ORDER BY d.key, k.key

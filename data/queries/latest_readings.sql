-- The newest reading of every series of the placed devices.
SELECT d.key AS device, k.key AS kind, l.value, l.observed_at, l.received_at
FROM devices d
JOIN latest_readings l ON l.device_id = d.id
JOIN kinds k ON k.id = l.kind_id
WHERE d.key = ANY(%(devices)s::text[])
ORDER BY d.key, k.key

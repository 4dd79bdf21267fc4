-- What the device of an alarm last measured of what the alarm is about.
SELECT l.value, l.observed_at
FROM alarms a
JOIN devices d ON d.key = a.device
JOIN kinds k ON k.key = a.kind
JOIN latest_readings l ON l.device_id = d.id AND l.kind_id = k.id
WHERE a.id = %(alarm)s::bigint

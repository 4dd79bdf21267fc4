-- The series of some kinds that arrived since a moment, with the time of the newest reading of each.
SELECT d.key AS device, k.key AS kind, l.observed_at, l.received_at
FROM latest_readings l
JOIN devices d ON d.id = l.device_id
JOIN kinds k ON k.id = l.kind_id
WHERE k.key = ANY(%(kinds)s::text[]) AND l.received_at > %(after)s::timestamptz

-- What arrives from devices the city pack does not place: the newest four, and how many such devices there are.
WITH unplaced AS MATERIALIZED (
    SELECT l.device_id, l.kind_id, l.value, l.observed_at, l.received_at
    FROM latest_readings l
    WHERE l.device_id <> ALL(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
)
SELECT d.key AS device, k.key AS kind, u.value, u.observed_at, u.received_at,
       (SELECT count(DISTINCT device_id) FROM unplaced) AS devices_total
FROM (SELECT * FROM unplaced ORDER BY received_at DESC, device_id, kind_id LIMIT 4) u
JOIN devices d ON d.id = u.device_id
JOIN kinds k ON k.id = u.kind_id
ORDER BY u.received_at DESC, d.key, k.key

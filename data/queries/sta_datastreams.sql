-- Series: a kind of reading at a device, with its newest reading. Its number is made of both.
SELECT l.device_id::bigint * 32768 + l.kind_id AS stream_id, l.device_id::bigint AS thing_id, l.kind_id::bigint AS property_id,
       d.key AS device, k.key AS kind, w.name || ' · ' || coalesce(p.name, d.key) AS name, w.name AS property, w.unit,
       coalesce(p.name, d.key) AS thing, l.observed_at AS newest_at
FROM latest_readings l
JOIN devices d ON d.id = l.device_id
JOIN kinds k ON k.id = l.kind_id
JOIN jsonb_to_recordset(%(words)s::jsonb) AS w (key text, name text, unit text) ON w.key = k.key
LEFT JOIN jsonb_to_recordset(%(pack)s::jsonb) AS p (key text, name text) ON p.key = d.key

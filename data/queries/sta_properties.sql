-- Kinds of reading that some device has sent, with what they are called (a JSON array).
SELECT k.id::bigint AS property_id, k.key, w.name, w.unit
FROM kinds k
JOIN jsonb_to_recordset(%(words)s::jsonb) AS w (key text, name text, unit text) ON w.key = k.key
WHERE EXISTS (SELECT FROM latest_readings l WHERE l.kind_id = k.id)

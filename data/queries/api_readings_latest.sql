-- The newest reading of each series asked for, by device and kind, from after a place on, and what is doubted of it.
SELECT d.key AS device, k.key AS kind, l.value, l.observed_at,
       ARRAY(SELECT doubt
             FROM reading_doubts q
             WHERE q.device_id = l.device_id AND q.kind_id = l.kind_id AND q.observed_at = l.observed_at
             ORDER BY 1) AS doubts
FROM latest_readings l
JOIN devices d ON d.id = l.device_id
JOIN kinds k ON k.id = l.kind_id
WHERE k.key = ANY(%(kinds)s::text[])
  AND (%(devices)s::text[] IS NULL OR d.key = ANY(%(devices)s::text[]))
  AND (%(after_device)s::text IS NULL OR (d.key, k.key) > (%(after_device)s::text, %(after_kind)s::text))
ORDER BY d.key, k.key
LIMIT %(rows)s::int

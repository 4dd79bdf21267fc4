-- Readings of a span of time, series by series, the newest of each first, from after a place on; of each what is doubted
-- and whether the device was worked on.
SELECT s.device, s.kind, r.value, r.observed_at,
       ARRAY(SELECT doubt
             FROM reading_doubts q
             WHERE q.device_id = s.device_id AND q.kind_id = s.kind_id AND q.observed_at = r.observed_at
             UNION ALL
             SELECT 'maintenance'
             WHERE EXISTS (SELECT FROM maintenance_windows m
                           WHERE m.device_id = s.device_id AND r.observed_at >= m.starts_at AND r.observed_at < m.ends_at)
             ORDER BY 1) AS doubts
FROM (
    SELECT l.device_id, l.kind_id, d.key AS device, k.key AS kind,
           CASE WHEN (d.key, k.key) = (%(after_device)s::text, %(after_kind)s::text)
                THEN least(%(after_observed_at)s::timestamptz, %(until)s::timestamptz)
                ELSE %(until)s::timestamptz END AS until
    FROM latest_readings l
    JOIN devices d ON d.id = l.device_id
    JOIN kinds k ON k.id = l.kind_id
    WHERE k.key = ANY(%(kinds)s::text[])
      AND (%(devices)s::text[] IS NULL OR d.key = ANY(%(devices)s::text[]))
      AND (%(after_device)s::text IS NULL OR (d.key, k.key) >= (%(after_device)s::text, %(after_kind)s::text))
) s
CROSS JOIN LATERAL (
    SELECT value, observed_at
    FROM readings
    WHERE device_id = s.device_id AND kind_id = s.kind_id
      AND observed_at >= %(since)s::timestamptz AND observed_at < %(until)s::timestamptz AND observed_at < s.until
    ORDER BY observed_at DESC
    LIMIT %(rows)s::int
) r
ORDER BY s.device, s.kind, r.observed_at DESC
LIMIT %(rows)s::int

-- What is doubted of readings; the same again changes nothing.
INSERT INTO reading_doubts (observed_at, device_id, kind_id, doubt)
SELECT observed_at, device_id, kind_id, doubt
FROM unnest(%(observed_at)s, %(device_id)s, %(kind_id)s, %(doubt)s) AS staged (observed_at, device_id, kind_id, doubt)
ORDER BY device_id, kind_id, observed_at, doubt
ON CONFLICT (device_id, kind_id, observed_at, doubt) DO NOTHING

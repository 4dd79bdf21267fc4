-- What was doubted of a device in the last 24 hours, kind by kind: how many readings, and when the last of them was taken.
SELECT k.key AS kind, r.doubt, count(*) AS n, max(r.observed_at) AS observed_at
FROM reading_doubts r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE d.key = %(device)s::text AND r.observed_at > %(now)s::timestamptz - interval '24 hours'
GROUP BY k.key, r.doubt
ORDER BY k.key, r.doubt

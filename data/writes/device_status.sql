-- Devices that went on or off line; the same word again leaves the time since when it holds.
UPDATE devices d
SET status = s.status, status_at = s.at
FROM (
    SELECT * FROM unnest(%(device_id)s, %(status)s, %(at)s) AS said (device_id, status, at) ORDER BY device_id
) AS s
WHERE d.id = s.device_id AND d.status IS DISTINCT FROM s.status

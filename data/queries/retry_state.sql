-- The newest request to read again what was refused, and whether a process is there that does it. Always one row.
SELECT upkeep.beats, newest.reason, newest.requested_at, newest.done_at, newest.understood, newest.kept, newest.failed
FROM (
    SELECT coalesce(bool_or(%(now)s::timestamptz - beat_at < interval '7 seconds'), false) AS beats
    FROM components
    WHERE name = 'maintenance'
) AS upkeep
LEFT JOIN (
    SELECT reason, requested_at, done_at, understood, kept, failed FROM retry_requests ORDER BY id DESC LIMIT 1
) AS newest ON true

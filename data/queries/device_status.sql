-- The devices that said whether they are on line.
SELECT key AS device, status, status_at FROM devices WHERE status IS NOT NULL ORDER BY key

-- Held until the commit, so that of two workers with events of one case the second computes it from both.
-- A lock stands for many cases: the server's table of locks is small.
SELECT pg_advisory_xact_lock(301922, lock)
FROM (
    SELECT DISTINCT hashtext(service || '/' || case_id) & 255 AS lock
    FROM unnest(%(service)s, %(case_id)s) AS touched (service, case_id)
    ORDER BY 1
) AS locks

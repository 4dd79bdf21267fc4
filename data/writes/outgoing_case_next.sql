-- The case that waits longest; another process takes the next one meanwhile.
SELECT id, service, payload FROM outgoing_cases ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED

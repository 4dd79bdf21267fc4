-- The processes that write, when each was last alive, and whether it still beats (every 2 s; one lost beat is none).
SELECT name, instance, started_at, beat_at, state, %(now)s::timestamptz - beat_at < interval '7 seconds' AS beats
FROM components
ORDER BY name, instance

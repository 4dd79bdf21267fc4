-- The processes that write, and when each was last alive.
SELECT name, instance, started_at, beat_at, state FROM components ORDER BY name, instance

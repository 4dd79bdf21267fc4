-- The metrics of the processes that write, as Prometheus text.
SELECT name, instance, beat_at, metrics FROM components WHERE metrics <> '' ORDER BY name, instance

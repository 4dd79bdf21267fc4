-- When an alarm engine was last alive: how old an empty list of alarms is.
SELECT max(beat_at) AS beat_at FROM components WHERE name = 'alarms' HAVING max(beat_at) IS NOT NULL

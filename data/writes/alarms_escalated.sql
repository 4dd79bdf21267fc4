-- Alarms that nobody took in time go one position further: so many minutes of their priority after they were known, and so
-- many again for each position after that, until the last one has them.
WITH due AS (
    UPDATE alarms a
    SET escalated = a.escalated + 1
    FROM unnest(%(priorities)s::text[], %(minutes)s::double precision[]) AS told (priority, minutes)
    WHERE told.priority = a.priority
      AND a.ended_at IS NULL AND NOT a.withdrawn -- for the sake of the index
      AND alarm_life(a, %(now)s::timestamptz) = 'new'
      AND a.escalated + 1 < cardinality(%(duty)s::text[])
      AND a.known_at + make_interval(secs => 60 * told.minutes * (a.escalated + 1)) <= %(now)s::timestamptz
    RETURNING a.id, a.escalated
)
INSERT INTO alarm_steps (alarm_id, step, actor, note)
SELECT id, 'escalated', 'engine', (%(duty)s::text[])[escalated + 1] FROM due ORDER BY id

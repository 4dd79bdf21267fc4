-- One step of a person at many alarms: each alarm as it is after it, and a row of the log for each.
-- Whoever assigns, shelves or resolves an alarm has seen it.
WITH changed AS (
    UPDATE alarms
    SET acknowledged_at = CASE WHEN %(step)s IN ('acknowledged', 'assigned', 'shelved', 'resolved')
                               THEN coalesce(acknowledged_at, %(at)s::timestamptz) ELSE acknowledged_at END,
        acknowledged_by = CASE WHEN %(step)s IN ('acknowledged', 'assigned', 'shelved', 'resolved')
                               THEN coalesce(acknowledged_by, %(actor)s) ELSE acknowledged_by END,
        assigned_to = CASE WHEN %(step)s = 'assigned' THEN %(agency)s ELSE assigned_to END,
        shelved_until = CASE %(step)s WHEN 'shelved' THEN %(until)s::timestamptz WHEN 'unshelved' THEN NULL
                        ELSE shelved_until END,
        resolved_at = CASE WHEN %(step)s = 'resolved' THEN %(at)s::timestamptz ELSE resolved_at END,
        resolved_by = CASE WHEN %(step)s = 'resolved' THEN %(actor)s ELSE resolved_by END,
        reviewed_at = CASE WHEN %(step)s = 'reviewed' THEN %(at)s::timestamptz ELSE reviewed_at END
    WHERE id = ANY(%(ids)s::bigint[])
    RETURNING id
)
INSERT INTO alarm_steps (alarm_id, at, step, actor, note, agency, until)
SELECT id, %(at)s::timestamptz, %(step)s, %(actor)s, %(note)s, %(agency)s, %(until)s::timestamptz
FROM changed
ORDER BY id

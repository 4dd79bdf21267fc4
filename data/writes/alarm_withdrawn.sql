-- An alarm of which late readings show that it never held.
WITH changed AS (
    UPDATE alarms SET withdrawn = true, ended_at = coalesce(ended_at, greatest(clock_timestamp(), raised_at))
    WHERE id = %(id)s AND NOT withdrawn
    RETURNING id
)
INSERT INTO alarm_steps (alarm_id, step, actor) SELECT id, %(step)s, 'engine' FROM changed

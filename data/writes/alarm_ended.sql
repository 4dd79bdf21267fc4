-- An alarm that has ended, or goes on after all (its end is then null), with the step that says so.
WITH changed AS (
    UPDATE alarms SET ended_at = %(ended_at)s::timestamptz, worst = coalesce(%(worst)s::double precision, worst)
    WHERE id = %(id)s AND (ended_at IS NULL) <> (%(ended_at)s::timestamptz IS NULL)
    RETURNING id
)
INSERT INTO alarm_steps (alarm_id, step, actor) SELECT id, %(step)s, 'engine' FROM changed

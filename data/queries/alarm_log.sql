-- Every step of one alarm, the first on top.
SELECT id, at, step, actor, note, agency, until FROM alarm_steps WHERE alarm_id = %(alarm)s::bigint ORDER BY id

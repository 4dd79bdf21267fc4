-- Who took this step at each alarm last, when and with which words.
SELECT DISTINCT ON (alarm_id) alarm_id, actor, at, note, agency, until
FROM alarm_steps
WHERE alarm_id = ANY(%(ids)s::bigint[]) AND step = %(step)s
ORDER BY alarm_id, id DESC

-- The alarms that were raised in a span, as they are known today, the gravest first: what a replay's slider marks.
SELECT id, rule, priority, name, raised_at
FROM alarms
WHERE NOT withdrawn AND raised_at >= %(since)s::timestamptz AND raised_at < %(until)s::timestamptz
ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), raised_at, id
LIMIT 500

-- Readings that came late move the beginning or the end of an alarm; what was known when stays in its steps.
UPDATE alarms
SET raised_at = %(raised_at)s::timestamptz, ended_at = CASE WHEN ended_at IS NULL THEN NULL ELSE %(ended_at)s::timestamptz END
WHERE id = %(id)s

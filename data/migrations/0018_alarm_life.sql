-- How an alarm stands at a moment. The one place that says it: walls, the desk's list and its counts, the mayor's page,
-- reports, the interface, escalation and the steps of people all ask it.
CREATE FUNCTION alarm_life(
    withdrawn boolean, raised_at timestamptz, known_at timestamptz, ended_at timestamptz, acknowledged_at timestamptz,
    resolved_at timestamptz, reviewed_at timestamptz, shelved_until timestamptz, moment timestamptz
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN withdrawn THEN 'withdrawn'
        WHEN raised_at > moment THEN 'coming'
        WHEN reviewed_at IS NOT NULL THEN 'reviewed'
        WHEN resolved_at IS NOT NULL THEN 'resolved'
        WHEN shelved_until > moment THEN 'shelved'
        WHEN ended_at IS NULL AND acknowledged_at IS NULL THEN 'new'
        WHEN ended_at IS NULL THEN 'acknowledged'
        WHEN acknowledged_at IS NULL AND ended_at > known_at AND ended_at > moment - interval '1 day' THEN 'ended'
        ELSE 'closed'
    END
$$;
COMMENT ON FUNCTION alarm_life(boolean, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz,
                               timestamptz, timestamptz) IS
    'ended: before anybody acknowledged it, within the last day. What had ended before it was known, as readings that '
    'come late tell, wants nobody: it is closed';

-- The same of a row of alarms, as it is or as it was (schema past), hence of any type.
CREATE FUNCTION alarm_life(one anyelement, moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT public.alarm_life((one).withdrawn, (one).raised_at, (one).known_at, (one).ended_at, (one).acknowledged_at,
                             (one).resolved_at, (one).reviewed_at, (one).shelved_until, moment)
$$;

CREATE FUNCTION alarm_wants(life text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT life IN ('new', 'acknowledged', 'ended') $$;
COMMENT ON FUNCTION alarm_wants IS 'Whether an alarm that stands like this wants somebody';

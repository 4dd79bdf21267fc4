-- Moments and spans as addresses say them, in the zone of the city: `2026-11-21T14:05`, or a day, which as an end is the
-- whole of it. Said here once, for every question that takes one.
CREATE FUNCTION said_moment(said text, zone text, ends boolean) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT (nullif(said, '')::timestamp + CASE WHEN ends AND length(said) = 10 THEN interval '1 day' ELSE interval '0' END)
          AT TIME ZONE zone $$;

-- The span of an incident's report: up to now, and of the last 24 hours, where an address says no more.
CREATE FUNCTION incident_until(until text, zone text, now timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT least(coalesce(said_moment(until, zone, true), now), now) $$;
CREATE FUNCTION incident_since(since text, until text, zone text, now timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT coalesce(said_moment(since, zone, false), incident_until(until, zone, now) - interval '24 hours') $$;

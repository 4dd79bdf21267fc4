-- The room as it was known at a moment. The schema `past` has views by the names of the room's tables; with a search path
-- of past, public every question is answered from what had arrived by room.moment. Columns that come to tables which are
-- kept here come to past.<table>_was too, at the end, and past.keep is called again. Every new column has a default: a
-- worker that does not know it writes on. Tables are changed in the order in which a batch takes them.

CREATE SCHEMA past;

-- The services that have cases, found by the index; what there was of them, each question asks service by service.
CREATE VIEW case_services AS
WITH RECURSIVE services AS (
    SELECT min(service) AS service FROM cases
    UNION ALL
    SELECT (SELECT min(service) FROM cases WHERE service > s.service) FROM services s WHERE s.service IS NOT NULL
)
SELECT service FROM services WHERE service IS NOT NULL;

-- Said to be immutable, which it is for one question: a constant lets the planner leave chunks out. So whoever asks in this
-- schema asks with a plan of its own each time, never with a prepared statement.
CREATE FUNCTION past.moment() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
$$ SELECT current_setting('room.moment')::timestamptz $$;

CREATE TABLE past.kept (since timestamptz NOT NULL);
INSERT INTO past.kept VALUES (clock_timestamp());
COMMENT ON TABLE past.kept IS 'One row: the earliest moment that can be shown as it was';

ALTER TABLE rollup_minute ADD COLUMN last_received_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE rollup_hour ADD COLUMN last_received_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE rollup_day ADD COLUMN last_received_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE latest_readings ADD COLUMN recounted_at timestamptz NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN rollup_minute.last_received_at IS
    'When the last of its readings was received, or it was counted again; -infinity: before anybody noted it';
COMMENT ON COLUMN latest_readings.recounted_at IS 'When a window of maintenance last made another reading the newest';

CREATE TABLE past.aggregates_was (
    until     timestamptz NOT NULL,
    source    text        NOT NULL,
    device_id integer     NOT NULL,
    kind_id   smallint    NOT NULL,
    bucket    timestamptz NOT NULL
);
CREATE INDEX ON past.aggregates_was (source, until);
COMMENT ON TABLE past.aggregates_was IS
    'Rows of rollups and of latest_readings (bucket -infinity) that were taken away: nothing of them counts any more';

-- Versions: a row that is changed or deleted goes to past.<table>_was, with the time until which it was the one.
CREATE FUNCTION past.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_at timestamptz := clock_timestamp(); -- a transaction may be long
BEGIN
    IF TG_OP = 'UPDATE' THEN
        NEW.version_since := now_at;
    END IF;
    IF TG_TABLE_NAME = 'components' THEN
        OLD.metrics := '';
    ELSIF TG_TABLE_NAME = 'rejected_messages' THEN
        OLD.payload := '';
    END IF;
    EXECUTE format('INSERT INTO past.%I SELECT $1, $2, ($3).*', TG_TABLE_NAME || '_was') USING now_at, TG_OP = 'DELETE', OLD;
    IF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

-- Begin to keep the versions of a table, or go on with the columns it has by now. Where `seldom` is not null it is the
-- condition under which an UPDATE is worth a version, and the view is another's business.
CREATE FUNCTION past.keep(base text, seldom text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    names text;
BEGIN
    IF to_regclass(format('past.%I', base || '_was')) IS NULL THEN
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN version_since timestamptz NOT NULL DEFAULT ''-infinity''', base);
        EXECUTE format('CREATE TABLE past.%I (until timestamptz NOT NULL, gone boolean NOT NULL, LIKE public.%I)',
                       base || '_was', base);
        EXECUTE format('CREATE INDEX ON past.%I (until, version_since)', base || '_was');
        EXECUTE format('CREATE TRIGGER keep_changed BEFORE UPDATE ON public.%I FOR EACH ROW WHEN (%s) '
                       'EXECUTE FUNCTION past.keep_version()', base, coalesce(seldom, 'OLD.* IS DISTINCT FROM NEW.*'));
        EXECUTE format('CREATE TRIGGER keep_deleted BEFORE DELETE ON public.%I FOR EACH ROW '
                       'EXECUTE FUNCTION past.keep_version()', base);
    END IF;
    IF seldom IS NULL THEN
        EXECUTE format('ALTER TABLE public.%I ALTER COLUMN version_since SET DEFAULT clock_timestamp()', base);
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO names
        FROM pg_attribute
        WHERE attrelid = format('public.%I', base)::regclass AND attnum > 0 AND NOT attisdropped;
        EXECUTE format('CREATE OR REPLACE VIEW past.%1$I AS '
                       'SELECT %3$s FROM public.%1$I WHERE version_since <= past.moment() UNION ALL '
                       'SELECT %3$s FROM past.%2$I WHERE until > past.moment() AND version_since <= past.moment()',
                       base, base || '_was', names);
    END IF;
END $$;

SELECT past.keep('maintenance_windows');
ALTER TABLE reading_doubts ADD COLUMN known_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE reading_doubts ALTER COLUMN known_at SET DEFAULT clock_timestamp();
SELECT past.keep('cases');
CREATE INDEX ON past.cases_was (service, until, version_since);
SELECT past.keep('bulletins');
SELECT past.keep('forecasts');
SELECT past.keep('quakes');
SELECT past.keep('devices');
SELECT past.keep('network_devices', 'OLD.version_since < clock_timestamp() - interval ''10 minutes''');
SELECT past.keep('rejected_messages', 'OLD.version_since < clock_timestamp() - interval ''10 minutes''');
SELECT past.keep('feeds', 'OLD.version_since < clock_timestamp() - interval ''10 seconds''');
-- A pause is kept to the second: who beats every 2 s has missed a beat.
SELECT past.keep('components', 'OLD.version_since < clock_timestamp() - interval ''30 seconds'' '
                               'OR OLD.beat_at < clock_timestamp() - interval ''5 seconds'' '
                               'OR OLD.started_at <> NEW.started_at');
SELECT past.keep('alarms');
SELECT past.keep('retry_requests');
CREATE INDEX ON past.network_devices_was (network, address, last_seen_at);
CREATE INDEX ON past.rejected_messages_was (id, received_at);
CREATE INDEX ON past.feeds_was (stream, worker, last_received_at);
CREATE INDEX ON past.components_was (name, instance, beat_at);

-- What is written once. A source's clock runs ahead by ten minutes at most (sensors.parse): nothing later had arrived.
CREATE VIEW past.readings AS
SELECT observed_at, received_at, device_id, kind_id, value
FROM public.readings
WHERE received_at <= past.moment() AND observed_at <= past.moment() + interval '10 minutes';

CREATE VIEW past.reading_doubts AS
SELECT observed_at, device_id, kind_id, doubt
FROM public.reading_doubts
WHERE known_at <= past.moment() AND observed_at <= past.moment() + interval '10 minutes';

CREATE VIEW past.prices AS
SELECT observed_at, received_at, market, commodity, price, unit
FROM public.prices
WHERE received_at <= past.moment() AND observed_at <= past.moment() + interval '10 minutes';

CREATE VIEW past.case_events AS
SELECT at, received_at, service, case_id, status, status_rank, is_open, category, subdistrict, lat, lon, agency, priority,
       channel, summary
FROM public.case_events
WHERE received_at <= past.moment() AND at <= past.moment() + interval '10 minutes';

CREATE VIEW past.alarm_steps AS
SELECT id, alarm_id, at, step, actor, note, agency, until FROM public.alarm_steps WHERE at <= past.moment();

-- What had arrived and counted, by the windows of maintenance as they were known.
CREATE VIEW past.counting_readings AS
SELECT observed_at, received_at, device_id, kind_id, value
FROM past.readings r
WHERE r.device_id <> ALL(ARRAY(SELECT device_id FROM past.maintenance_windows)) -- nearly all of them: looked up once
   OR NOT EXISTS (SELECT FROM past.maintenance_windows m
                  WHERE m.device_id = r.device_id AND r.observed_at >= m.starts_at AND r.observed_at < m.ends_at);

-- Aggregates. A row that nothing was added to since the moment is as it was. The others, changed since or taken away since,
-- are summed up again: those of the three days before the moment within the question, from the next smaller rollup; older
-- ones (late readings, recounts) are few, and functions that are planned only where there are any keep the chunks of a
-- year out of every other question.
CREATE FUNCTION past.counted(device integer, kind smallint, since timestamptz, until timestamptz)
RETURNS TABLE (n integer, total double precision, low double precision, high double precision)
LANGUAGE plpgsql STABLE ROWS 1 SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT count(*)::integer, sum(value), min(value), max(value)
    FROM past.counting_readings
    WHERE device_id = device AND kind_id = kind AND observed_at >= since AND observed_at < until
    HAVING count(*) > 0;
END $$;

CREATE FUNCTION past.newest_before(device integer, kind smallint, before timestamptz)
RETURNS TABLE (observed_at timestamptz, received_at timestamptz, value double precision)
LANGUAGE plpgsql STABLE STRICT ROWS 1 SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    day timestamptz;
BEGIN
    FOR day IN
        SELECT bucket FROM public.rollup_day
        WHERE device_id = device AND kind_id = kind AND bucket <= before
        ORDER BY bucket DESC
    LOOP
        RETURN QUERY
        SELECT r.observed_at, r.received_at, r.value
        FROM past.counting_readings r
        WHERE device_id = device AND kind_id = kind AND r.observed_at >= day AND r.observed_at < day + interval '1 day'
          AND r.observed_at <= before
        ORDER BY r.observed_at DESC
        LIMIT 1;
        IF FOUND THEN
            RETURN;
        END IF;
    END LOOP;
END $$;

CREATE VIEW past.changed_minutes AS
SELECT bucket, device_id, kind_id FROM public.rollup_minute
WHERE last_received_at > past.moment() AND bucket <= past.moment() + interval '10 minutes'
UNION
SELECT bucket, device_id, kind_id FROM past.aggregates_was
WHERE source = 'rollup_minute' AND until > past.moment() AND bucket <= past.moment() + interval '10 minutes';

CREATE VIEW past.rollup_minute AS
SELECT bucket, device_id, kind_id, n, total, low, high
FROM public.rollup_minute
WHERE last_received_at <= past.moment() AND bucket <= past.moment() + interval '10 minutes'
UNION ALL
SELECT k.bucket, k.device_id, k.kind_id, c.n, c.total, c.low, c.high
FROM past.changed_minutes k
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS n, sum(value) AS total, min(value) AS low, max(value) AS high
    FROM past.counting_readings
    WHERE device_id = k.device_id AND kind_id = k.kind_id
      AND observed_at >= k.bucket AND observed_at < k.bucket + interval '1 minute'
      AND observed_at > past.moment() - interval '3 days'
    HAVING count(*) > 0
) c
WHERE k.bucket > past.moment() - interval '3 days'
UNION ALL
SELECT k.bucket, k.device_id, k.kind_id, c.n, c.total, c.low, c.high
FROM past.changed_minutes k
CROSS JOIN LATERAL past.counted(k.device_id, k.kind_id, k.bucket, k.bucket + interval '1 minute') c
WHERE k.bucket <= past.moment() - interval '3 days';

CREATE VIEW past.changed_hours AS
SELECT bucket, device_id, kind_id FROM public.rollup_hour
WHERE last_received_at > past.moment() AND bucket <= past.moment() + interval '10 minutes'
UNION
SELECT bucket, device_id, kind_id FROM past.aggregates_was
WHERE source = 'rollup_hour' AND until > past.moment() AND bucket <= past.moment() + interval '10 minutes';

CREATE VIEW past.rollup_hour AS
SELECT bucket, device_id, kind_id, n, total, low, high
FROM public.rollup_hour
WHERE last_received_at <= past.moment() AND bucket <= past.moment() + interval '10 minutes'
UNION ALL
SELECT k.bucket, k.device_id, k.kind_id, c.n, c.total, c.low, c.high
FROM past.changed_hours k
CROSS JOIN LATERAL (
    SELECT sum(n)::integer AS n, sum(total) AS total, min(low) AS low, max(high) AS high
    FROM past.rollup_minute
    WHERE device_id = k.device_id AND kind_id = k.kind_id
      AND bucket >= k.bucket AND bucket < k.bucket + interval '1 hour'
      AND bucket > past.moment() - interval '3 days'
    HAVING count(*) > 0
) c
WHERE k.bucket > past.moment() - interval '3 days'
UNION ALL
SELECT k.bucket, k.device_id, k.kind_id, c.n, c.total, c.low, c.high
FROM past.changed_hours k
CROSS JOIN LATERAL past.counted(k.device_id, k.kind_id, k.bucket, k.bucket + interval '1 hour') c
WHERE k.bucket <= past.moment() - interval '3 days';

-- A day of the city is 24 hours of UTC: its zone has no summer time and lies whole hours from UTC.
CREATE VIEW past.changed_days AS
SELECT bucket, device_id, kind_id FROM public.rollup_day
WHERE last_received_at > past.moment() AND bucket <= past.moment() + interval '10 minutes'
UNION
SELECT bucket, device_id, kind_id FROM past.aggregates_was
WHERE source = 'rollup_day' AND until > past.moment() AND bucket <= past.moment() + interval '10 minutes';

CREATE VIEW past.rollup_day AS
SELECT bucket, device_id, kind_id, n, total, low, high
FROM public.rollup_day
WHERE last_received_at <= past.moment() AND bucket <= past.moment() + interval '10 minutes'
UNION ALL
SELECT k.bucket, k.device_id, k.kind_id, c.n, c.total, c.low, c.high
FROM past.changed_days k
CROSS JOIN LATERAL (
    SELECT sum(n)::integer AS n, sum(total) AS total, min(low) AS low, max(high) AS high
    FROM past.rollup_hour
    WHERE device_id = k.device_id AND kind_id = k.kind_id
      AND bucket >= k.bucket AND bucket < k.bucket + interval '1 day'
      AND bucket > past.moment() - interval '3 days'
    HAVING count(*) > 0
) c
WHERE k.bucket > past.moment() - interval '3 days'
UNION ALL
SELECT k.bucket, k.device_id, k.kind_id, c.n, c.total, c.low, c.high
FROM past.changed_days k
CROSS JOIN LATERAL past.counted(k.device_id, k.kind_id, k.bucket, k.bucket + interval '1 day') c
WHERE k.bucket <= past.moment() - interval '3 days';

CREATE VIEW past.latest_readings AS
SELECT device_id, kind_id, observed_at, received_at, value
FROM public.latest_readings
WHERE received_at <= past.moment() AND recounted_at <= past.moment()
UNION ALL
SELECT k.device_id, k.kind_id, coalesce(young.observed_at, old.observed_at), coalesce(young.received_at, old.received_at),
       coalesce(young.value, old.value)
FROM (
    SELECT device_id, kind_id FROM public.latest_readings
    WHERE received_at > past.moment() OR recounted_at > past.moment()
    UNION
    SELECT device_id, kind_id FROM past.aggregates_was WHERE source = 'latest_readings' AND until > past.moment()
) k
LEFT JOIN LATERAL (
    SELECT observed_at, received_at, value
    FROM past.counting_readings
    WHERE device_id = k.device_id AND kind_id = k.kind_id AND observed_at > past.moment() - interval '3 days'
    ORDER BY observed_at DESC
    LIMIT 1
) young ON true
LEFT JOIN LATERAL past.newest_before(
    CASE WHEN young.observed_at IS NULL THEN k.device_id END, k.kind_id, past.moment() - interval '3 days'
) old ON true
WHERE coalesce(young.observed_at, old.observed_at) IS NOT NULL;

-- What changes all the time: the row itself where it has not changed since, else the newest version from before.
CREATE VIEW past.feeds AS
SELECT stream, worker, messages, stored, duplicates, skipped, rejected, last_received_at, last_observed_at, last
FROM public.feeds
WHERE last_received_at <= past.moment()
UNION ALL
SELECT f.stream, f.worker, w.messages, w.stored, w.duplicates, w.skipped, w.rejected, w.last_received_at,
       w.last_observed_at, w.last
FROM public.feeds f
CROSS JOIN LATERAL (
    SELECT * FROM past.feeds_was
    WHERE stream = f.stream AND worker = f.worker AND last_received_at <= past.moment()
    ORDER BY last_received_at DESC, until DESC
    LIMIT 1
) w
WHERE f.last_received_at > past.moment();

CREATE VIEW past.network_devices AS
SELECT network, address, device_id, profile, label, unmapped, counter, lost, battery, battery_at, first_seen_at,
       last_seen_at
FROM public.network_devices
WHERE last_seen_at <= past.moment()
UNION ALL
SELECT d.network, d.address, w.device_id, w.profile, w.label, w.unmapped, w.counter, w.lost, w.battery, w.battery_at,
       w.first_seen_at, w.last_seen_at
FROM public.network_devices d
CROSS JOIN LATERAL (
    SELECT * FROM past.network_devices_was
    WHERE network = d.network AND address = d.address AND last_seen_at <= past.moment()
    ORDER BY last_seen_at DESC, until DESC
    LIMIT 1
) w
WHERE d.last_seen_at > past.moment();

-- Those that are there and those removed since; a payload that was removed is gone.
CREATE VIEW past.rejected_messages AS
SELECT r.id, r.topic, r.payload, r.payload_bytes, r.payload_digest, r.reason, r.detail,
       coalesce(w.times, r.times) AS times, r.first_received_at, coalesce(w.received_at, r.received_at) AS received_at
FROM (
    SELECT id, topic, payload, payload_bytes, payload_digest, reason, detail, times, first_received_at, received_at
    FROM public.rejected_messages
    WHERE first_received_at <= past.moment()
    UNION ALL
    SELECT id, topic, payload, payload_bytes, payload_digest, reason, detail, times, first_received_at, received_at
    FROM past.rejected_messages_was
    WHERE gone AND until > past.moment() AND first_received_at <= past.moment()
) r
LEFT JOIN LATERAL (
    SELECT times, received_at FROM past.rejected_messages_was
    WHERE r.received_at > past.moment() AND id = r.id AND received_at <= past.moment()
    ORDER BY received_at DESC, until DESC
    LIMIT 1
) w ON true;

-- A process whose last version before the moment ends before it beat on between versions, or was removed.
CREATE VIEW past.components AS
SELECT name, instance, started_at, beat_at, state, metrics
FROM public.components
WHERE beat_at <= past.moment()
UNION ALL
SELECT k.name, k.instance, w.started_at, CASE WHEN w.until > past.moment() THEN w.beat_at ELSE past.moment() END, w.state,
       w.metrics
FROM (
    SELECT name, instance FROM public.components WHERE beat_at > past.moment()
    UNION
    SELECT name, instance FROM past.components_was WHERE gone AND until > past.moment()
) k
CROSS JOIN LATERAL (
    SELECT * FROM past.components_was
    WHERE name = k.name AND instance = k.instance AND beat_at <= past.moment()
    ORDER BY beat_at DESC, until DESC
    LIMIT 1
) w
WHERE w.until > past.moment() OR NOT w.gone;

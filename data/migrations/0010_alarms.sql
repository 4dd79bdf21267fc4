-- What calls somebody: the episodes in which a rule held at a source, and every step of each. The engine writes episodes
-- (data.alarms), people write steps (data.alarm_steps).
CREATE TABLE alarms (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule            text        NOT NULL,
    priority        text        NOT NULL CHECK (priority IN ('high', 'medium', 'low')),
    source          text        NOT NULL,
    name            text        NOT NULL,
    cause           text        NOT NULL,
    agency          text,
    district        text,
    subdistrict     text,
    lat             double precision,
    lon             double precision,
    device          text,
    kind            text,
    value           double precision,
    worst           double precision,
    bound           double precision,
    detail          text        NOT NULL DEFAULT '',
    raised_at       timestamptz NOT NULL,
    known_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at        timestamptz,
    withdrawn       boolean     NOT NULL DEFAULT false,
    flaps           integer     NOT NULL DEFAULT 0,
    acknowledged_at timestamptz,
    acknowledged_by text,
    assigned_to     text,
    shelved_until   timestamptz,
    resolved_at     timestamptz,
    resolved_by     text,
    reviewed_at     timestamptz,
    escalated       smallint    NOT NULL DEFAULT 0,
    CHECK (ended_at IS NULL OR ended_at >= raised_at)
);
CREATE UNIQUE INDEX alarms_once ON alarms (rule, source, raised_at) WHERE NOT withdrawn;
CREATE UNIQUE INDEX alarms_one_open ON alarms (rule, source) WHERE ended_at IS NULL AND NOT withdrawn;
CREATE INDEX alarms_by_time ON alarms (raised_at DESC);
CREATE INDEX alarms_by_source ON alarms (rule, source, ended_at);
COMMENT ON COLUMN alarms.cause IS 'Shared by alarms that one thing explains: a gauge, an area, a gateway';
COMMENT ON COLUMN alarms.raised_at IS 'When it began by the times at the source; known_at is when the engine knew';
COMMENT ON COLUMN alarms.withdrawn IS 'Readings that came late show that it never held';
COMMENT ON COLUMN alarms.flaps IS 'How often the same rule had ended at the same source in the hour before';

CREATE TABLE alarm_steps (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alarm_id bigint      NOT NULL REFERENCES alarms,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    step     text        NOT NULL CHECK (step IN ('raised', 'ended', 'reopened', 'withdrawn', 'acknowledged', 'assigned',
                                                  'noted', 'shelved', 'unshelved', 'resolved', 'reviewed', 'escalated')),
    actor    text        NOT NULL,
    note     text        NOT NULL DEFAULT '',
    agency   text,
    until    timestamptz
);
CREATE INDEX alarm_steps_of ON alarm_steps (alarm_id, id);
COMMENT ON COLUMN alarm_steps.actor IS '"engine", or the position of whoever took the step: never the name of a person';

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'steps of alarms are never rewritten'; END $$;
CREATE TRIGGER alarm_steps_stay BEFORE UPDATE OR DELETE ON alarm_steps
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

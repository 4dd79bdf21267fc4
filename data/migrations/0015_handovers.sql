-- What one shift leaves to the next, and who took it over (data.handovers). Neither is ever rewritten.
CREATE TABLE handovers (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    written_at     timestamptz NOT NULL,
    written_by     text        NOT NULL,
    shift          text        NOT NULL,
    shift_began_at timestamptz NOT NULL,
    shift_ends_at  timestamptz NOT NULL,
    note           text        NOT NULL CHECK (note <> '')
);
CREATE INDEX handovers_by_time ON handovers (written_at DESC);
COMMENT ON COLUMN handovers.written_by IS 'A position of the pack''s duty.csv: never the name of a person';
COMMENT ON COLUMN handovers.shift IS 'A key of the pack''s shifts.csv';

CREATE TABLE handover_acceptances (
    handover_id bigint      PRIMARY KEY REFERENCES handovers,
    accepted_at timestamptz NOT NULL,
    accepted_by text        NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of % are never rewritten', tg_table_name; END $$;
CREATE TRIGGER handovers_stay BEFORE UPDATE OR DELETE ON handovers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER handover_acceptances_stay BEFORE UPDATE OR DELETE ON handover_acceptances
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What was done in a span of time, whatever the alarm.
CREATE INDEX alarm_steps_by_time ON alarm_steps (at);

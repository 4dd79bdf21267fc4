-- What was told to whom of each step of an alarm: a row is there before anything is sent, so nothing is sent twice.
CREATE TABLE alarm_channels (
    key          text   PRIMARY KEY,
    begins_after bigint NOT NULL
);
COMMENT ON TABLE alarm_channels IS 'A channel tells only of steps taken after it was first set up';

CREATE TABLE alarm_deliveries (
    step_id bigint      NOT NULL REFERENCES alarm_steps,
    channel text        NOT NULL REFERENCES alarm_channels,
    state   text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'doubtful')),
    tries   integer     NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at timestamptz,
    error   text        NOT NULL DEFAULT '',
    PRIMARY KEY (step_id, channel)
);
CREATE INDEX alarm_deliveries_waiting ON alarm_deliveries (channel, step_id) WHERE state IN ('pending', 'sending');
COMMENT ON COLUMN alarm_deliveries.state IS
    'doubtful: the process died while it was being sent by a way that cannot be told twice; it may have arrived';

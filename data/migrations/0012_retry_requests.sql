-- "Read again what was refused": asked for at a desk, done by the maintenance process.
CREATE TABLE retry_requests (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reason       text,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at      timestamptz,
    understood   integer,
    kept         integer,
    failed       text
);
COMMENT ON COLUMN retry_requests.reason IS 'null: all that is put aside, whatever the reason';
-- What is asked for and not yet done is not asked for twice, however many press the button at once.
CREATE UNIQUE INDEX retry_requests_once ON retry_requests (coalesce(reason, '')) WHERE done_at IS NULL;

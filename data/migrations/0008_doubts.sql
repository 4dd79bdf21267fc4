-- What is doubted of a reading, beside it: the reading itself is stored as it came. Rare, so a table of its own.
CREATE TABLE reading_doubts (
    observed_at timestamptz NOT NULL,
    device_id   integer     NOT NULL,
    kind_id     smallint    NOT NULL,
    doubt       text        NOT NULL
);
SELECT create_hypertable('reading_doubts', 'observed_at', chunk_time_interval => interval '7 days', create_default_indexes => false);
CREATE UNIQUE INDEX reading_doubts_once ON reading_doubts (device_id, kind_id, observed_at, doubt);
COMMENT ON COLUMN reading_doubts.doubt IS 'leap, stuck or neighbours: sensors.judge.quality by the pack''s quality.csv';

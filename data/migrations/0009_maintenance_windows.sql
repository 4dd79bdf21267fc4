-- When a device is worked on. What it sends meanwhile is stored like any reading and kept out of every aggregate.
CREATE TABLE maintenance_windows (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id integer     NOT NULL REFERENCES devices,
    starts_at timestamptz NOT NULL,
    ends_at   timestamptz NOT NULL,
    reason    text        NOT NULL,
    CHECK (starts_at < ends_at)
);
CREATE INDEX maintenance_windows_by_device ON maintenance_windows (device_id, ends_at);
COMMENT ON TABLE maintenance_windows IS
    'Set by data.maintenance_windows alone, which counts the device''s aggregates again in the same transaction';

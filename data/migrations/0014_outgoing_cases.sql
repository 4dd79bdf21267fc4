-- Cases that other programs report by HTTP, on their way to the broker: one path stores every case, and it begins there.
-- A row is gone once the broker has it. No column for who reported it, and none that could hold it.
CREATE TABLE outgoing_cases (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service    text        NOT NULL,
    case_id    text        NOT NULL,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (service, case_id)
);
COMMENT ON COLUMN outgoing_cases.payload IS 'The message as it is published to <root>/cases/<service>, persons'' numbers masked';

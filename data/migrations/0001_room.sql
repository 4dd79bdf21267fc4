-- The room's store, first cut. Apache edition only: no policies, jobs, continuous aggregates or compression.

-- Dictionaries: a reading carries two small numbers instead of two words.
CREATE TABLE devices (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key           text NOT NULL UNIQUE,
    status        text CHECK (status IN ('online', 'offline')),
    status_at     timestamptz,
    first_seen_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE devices IS 'Every device ever heard; its place and name are the city pack''s';

CREATE TABLE kinds (
    id   smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key  text NOT NULL UNIQUE,
    unit text NOT NULL
);

CREATE TABLE readings (
    observed_at timestamptz      NOT NULL,
    received_at timestamptz      NOT NULL,
    device_id   integer          NOT NULL,
    kind_id     smallint         NOT NULL,
    value       double precision NOT NULL
);
SELECT create_hypertable('readings', 'observed_at', chunk_time_interval => interval '1 day', create_default_indexes => false);
CREATE UNIQUE INDEX readings_once ON readings (device_id, kind_id, observed_at);

-- The newest reading of each series, kept in the same transaction: what the wall asks for on every commit.
CREATE TABLE latest_readings (
    device_id   integer          NOT NULL,
    kind_id     smallint         NOT NULL,
    observed_at timestamptz      NOT NULL,
    received_at timestamptz      NOT NULL,
    value       double precision NOT NULL,
    PRIMARY KEY (device_id, kind_id)
) WITH (fillfactor = 50);

-- Rollups of minute, hour (UTC) and day (the city's zone), all of one shape, kept in the same transaction.
CREATE TABLE rollup_minute (
    bucket    timestamptz      NOT NULL,
    device_id integer          NOT NULL,
    kind_id   smallint         NOT NULL,
    n         integer          NOT NULL,
    total     double precision NOT NULL,
    low       double precision NOT NULL,
    high      double precision NOT NULL
);
SELECT create_hypertable('rollup_minute', 'bucket', chunk_time_interval => interval '7 days', create_default_indexes => false);
CREATE UNIQUE INDEX rollup_minute_once ON rollup_minute (device_id, kind_id, bucket);

CREATE TABLE rollup_hour (LIKE rollup_minute);
SELECT create_hypertable('rollup_hour', 'bucket', chunk_time_interval => interval '90 days', create_default_indexes => false);
CREATE UNIQUE INDEX rollup_hour_once ON rollup_hour (device_id, kind_id, bucket);

CREATE TABLE rollup_day (LIKE rollup_minute);
SELECT create_hypertable('rollup_day', 'bucket', chunk_time_interval => interval '730 days', create_default_indexes => false);
CREATE UNIQUE INDEX rollup_day_once ON rollup_day (device_id, kind_id, bucket);

CREATE TABLE prices (
    observed_at timestamptz   NOT NULL,
    received_at timestamptz   NOT NULL,
    market      text          NOT NULL,
    commodity   text          NOT NULL,
    price       numeric(12,2) NOT NULL,
    unit        text          NOT NULL
);
SELECT create_hypertable('prices', 'observed_at', chunk_time_interval => interval '30 days', create_default_indexes => false);
CREATE UNIQUE INDEX prices_once ON prices (market, commodity, observed_at);

-- One row per change of state, never rewritten; beside it the state of each case as the events so far give it.
CREATE TABLE case_events (
    at          timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    service     text        NOT NULL,
    case_id     text        NOT NULL,
    status      text        NOT NULL,
    status_rank smallint    NOT NULL,
    is_open     boolean     NOT NULL,
    category    text,
    subdistrict text,
    lat         double precision,
    lon         double precision,
    agency      text,
    priority    text,
    channel     text,
    summary     text
);
SELECT create_hypertable('case_events', 'at', chunk_time_interval => interval '30 days', create_default_indexes => false);
CREATE UNIQUE INDEX case_events_once ON case_events (service, case_id, at, status);
COMMENT ON COLUMN case_events.status_rank IS 'The place of the status in its service''s life cycle: decides between events of one instant';

CREATE TABLE cases (
    service     text        NOT NULL,
    case_id     text        NOT NULL,
    status      text        NOT NULL,
    is_open     boolean     NOT NULL,
    status_at   timestamptz NOT NULL,
    opened_at   timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    category    text,
    subdistrict text,
    lat         double precision,
    lon         double precision,
    agency      text,
    priority    text,
    channel     text,
    summary     text,
    PRIMARY KEY (service, case_id)
);
CREATE INDEX cases_open ON cases (service, opened_at DESC) WHERE is_open;
CREATE INDEX cases_by_opening ON cases (service, opened_at DESC);
CREATE INDEX cases_by_status ON cases (service, status_at DESC);
CREATE INDEX cases_by_receipt ON cases (service, received_at DESC);

CREATE TABLE bulletins (
    channel     text        NOT NULL,
    id          text        NOT NULL,
    title       text        NOT NULL,
    body        text,
    severity    text        NOT NULL CHECK (severity IN ('info', 'waspada', 'siaga', 'awas')),
    areas       text[]      NOT NULL DEFAULT '{}',
    url         text,
    issued_at   timestamptz NOT NULL,
    expires_at  timestamptz,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (channel, id)
);

-- What could not be understood, whole. The same payload on the same topic is one row that counts.
CREATE TABLE rejected_messages (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic             text        NOT NULL,
    payload           bytea       NOT NULL,
    payload_bytes     integer     NOT NULL,
    payload_digest    bytea       NOT NULL,
    reason            text        NOT NULL,
    detail            text        NOT NULL,
    times             bigint      NOT NULL DEFAULT 1,
    first_received_at timestamptz NOT NULL,
    received_at       timestamptz NOT NULL,
    UNIQUE (topic, payload_digest, reason)
);
CREATE INDEX rejected_messages_by_age ON rejected_messages (received_at DESC);

-- What each worker has committed of each stream: counted in the batch's own transaction, so never more, never less.
CREATE TABLE feeds (
    stream           text        NOT NULL,
    worker           text        NOT NULL,
    messages         bigint      NOT NULL DEFAULT 0,
    stored           bigint      NOT NULL DEFAULT 0,
    duplicates       bigint      NOT NULL DEFAULT 0,
    skipped          bigint      NOT NULL DEFAULT 0,
    rejected         bigint      NOT NULL DEFAULT 0,
    last_received_at timestamptz,
    last_observed_at timestamptz,
    last             jsonb,
    PRIMARY KEY (stream, worker)
);
COMMENT ON COLUMN feeds.last IS 'The newest stored item with the field names of its payload, e.g. {"device":…,"kind":…,"value":…,"observed_at":…}';

-- The heartbeat of every process that writes, with what it knows of its own surroundings.
CREATE TABLE components (
    name       text        NOT NULL,
    instance   text        NOT NULL,
    started_at timestamptz NOT NULL,
    beat_at    timestamptz NOT NULL,
    state      jsonb       NOT NULL DEFAULT '{}',
    metrics    text        NOT NULL DEFAULT '',
    PRIMARY KEY (name, instance)
);
COMMENT ON COLUMN components.state IS 'e.g. {"broker": "connected"|"away", "queue": 12}';

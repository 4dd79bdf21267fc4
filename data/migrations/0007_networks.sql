-- Devices that speak the words of their own network: what the room has heard of each beside its readings.
CREATE TABLE network_devices (
    network       text        NOT NULL,
    address       text        NOT NULL,
    device_id     integer     NOT NULL,
    profile       text        NOT NULL DEFAULT '',
    label         text        NOT NULL DEFAULT '',
    unmapped      text[]      NOT NULL DEFAULT '{}',
    counter       bigint,
    lost          bigint      NOT NULL DEFAULT 0,
    battery       real,
    battery_at    timestamptz,
    first_seen_at timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    PRIMARY KEY (network, address)
);
CREATE INDEX network_devices_by_device ON network_devices (device_id);
COMMENT ON COLUMN network_devices.unmapped IS 'Fields it sent last that the pack gives no kind: what an entry for it would have to name';
COMMENT ON COLUMN network_devices.counter IS 'The frame counter of its newest message; gaps add to lost, a restart at zero does not';

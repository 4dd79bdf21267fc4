-- Readings.
SELECT r.device_id AS thing_id, r.kind_id AS property_id, r.observed_at, r.received_at, r.value,
       r.device_id::bigint * 32768 + r.kind_id AS stream_id
FROM readings r

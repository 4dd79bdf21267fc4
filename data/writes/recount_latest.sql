-- The newest reading of each kind of a device that counts; one from before all readings that are kept stays.
WITH newest AS (
    SELECT k.id AS kind_id, r.observed_at, r.received_at, r.value
    FROM kinds k
    CROSS JOIN LATERAL (
        SELECT observed_at, received_at, value
        FROM readings
        WHERE device_id = %(device_id)s AND kind_id = k.id
          AND NOT EXISTS (SELECT FROM maintenance_windows m
                          WHERE m.device_id = %(device_id)s AND observed_at >= m.starts_at AND observed_at < m.ends_at)
        ORDER BY observed_at DESC
        LIMIT 1
    ) r
), gone AS (
    DELETE FROM latest_readings l
    WHERE device_id = %(device_id)s AND observed_at >= %(since)s::timestamptz
      AND NOT EXISTS (SELECT FROM newest n WHERE n.kind_id = l.kind_id)
    RETURNING device_id, kind_id
), kept AS (
    INSERT INTO past.aggregates_was (until, source, device_id, kind_id, bucket)
    SELECT clock_timestamp(), 'latest_readings', device_id, kind_id, '-infinity' FROM gone
)
INSERT INTO latest_readings (device_id, kind_id, observed_at, received_at, value, recounted_at)
SELECT %(device_id)s, kind_id, observed_at, received_at, value, clock_timestamp() FROM newest ORDER BY kind_id
ON CONFLICT (device_id, kind_id) DO UPDATE
SET observed_at = excluded.observed_at, received_at = excluded.received_at, value = excluded.value,
    recounted_at = excluded.recounted_at

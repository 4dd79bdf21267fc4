-- Devices that have sent a reading and stand in the pack (a JSON array): where they do.
SELECT d.id::bigint AS thing_id, d.key, d.first_seen_at, p.name, p.description, p.lat, p.lon, p.approximate, p.district,
       p.subdistrict
FROM devices d
JOIN jsonb_to_recordset(%(pack)s::jsonb) AS p (
    key text, name text, description text, lat double precision, lon double precision, approximate boolean,
    district text, subdistrict text
) ON p.key = d.key
WHERE EXISTS (SELECT FROM latest_readings l WHERE l.device_id = d.id)

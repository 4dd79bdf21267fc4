-- Devices that have sent a reading, with what the pack (a JSON array) says of them.
SELECT d.id::bigint AS thing_id, d.key, d.first_seen_at, coalesce(p.name, d.key) AS name,
       coalesce(p.description, 'Perangkat yang belum ditempatkan') AS description, p.lat, p.lon, p.approximate, p.district,
       p.subdistrict, p.agency
FROM devices d
LEFT JOIN jsonb_to_recordset(%(pack)s::jsonb) AS p (
    key text, name text, description text, lat double precision, lon double precision, approximate boolean,
    district text, subdistrict text, agency text
) ON p.key = d.key
WHERE EXISTS (SELECT FROM latest_readings l WHERE l.device_id = d.id)

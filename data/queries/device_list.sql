-- Every device ever heard, kind by kind: the newest reading, how many whole minutes ago that was, since when it is known
-- and what it last said of being on line. A device that only said that has no kind.
SELECT d.key AS device, k.key AS kind, l.value, l.observed_at, l.received_at,
       floor(extract(epoch FROM %(now)s::timestamptz - l.observed_at) / 60)::bigint AS minutes,
       d.first_seen_at, d.status, d.status_at
FROM devices d
LEFT JOIN latest_readings l ON l.device_id = d.id
LEFT JOIN kinds k ON k.id = l.kind_id
ORDER BY d.key, k.key

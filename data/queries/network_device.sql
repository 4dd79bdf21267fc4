-- What another network says of a device that speaks through it, with the lines a pack would need for it; no row for one
-- that speaks the room's own words.
SELECT n.network, n.address, n.profile, n.label, n.counter, n.lost, n.battery, n.last_seen_at,
       concat_ws(',', n.network, n.address, '?') AS device_line,
       array(SELECT concat_ws(',', n.network, n.profile, field, '?', '1', '?') FROM unnest(n.unmapped) AS field) AS field_lines
FROM network_devices n
JOIN devices d ON d.id = n.device_id
WHERE d.key = %(device)s::text
ORDER BY n.last_seen_at DESC
LIMIT 1

-- What the newest message says of each device. Frames lost inside the batch and between it and the last are added up; a
-- counter a little lower is a redelivery, one far lower a device that began again.
UPDATE network_devices d
SET device_id = s.device_id,
    profile = coalesce(s.profile, d.profile),
    label = coalesce(s.label, d.label),
    unmapped = coalesce(string_to_array(s.unmapped, E'\n'), d.unmapped),
    lost = d.lost + s.lost + CASE WHEN s.first_counter > d.counter THEN s.first_counter - d.counter - 1 ELSE 0 END,
    counter = CASE WHEN s.counter BETWEEN d.counter - %(near)s AND d.counter THEN d.counter
                   ELSE coalesce(s.counter, d.counter) END,
    battery = coalesce(s.battery, d.battery),
    battery_at = CASE WHEN s.battery IS NULL THEN d.battery_at ELSE s.at END,
    last_seen_at = greatest(d.last_seen_at, s.at)
FROM (
    SELECT *
    FROM unnest(%(network)s, %(address)s, %(device_id)s, %(profile)s, %(label)s, %(unmapped)s, %(first_counter)s,
                %(counter)s, %(lost)s, %(battery)s, %(at)s)
         AS staged (network, address, device_id, profile, label, unmapped, first_counter, counter, lost, battery, at)
    ORDER BY network, address
) AS s
WHERE d.network = s.network AND d.address = s.address

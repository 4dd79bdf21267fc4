-- Devices of networks that nobody has heard before; what is known of them follows in network_devices.
INSERT INTO network_devices (network, address, device_id, first_seen_at, last_seen_at)
SELECT network, address, device_id, at, at
FROM unnest(%(network)s, %(address)s, %(device_id)s, %(at)s) AS staged (network, address, device_id, at)
ORDER BY network, address
ON CONFLICT (network, address) DO NOTHING

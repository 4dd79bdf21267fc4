-- New earthquakes, and what a later document says of known ones; what it leaves out stays, the same changes nothing.
INSERT INTO quakes AS q (id, at, received_at, channel, lat, lon, magnitude, depth_km, place, felt, potential)
SELECT id, at, received_at, channel, lat, lon, magnitude, depth_km, place, felt, potential
FROM unnest(%(id)s, %(at)s, %(received_at)s, %(channel)s, %(lat)s, %(lon)s, %(magnitude)s, %(depth_km)s, %(place)s,
            %(felt)s, %(potential)s)
     AS staged (id, at, received_at, channel, lat, lon, magnitude, depth_km, place, felt, potential)
ORDER BY id
ON CONFLICT (id) DO UPDATE
SET received_at = excluded.received_at, magnitude = excluded.magnitude,
    depth_km = coalesce(excluded.depth_km, q.depth_km), place = coalesce(excluded.place, q.place),
    felt = coalesce(excluded.felt, q.felt), potential = coalesce(excluded.potential, q.potential)
WHERE excluded.received_at >= q.received_at
  AND (q.magnitude, q.depth_km, q.place, q.felt, q.potential)
      IS DISTINCT FROM (excluded.magnitude, coalesce(excluded.depth_km, q.depth_km), coalesce(excluded.place, q.place),
                        coalesce(excluded.felt, q.felt), coalesce(excluded.potential, q.potential))

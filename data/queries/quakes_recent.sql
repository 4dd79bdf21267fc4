-- The newest earthquakes, as many as a month of a busy year brings to the ones that could still concern the city.
SELECT id, at, received_at, channel, lat, lon, magnitude, depth_km, place, felt, potential
FROM quakes
WHERE at <= %(now)s::timestamptz
ORDER BY at DESC, id
LIMIT 60

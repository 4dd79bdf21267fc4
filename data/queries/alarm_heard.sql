-- When each device was heard last, by the time at the source.
SELECT d.key AS device, max(l.observed_at) AS observed_at
FROM latest_readings l
JOIN devices d ON d.id = l.device_id
GROUP BY d.key
ORDER BY d.key

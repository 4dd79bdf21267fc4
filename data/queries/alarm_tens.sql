-- How many alarms became known in each ten minutes of the last 30 days that have any.
SELECT to_timestamp(floor(extract(epoch FROM known_at) / 600) * 600) AS bucket, count(*) AS n
FROM alarms
WHERE NOT withdrawn AND known_at > %(now)s::timestamptz - interval '30 days' AND known_at <= %(now)s::timestamptz
GROUP BY 1
ORDER BY 1

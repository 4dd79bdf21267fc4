-- How many alarms became known in each minute of the last three hours that has any: whether they come as a flood.
SELECT date_trunc('minute', known_at) AS minute, count(*) AS n
FROM alarms
WHERE NOT withdrawn AND known_at > %(now)s::timestamptz - interval '3 hours' AND known_at <= %(now)s::timestamptz
GROUP BY 1
ORDER BY 1

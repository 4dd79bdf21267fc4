-- The newest bulletin of each channel, wherever it speaks of, and its newest forecast or earthquake of the last days:
-- whether the channels are alive.
WITH RECURSIVE channels AS (
    SELECT min(channel) AS channel FROM bulletins
    UNION ALL
    SELECT (SELECT min(channel) FROM bulletins WHERE channel > c.channel) FROM channels c WHERE c.channel IS NOT NULL
)
SELECT c.channel, last.source, last.issued_at, last.received_at
FROM channels c
JOIN LATERAL (
    SELECT source, issued_at, received_at FROM bulletins WHERE channel = c.channel ORDER BY issued_at DESC, id LIMIT 1
) last ON true
UNION ALL
SELECT channel, NULL, max(analysed_at), max(received_at)
FROM forecasts
WHERE valid_at >= %(now)s::timestamptz AND valid_at < %(now)s::timestamptz + interval '6 hours'
GROUP BY channel
UNION ALL
SELECT channel, NULL, max(at), max(received_at) FROM quakes WHERE at >= %(now)s::timestamptz - interval '30 days' GROUP BY channel
ORDER BY channel
LIMIT 100

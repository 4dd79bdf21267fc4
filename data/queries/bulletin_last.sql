-- The newest bulletin of each channel, wherever it speaks of: whether the channels are alive.
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
ORDER BY c.channel
LIMIT 100

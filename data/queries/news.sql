-- The newest twelve items of each channel, of the last 30 days; which channels bring news, the pack says.
WITH RECURSIVE channels AS (
    SELECT min(channel) AS channel FROM bulletins
    UNION ALL
    SELECT (SELECT min(channel) FROM bulletins WHERE channel > c.channel) FROM channels c WHERE c.channel IS NOT NULL
)
SELECT c.channel, item.id, item.title, item.body, item.severity, item.areas, item.area_words, item.source, item.url,
       item.issued_at, item.expires_at, item.received_at
FROM channels c
JOIN LATERAL (
    SELECT id, title, left(body, 600) AS body, severity, areas, area_words, source, url, issued_at, expires_at,
           received_at
    FROM bulletins
    WHERE channel = c.channel AND issued_at > %(now)s::timestamptz - interval '30 days'
      AND kind <> 'cancel' AND NOT elsewhere
    ORDER BY issued_at DESC, id
    LIMIT 12
) item ON true
ORDER BY item.issued_at DESC, c.channel, item.id
LIMIT 240

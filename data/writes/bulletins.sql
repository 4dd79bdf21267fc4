-- New bulletins and new issues of known ones; an older issue or the same again changes nothing.
INSERT INTO bulletins AS b (channel, id, title, body, severity, areas, url, issued_at, expires_at, received_at)
SELECT channel, id, title, body, severity, string_to_array(areas, ','), url, issued_at, expires_at, received_at
FROM unnest(%(channel)s, %(id)s, %(title)s, %(body)s, %(severity)s, %(areas)s, %(url)s, %(issued_at)s, %(expires_at)s,
            %(received_at)s)
     AS staged (channel, id, title, body, severity, areas, url, issued_at, expires_at, received_at)
ORDER BY channel, id
ON CONFLICT (channel, id) DO UPDATE
SET title = excluded.title, body = excluded.body, severity = excluded.severity, areas = excluded.areas,
    url = excluded.url, issued_at = excluded.issued_at, expires_at = excluded.expires_at,
    received_at = excluded.received_at
WHERE excluded.issued_at >= b.issued_at
  AND (b.title, b.body, b.severity, b.areas, b.url, b.issued_at, b.expires_at)
      IS DISTINCT FROM (excluded.title, excluded.body, excluded.severity, excluded.areas, excluded.url,
                        excluded.issued_at, excluded.expires_at)

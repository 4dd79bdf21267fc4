-- New bulletins and new issues of known ones; an older issue or the same again changes nothing.
INSERT INTO bulletins AS b (channel, id, title, body, severity, areas, url, issued_at, expires_at, received_at,
                            kind, alert_id, replaces, effective_at, onset_at, area_words, elsewhere, source)
SELECT channel, id, title, body, severity, string_to_array(areas, ','), url, issued_at, expires_at, received_at,
       kind, alert_id, string_to_array(replaces, ','), effective_at, onset_at, area_words, elsewhere, source
FROM unnest(%(channel)s, %(id)s, %(title)s, %(body)s, %(severity)s, %(areas)s, %(url)s, %(issued_at)s, %(expires_at)s,
            %(received_at)s, %(kind)s, %(alert_id)s, %(replaces)s, %(effective_at)s, %(onset_at)s, %(area_words)s,
            %(elsewhere)s, %(source)s)
     AS staged (channel, id, title, body, severity, areas, url, issued_at, expires_at, received_at,
                kind, alert_id, replaces, effective_at, onset_at, area_words, elsewhere, source)
ORDER BY channel, id
ON CONFLICT (channel, id) DO UPDATE
SET title = excluded.title, body = excluded.body, severity = excluded.severity, areas = excluded.areas,
    url = excluded.url, issued_at = excluded.issued_at, expires_at = excluded.expires_at,
    received_at = excluded.received_at, kind = excluded.kind, alert_id = excluded.alert_id,
    replaces = excluded.replaces, effective_at = excluded.effective_at, onset_at = excluded.onset_at,
    area_words = excluded.area_words, elsewhere = excluded.elsewhere, source = excluded.source
WHERE excluded.issued_at >= b.issued_at
  AND (b.title, b.body, b.severity, b.areas, b.url, b.issued_at, b.expires_at, b.kind, b.alert_id, b.replaces,
       b.effective_at, b.onset_at, b.area_words, b.elsewhere, b.source)
      IS DISTINCT FROM (excluded.title, excluded.body, excluded.severity, excluded.areas, excluded.url,
                        excluded.issued_at, excluded.expires_at, excluded.kind, excluded.alert_id, excluded.replaces,
                        excluded.effective_at, excluded.onset_at, excluded.area_words, excluded.elsewhere,
                        excluded.source)

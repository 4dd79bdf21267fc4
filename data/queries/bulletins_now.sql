-- What is in force here, the gravest first: begun, not over (a day long where it says no end), and neither cancelled nor
-- replaced. A message ends the ones it names whether it came before or after them.
SELECT channel, id, title, left(body, 600) AS body, severity, areas, area_words, source, url,
       issued_at, onset_at, expires_at, received_at
FROM bulletins AS b
WHERE kind <> 'cancel'
  AND NOT elsewhere
  AND (expires_at > %(now)s OR (expires_at IS NULL AND issued_at > %(now)s::timestamptz - interval '24 hours'))
  AND (effective_at IS NULL OR effective_at <= %(now)s)
  AND NOT EXISTS (
      SELECT FROM bulletins AS later
      WHERE later.channel = b.channel
        AND later.kind <> 'alert'
        AND later.replaces @> ARRAY[b.alert_id]
        AND later.alert_id <> b.alert_id
        AND later.issued_at >= b.issued_at
        AND (later.kind = 'cancel' OR later.effective_at IS NULL OR later.effective_at <= %(now)s))
  AND NOT EXISTS (
      SELECT FROM bulletins AS again
      WHERE again.channel = b.channel AND again.alert_id = b.alert_id AND again.issued_at > b.issued_at)
ORDER BY array_position(ARRAY['awas', 'siaga', 'waspada', 'info'], severity), issued_at DESC, channel, id
LIMIT 50

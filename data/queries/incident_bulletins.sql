-- The warnings in force at any time of a span, the first issued on top, with when each ended: by the clock, by a cancel, or
-- by an update that took its place (`followed`, the kind of the message that ended it).
SELECT b.channel, b.id, b.title, b.severity, b.areas, b.area_words, b.source, b.issued_at, b.onset_at, b.expires_at,
       least(next.issued_at, coalesce(b.expires_at, b.issued_at + interval '24 hours')) AS ended_at,
       CASE WHEN next.issued_at < coalesce(b.expires_at, b.issued_at + interval '24 hours') THEN next.kind END AS followed
FROM bulletins b
LEFT JOIN LATERAL (
    SELECT issued_at, kind
    FROM bulletins later
    WHERE later.channel = b.channel AND later.kind <> 'alert' AND later.replaces @> ARRAY[b.alert_id]
      AND later.alert_id <> b.alert_id AND later.issued_at >= b.issued_at
    ORDER BY later.issued_at
    LIMIT 1
) next ON true
WHERE b.kind <> 'cancel' AND NOT b.elsewhere AND b.severity <> 'info'
  AND b.issued_at < incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND least(next.issued_at, coalesce(b.expires_at, b.issued_at + interval '24 hours'))
      > incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz)
ORDER BY b.issued_at, b.channel, b.id
LIMIT 200

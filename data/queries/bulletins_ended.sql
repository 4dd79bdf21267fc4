-- The warnings that ended today or on the 13 local days before, by the clock or by a cancel, the latest first. One that
-- an update has taken the place of lives on in that; notices of level info end unsaid.
WITH cancels AS (
    SELECT channel, unnest(replaces) AS alert_id, min(issued_at) AS at
    FROM bulletins
    WHERE kind = 'cancel' AND issued_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '13 days'
      AND issued_at <= %(now)s
    GROUP BY 1, 2
), candidates AS (
    SELECT * FROM bulletins
    WHERE expires_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '13 days'
      AND expires_at <= %(now)s
    UNION
    SELECT * FROM bulletins
    WHERE expires_at IS NULL
      AND issued_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '14 days'
      AND issued_at <= %(now)s::timestamptz - interval '24 hours'
    UNION
    SELECT b.* FROM cancels JOIN bulletins AS b USING (channel, alert_id)
), ended AS (
    SELECT b.channel, b.id, b.alert_id, b.title, b.severity, b.areas, b.area_words, b.source, b.issued_at, b.onset_at,
           b.expires_at, cancels.at AS cancelled_at, coalesce(b.expires_at, b.issued_at + interval '24 hours') AS runs_out
    FROM candidates AS b
    LEFT JOIN cancels ON cancels.channel = b.channel AND cancels.alert_id = b.alert_id AND cancels.at >= b.issued_at
    WHERE b.kind <> 'cancel' AND NOT b.elsewhere AND b.severity <> 'info'
), latest AS (
    SELECT *, least(cancelled_at, runs_out) AS ended_at, coalesce(cancelled_at < runs_out, false) AS cancelled
    FROM ended
    WHERE least(cancelled_at, runs_out) >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '13 days'
      AND least(cancelled_at, runs_out) <= %(now)s
    ORDER BY ended_at DESC, channel, id
    LIMIT 100  -- what follows looks each one up
)
SELECT channel, id, title, severity, areas, area_words, source, issued_at, onset_at, expires_at, ended_at, cancelled
FROM latest AS b
WHERE NOT EXISTS (
    SELECT FROM bulletins AS later
    WHERE later.channel = b.channel AND later.kind <> 'alert' AND later.replaces @> ARRAY[b.alert_id]
      AND later.alert_id <> b.alert_id AND later.issued_at >= b.issued_at
      AND (later.kind = 'update' OR later.issued_at < b.ended_at))
ORDER BY ended_at DESC, channel, id
LIMIT 30

-- What each rule raised in the last 30 days: how many, in the last day, at how many sources, of what priority, the middle of
-- the times to an acknowledgement and to the end in seconds, how many nobody ever acknowledged, how many stand for longer than
-- so many hours, and the most of one source in one minute.
WITH lately AS (
    SELECT rule, priority, source, raised_at, known_at, ended_at, acknowledged_at, resolved_at
    FROM alarms
    WHERE NOT withdrawn AND known_at > %(now)s::timestamptz - interval '30 days' AND known_at <= %(now)s::timestamptz
), bursts AS (
    SELECT rule, max(n) AS most
    FROM (SELECT rule, source, date_trunc('minute', raised_at), count(*) AS n FROM lately GROUP BY 1, 2, 3) AS minutes
    GROUP BY rule
)
SELECT rule, (array_agg(priority ORDER BY known_at DESC))[1] AS priority, count(*) AS n,
       count(*) FILTER (WHERE known_at > %(now)s::timestamptz - interval '24 hours') AS n_24h,
       count(DISTINCT source) AS sources,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM acknowledged_at - known_at))
           FILTER (WHERE acknowledged_at IS NOT NULL) AS acknowledged_after,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - raised_at))
           FILTER (WHERE ended_at IS NOT NULL) AS ended_after,
       count(*) FILTER (WHERE acknowledged_at IS NULL AND resolved_at IS NULL) AS unseen,
       count(*) FILTER (WHERE ended_at IS NULL
                          AND raised_at < %(now)s::timestamptz - make_interval(hours => %(standing_hours)s::int)) AS standing,
       max(bursts.most) AS most_a_minute, max(known_at) AS known_at
FROM lately
JOIN bursts USING (rule)
GROUP BY rule
ORDER BY count(*) DESC, rule

-- Why messages could not be understood: by reason and the first two words of the topic, how often in all and in the last
-- 24 hours (of those whose last time lies in them), the last time, and what the newest of them was about.
SELECT reason, stream, sum(times)::bigint AS times,
       coalesce(sum(times) FILTER (WHERE received_at > %(now)s::timestamptz - interval '24 hours'), 0)::bigint AS times_24h,
       max(received_at) AS received_at, (array_agg(topic ORDER BY received_at DESC))[1] AS topic,
       (array_agg(detail ORDER BY received_at DESC))[1] AS detail
FROM (
    SELECT reason, split_part(topic, '/', 2) AS stream, topic, detail, times, received_at
    FROM rejected_messages
) AS found
GROUP BY reason, stream
ORDER BY max(received_at) DESC, reason, stream
LIMIT 50

-- What has been committed of each stream, by all workers together, and the last new item to arrive in each.
SELECT stream, sum(messages)::bigint AS messages, sum(stored)::bigint AS stored,
       sum(duplicates)::bigint AS duplicates, sum(skipped)::bigint AS skipped, sum(rejected)::bigint AS rejected,
       max(last_received_at) AS last_received_at, max(last_observed_at) AS last_observed_at,
       (array_agg(last ORDER BY last_received_at DESC) FILTER (WHERE last IS NOT NULL))[1] AS last
FROM feeds
GROUP BY stream
ORDER BY stream

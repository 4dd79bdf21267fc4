-- What this worker has committed of each stream, and the newest item of it.
INSERT INTO feeds AS f (stream, worker, messages, stored, duplicates, skipped, rejected, last_received_at,
                        last_observed_at, last)
SELECT stream, %(worker)s, messages, stored, duplicates, skipped, rejected, received_at, observed_at, last::jsonb
FROM unnest(%(stream)s, %(messages)s, %(stored)s, %(duplicates)s, %(skipped)s, %(rejected)s, %(received_at)s,
            %(observed_at)s, %(last)s)
     AS staged (stream, messages, stored, duplicates, skipped, rejected, received_at, observed_at, last)
ORDER BY stream
ON CONFLICT (stream, worker) DO UPDATE
SET messages = f.messages + excluded.messages, stored = f.stored + excluded.stored,
    duplicates = f.duplicates + excluded.duplicates, skipped = f.skipped + excluded.skipped,
    rejected = f.rejected + excluded.rejected,
    last_received_at = greatest(f.last_received_at, excluded.last_received_at),
    last_observed_at = greatest(f.last_observed_at, excluded.last_observed_at),
    last = CASE WHEN excluded.stored > 0 THEN excluded.last ELSE f.last END  -- a redelivery brings nothing new

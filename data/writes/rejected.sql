-- Messages that were not understood; the same again is counted.
INSERT INTO rejected_messages AS r (topic, payload, payload_bytes, payload_digest, reason, detail, times,
                                    first_received_at, received_at)
SELECT topic, payload, payload_bytes, payload_digest, reason, detail, times, first_received_at, received_at
FROM unnest(%(topic)s, %(payload)s, %(payload_bytes)s, %(payload_digest)s, %(reason)s, %(detail)s, %(times)s,
            %(first_received_at)s, %(received_at)s)
     AS staged (topic, payload, payload_bytes, payload_digest, reason, detail, times, first_received_at, received_at)
ORDER BY topic, payload_digest, reason
ON CONFLICT (topic, payload_digest, reason) DO UPDATE
SET times = r.times + excluded.times, received_at = greatest(r.received_at, excluded.received_at)

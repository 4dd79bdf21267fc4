-- The same for messages the broker marks as perhaps delivered before: one already here was, so it is not counted again.
INSERT INTO rejected_messages (topic, payload, payload_bytes, payload_digest, reason, detail, times,
                               first_received_at, received_at)
SELECT topic, payload, payload_bytes, payload_digest, reason, detail, times, first_received_at, received_at
FROM unnest(%(topic)s, %(payload)s, %(payload_bytes)s, %(payload_digest)s, %(reason)s, %(detail)s, %(times)s,
            %(first_received_at)s, %(received_at)s)
     AS staged (topic, payload, payload_bytes, payload_digest, reason, detail, times, first_received_at, received_at)
ORDER BY topic, payload_digest, reason
ON CONFLICT (topic, payload_digest, reason) DO NOTHING

-- What became of a request.
UPDATE retry_requests
SET done_at = clock_timestamp(), understood = %(understood)s, kept = %(kept)s, failed = %(failed)s
WHERE id = %(id)s

-- Ask that what was refused is read again; the same, as long as it is not done, is asked for only once.
INSERT INTO retry_requests (reason) VALUES (%(reason)s) ON CONFLICT DO NOTHING

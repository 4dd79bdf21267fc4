-- Put a case on its way, unless too many wait already for a broker that does not come.
INSERT INTO outgoing_cases (service, case_id, payload)
SELECT %(service)s::text, %(case_id)s::text, %(payload)s::jsonb
WHERE (SELECT count(*) FROM outgoing_cases) < %(most)s::int

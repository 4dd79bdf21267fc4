-- One case as it stands.
SELECT service, case_id, status, is_open, status_at, opened_at, received_at, category, subdistrict, agency, priority, channel,
       summary, impossible_steps, first_action_at
FROM cases
WHERE service = %(service)s::text AND case_id = %(case)s::text

-- The changes of state of one case in the order of time; the first 200.
SELECT e.at, e.received_at, e.status, e.agency
FROM cases c
JOIN case_events e ON e.service = c.service AND e.case_id = c.case_id AND e.at BETWEEN c.opened_at AND c.status_at
WHERE c.service = %(service)s::text AND c.case_id = %(case)s::text
ORDER BY e.at, e.status_rank, e.status
LIMIT 200

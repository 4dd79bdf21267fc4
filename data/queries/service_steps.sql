-- When each case opened since local midnight first reached each of its statuses.
SELECT c.service, c.case_id, c.category, c.opened_at, e.status, min(e.at) AS at
FROM case_services s
JOIN cases c ON c.service = s.service AND c.opened_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text)
JOIN case_events e ON e.service = c.service AND e.case_id = c.case_id
 AND e.at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text)
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 6

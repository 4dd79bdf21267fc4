-- Cases of the same category in the same kelurahan that were opened within seven days of one case, the nearest in time
-- first; 20 of them, and how many there are (`n`).
SELECT near.service, near.case_id, near.status, near.category, near.subdistrict, near.agency, near.opened_at, near.status_at,
       count(*) OVER () AS n
FROM cases c
JOIN cases near ON near.subdistrict = c.subdistrict AND near.category = c.category
 AND near.opened_at BETWEEN c.opened_at - interval '7 days' AND c.opened_at + interval '7 days'
 AND (near.service, near.case_id) <> (c.service, c.case_id)
WHERE c.service = %(service)s::text AND c.case_id = %(case)s::text
ORDER BY abs(extract(epoch FROM near.opened_at - c.opened_at)), near.service, near.case_id
LIMIT 20

-- The cases that were open at some time of a span, as they stood at its end by what had happened until then: what decides
-- their deadlines, whether they had ended, and when somebody first acted. Later steps are not seen.
SELECT c.service, c.case_id, s.status, s.is_open, s.category, s.subdistrict, s.agency, c.opened_at, s.status_at,
       CASE WHEN c.first_action_at < %(until)s::timestamptz THEN c.first_action_at END AS first_action_at
FROM cases c
CROSS JOIN LATERAL (
    SELECT (array_agg(e.status ORDER BY e.at DESC, e.status_rank DESC, e.status))[1] AS status,
           (array_agg(e.is_open ORDER BY e.at DESC, e.status_rank DESC, e.status))[1] AS is_open, max(e.at) AS status_at,
           (array_agg(e.category ORDER BY e.at DESC, e.status_rank DESC) FILTER (WHERE e.category IS NOT NULL))[1]
               AS category,
           (array_agg(e.subdistrict ORDER BY e.at DESC, e.status_rank DESC) FILTER (WHERE e.subdistrict IS NOT NULL))[1]
               AS subdistrict,
           (array_agg(e.agency ORDER BY e.at DESC, e.status_rank DESC) FILTER (WHERE e.agency IS NOT NULL))[1] AS agency
    FROM case_events e
    WHERE e.service = c.service AND e.case_id = c.case_id AND e.at >= c.opened_at AND e.at < %(until)s::timestamptz
) s
WHERE c.opened_at < %(until)s::timestamptz AND (c.is_open OR c.status_at >= %(since)s::timestamptz)
  AND (s.is_open OR s.status_at >= %(since)s::timestamptz)
ORDER BY c.service, c.opened_at, c.case_id

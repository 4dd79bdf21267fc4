-- Open cases of floods, of every service and kecamatan (empty where the place is not known).
SELECT s.service, coalesce(left(c.subdistrict, 8), '') AS district, count(*) AS n, min(c.opened_at) AS oldest_opened_at,
       max(c.status_at) AS status_at
FROM case_services s
JOIN cases c ON c.service = s.service AND c.is_open AND c.category = 'banjir'
GROUP BY 1, 2
ORDER BY 1, 2

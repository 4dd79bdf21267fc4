-- How many readings that count each series of some kinds has in each hour from a floor on.
SELECT d.key AS device, k.key AS kind, r.bucket, r.n
FROM rollup_hour r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE k.key = ANY(%(kinds)s::text[]) AND r.bucket >= %(floor)s::timestamptz

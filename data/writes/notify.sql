-- Once per commit, names only: whoever listens asks again.
SELECT pg_notify('liveroom', %(streams)s)

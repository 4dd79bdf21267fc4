-- The worst that was measured while it held.
UPDATE alarms SET worst = %(worst)s::double precision WHERE id = %(id)s

"""`make bench`: every benchmark in turn; exits non-zero when a promise is missed.

Soak and exports take their time and are run by themselves: `python -m tests.bench.soak`, `… .exports`.
"""

from tests.bench import alarm, displays, first_visit, latency, lighthouse, map_points, year

raise SystemExit(
    latency.main()
    | alarm.main()
    | displays.main()
    | first_visit.main()
    | lighthouse.main()
    | map_points.main()
    | year.main()
)

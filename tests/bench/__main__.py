"""`make bench`: every benchmark in turn; exits non-zero when a promise is missed. The soak is `make bench-soak`."""

from tests.bench import latency, year

raise SystemExit(latency.main() | year.main())

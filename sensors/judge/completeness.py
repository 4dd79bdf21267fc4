"""How much of 24 hours was heard, for the figures that rules draw from a whole day (ISPU of P.14/2020, Lsm of KEP-48).

Every hour counts alike and at most once: a device that sends ten times as often in the evening has not thereby heard
the morning. From which share on a day counts as whole is a row of the pack (completeness.csv), the project's own until
a source is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

HOURS = 24
ONE_HOUR = timedelta(hours=1)


def share_heard(counts: Iterable[float], interval: timedelta) -> float:
    """The share (0..1) of 24 hours, from the readings of each hour that has any and the interval expected between two.

    For devices that report at least once an hour; not more than 24 counts can be hours of one day.
    """
    expected = max(ONE_HOUR / interval, 1.0)
    return min(sum(min(count / expected, 1.0) for count in counts) / HOURS, 1.0)

"""A worker that dies after a COMMIT and before its acknowledgement, as often as it is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from ingest.__main__ import main
from ingest.delivery import Delivery
from ingest.subscriber import Subscriber


def _die(_self: Subscriber, _deliveries: Iterable[Delivery]) -> None:
    os._exit(137)


if __name__ == "__main__":
    Subscriber.acknowledge = _die  # type: ignore[method-assign]
    sys.exit(main())

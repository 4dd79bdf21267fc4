"""`python -m data.exports`: one export, from the order on standard input to the file on standard output."""

from __future__ import annotations

import os
import sys
import time

import msgspec

from data.errors import DataError
from data.exports.files import WRITERS, TooLong
from data.exports.order import Order, Progress
from data.exports.outlet import Outlet
from data.exports.source import opened

_NICENESS = 10  # whoever looks at a wall goes first
_EVERY = 0.25  # seconds between two words about how far it is


class _Teller:
    """Says how far it is, now and then."""

    def __init__(self) -> None:
        self._said_at = 0.0

    def __call__(self, rows: int, share: float) -> None:
        if time.monotonic() - self._said_at >= _EVERY:
            self._said_at = time.monotonic()
            tell(Progress(rows, round(share, 4)))


def tell(progress: Progress) -> None:
    """Say it to whoever has ordered."""
    sys.stderr.buffer.write(msgspec.json.encode(progress) + b"\n")
    sys.stderr.buffer.flush()


def main() -> int:
    """Do it; 1 where it could not be done, which the last word says why."""
    os.nice(_NICENESS)
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    out = Outlet(sys.stdout.fileno())
    try:
        with opened(order, _Teller()) as source:
            WRITERS[order.form](source, out)
    except TooLong as error:
        tell(Progress(0, 0, wrong=str(error), refused=True))
        return 1
    except DataError as error:
        sys.stderr.write(f"{error}\n")  # for the log: what a driver says is not for everybody
        tell(Progress(0, 0, wrong="the database cannot answer now"))
        return 1
    except BrokenPipeError:
        return 1
    tell(Progress(source.rows, 1.0, out.bytes, out.sha256))
    return 0


if __name__ == "__main__":
    sys.exit(main())

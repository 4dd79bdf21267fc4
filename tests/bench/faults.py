"""Every fault against ingest, several times, with counts; 1 when anything was lost or doubled that must not be.

python -m tests.bench.faults [--times N] [--only NAME]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from deploy.local.postgres import Postgres
from tests.bench.table import show
from tests.faults.fault import Fault, a_server, run_case
from tests.faults.listed import FAULTS
from tests.faults.stand import LARGE, SMALL, Scale
from tests.faults.tally import Tally

HEAD = ("case", "times", "sent", "stored", "refused", "lost", "doubled", "rollups equal", "verdict")


def run(server: Postgres, fault: Fault, scale: Scale, times: int) -> tuple[list[object], list[str]]:
    """The row of a case, and what else there is to say of it."""
    counts: list[Tally] = []
    notes: list[str] = []
    for turn in range(times):
        sys.stderr.write(f"{fault.name}, {turn + 1} of {times}\n")
        try:
            counts.append(run_case(server, fault, scale, turn))
        except AssertionError as error:
            notes.append(f"{fault.name}, turn {turn}: {error}")
        else:
            notes += [f"{fault.name}, turn {turn}: {each}" for each in counts[-1].remarks]
    kept = len(counts) == times and all(map(fault.kept, counts))
    return _row(fault, times, counts, kept=kept), notes


def _row(fault: Fault, times: int, counts: Sequence[Tally], *, kept: bool) -> list[object]:
    sums = [sum(getattr(each, name) for each in counts) for name in ("sent", "stored", "refused", "lost", "doubled")]
    rollups = "yes" if counts and all(each.rollups for each in counts) else "NO"
    promise = "may lose" if fault.may_lose else "exact"
    return [fault.name, times, *sums, rollups, promise if kept else "BROKEN"]


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.faults", description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how often each case is run")
    parser.add_argument("--only", default="", metavar="NAME", help="cases with this in their name")
    parser.add_argument("--small", action="store_true", help="as few messages as in the tests")
    found = parser.parse_args(words)
    found.faults = [fault for fault in FAULTS if found.only in fault.name]
    if not found.faults:
        parser.error(f"--only: found {found.only!r}, expected part of: {'; '.join(fault.name for fault in FAULTS)}")
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Run the cases and show what they counted."""
    found = _arguments(words)
    rows: list[list[object]] = []
    notes: list[str] = []
    with a_server() as server:
        for fault in found.faults:
            row, more = run(server, fault, SMALL if found.small else LARGE, found.times)
            rows.append(row)
            notes += more
    show(f"Faults, each {found.times} times", HEAD, rows)
    sys.stdout.write("".join(f"{note}\n" for note in notes))
    return int(any(row[-1] == "BROKEN" for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())

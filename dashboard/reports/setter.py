"""Sets reports in processes of their own: what typesetting keeps in memory ends with each, and one that hangs is ended.

In the web process typst would keep some 150 MB for good, of caches that another report hardly uses.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import msgspec

from layouts.errors import LayoutError
from layouts.reports.press import Job, press

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 60.0


async def set_apart(job: Job) -> bytes:
    """The report as PDF. Raises `LayoutError` when it cannot be set, or not in time."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(MOST_SECONDS):
            made, said = await child.communicate(msgspec.json.encode(job))
    except TimeoutError:
        raise LayoutError(f"{job.template}.typ: not set within {MOST_SECONDS:g} s") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise LayoutError(said.decode(errors="replace").strip().rpartition("\n")[2] or f"{job.template}.typ: not set")
    return made


def main() -> int:
    """Set the job that comes by stdin: 0; 1 with one line on stderr when it cannot be set."""
    try:
        made = press(msgspec.json.decode(sys.stdin.buffer.read(), type=Job))
    except LayoutError as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

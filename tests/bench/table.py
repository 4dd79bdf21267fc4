"""Plain tables and the few statistics they show."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def quantile(values: Sequence[float], q: float) -> float:
    """The value below which a share `q` of `values` lies (nearest rank). Raises `ValueError` when there are none."""
    if not values:
        raise ValueError("no values: nothing was measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


PROMISES = ("what", "figure", "limit", "of limit", "kept")
"""The head of a table of promises; each of its rows ends in `yes` or `NO`."""


def most(what: str, figure: float, limit: float) -> list[object]:
    """The row of a promise that a figure stays at or below a limit."""
    return [what, figure, limit, figure / limit if limit else "-", "yes" if figure <= limit else "NO"]


def least(what: str, figure: float, limit: float) -> list[object]:
    """The row of a promise that a figure reaches a limit."""
    return [what, figure, limit, limit / figure if figure else "-", "yes" if figure >= limit else "NO"]


def all_kept(rows: Sequence[Sequence[object]]) -> bool:
    """Whether every promise of the table is kept."""
    return all(row[-1] == "yes" for row in rows)


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write one table to standard output, columns aligned, numbers to the right."""
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(head), *cells]) for i in range(len(head))]
    lines = [title, _line(head, widths), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths) for row in cells]
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


def _text(cell: object) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell.ljust(width) if i == 0 else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()

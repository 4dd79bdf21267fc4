"""The strokes charts are drawn with: SVG on a stretched field of 100 by 100, lines of one width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">'
_KEEP = 'vector-effect="non-scaling-stroke"'
Place = tuple[float, float]


def drawing(pieces: Iterable[str]) -> str:
    """An SVG document of these pieces."""
    return f"{_OPEN}{''.join(pieces)}</svg>"


def rule(y: float, colour: str, dashes: str = "") -> str:
    """A line across the whole field."""
    return _stroke(f"M0 {y:.2f}H100", colour, 1.0, f'stroke-dasharray="{dashes}"' if dashes else "")


def upright(x: float, colour: str) -> str:
    """A line from top to bottom."""
    return _stroke(f"M{x:.2f} 0V100", colour, 1.0, "")


def line(places: Sequence[Place], gap: float, colour: str, wide: float) -> str:
    """A line that breaks at gaps; a place that stands alone is a dot, and so is the last one."""
    steps, dots = [], [places[-1]] if places else []
    for part in parts(places, gap):
        steps.append("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in part))
        dots += part if len(part) == 1 else []
    ends = "".join(f"M{x:.2f} {y:.2f}h0" for x, y in dots)
    return _stroke("".join(steps), colour, wide, 'stroke-linejoin="round"') + _stroke(
        ends, colour, 3 * wide, 'stroke-linecap="round"'
    )


def area(lows: Sequence[Place], highs: Sequence[Place], gap: float, colour: str) -> str:
    """The area between two lines over the same places across."""
    start, shapes = 0, []
    for part in parts(lows, gap):
        over = highs[start : start + len(part)]
        start += len(part)
        edge = [*part, *reversed(over)]
        shapes.append("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in edge) + "Z")
    return f'<path d="{"".join(shapes)}" fill="{colour}"/>'


def bar(x: float, top: float, wide: float, foot: float, colour: str) -> str:
    """A bar that stands on `foot`."""
    high = max(foot - top, 0.0)
    return f'<rect x="{x:.2f}" y="{top:.2f}" width="{wide * 0.86:.2f}" height="{high:.2f}" fill="{colour}"/>'


def parts(places: Sequence[Place], gap: float) -> Iterator[list[Place]]:
    """The stretches of a line without a gap: places no further apart than `gap`."""
    part: list[Place] = []
    for place in places:
        if part and place[0] - part[-1][0] > gap:
            yield part
            part = []
        part.append(place)
    if part:
        yield part


def _stroke(path: str, colour: str, wide: float, style: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide:g}" {style} {_KEEP}/>' if path else ""

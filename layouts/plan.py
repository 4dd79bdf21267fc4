"""The city drawn flat, for maps that stand still: its kecamatan in shades, and dots upon them, as images."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layouts import theme
from layouts.curves import address
from layouts.shapes import WIDTH, Canvas, Shapes

Spot = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Places of one colour and size, in units of the canvas."""

    spots: Iterable[Spot]
    colour: str
    size: float


def districts(shapes: Shapes, shades: Mapping[str, str]) -> str:
    """The kecamatan, each in its shade by code; what has none is told to be unknown."""
    drawn = "".join(
        f'<path d="{path}" fill="{shades.get(code, theme.MAP_UNKNOWN)}"/>' for code, path in shapes.paths.items()
    )
    group = f'<g stroke="{theme.GROUND}" stroke-width="2.5" stroke-linejoin="round">{drawn}</g>'
    return address(f"{_svg(shapes.canvas)}{group}</svg>")


def dots(canvas: Canvas, *layers: Dots) -> str:
    """Each layer as one path of dots with a dark rim; what lies outside the canvas is left out."""
    return address(f"{_svg(canvas)}{''.join(_layer(canvas, each) for each in layers)}</svg>")


def ratio_of(shapes: Shapes) -> dict[str, str | float]:
    """The style by which a drawing keeps the city's own shape."""
    height = shapes.canvas.height
    return {"aspectRatio": f"{WIDTH:.0f} / {height:.0f}", "--ratio": f"{WIDTH / height:.4f}"}


def _layer(canvas: Canvas, dots: Dots) -> str:
    path = "".join(
        f"M{x:.0f} {y:.0f}h0"
        for x, y in (canvas.place(*spot) for spot in dots.spots)
        if 0 <= x <= WIDTH and 0 <= y <= canvas.height
    )
    rim = f'<path d="{path}" stroke="{theme.GROUND}" stroke-width="{dots.size + 3:g}" stroke-linecap="round"/>'
    return f'{rim}<path d="{path}" stroke="{dots.colour}" stroke-width="{dots.size:g}" stroke-linecap="round"/>'


def _svg(canvas: Canvas) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {canvas.height:.0f}">'

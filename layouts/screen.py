"""How large a wall writes: from how far it is read, how large its picture is, and what follows for its type.

NUREG-0700: a letter must fill at least 16 minutes of arc at the farthest reader. What does not fit at that size is left
out or shown later (`dashboard/assets/pack.js`), never written smaller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import hypot, radians, tan

LEAST_ARC = radians(16 / 60)
CAPITAL = 0.727  # height of a capital of Inter, in em
SMALLEST = 15.0  # px of the smallest words on a wall at a root size of 16 (.9375rem)
INCH = 0.0254
WIDE, HIGH = 16, 9  # what one screen is made like
LONG, SHORT = 1920, 1080  # the picture that every length in rem is drawn for, lying or standing

TILES = re.compile(r"([1-9])x([1-9])")
FARTHEST, LARGEST = 50.0, 500.0


@dataclass(frozen=True, slots=True)
class Screen:
    """A wall of `across` times `down` screens as one picture: `diagonal` of one in inches, `distance` in metres."""

    distance: float
    diagonal: float
    across: int = 1
    down: int = 1

    @property
    def pixel(self) -> float:
        """The height in metres of one px of a picture that is 1080 lines on its short side."""
        inch = self.diagonal * INCH / hypot(WIDE, HIGH)
        sides = sorted((self.across * WIDE * inch, self.down * HIGH * inch))
        return min(sides[0] / SHORT, sides[1] / LONG)

    @property
    def least_px(self) -> float:
        """The least size of type, in px of a 1080-line picture, that the farthest reader can read."""
        return self.distance * tan(LEAST_ARC) / CAPITAL / self.pixel

    @property
    def scale(self) -> float:
        """By what the root size of 16 px grows. Never below 1: a near reader gets the whole scene, not smaller type."""
        return max(1.0, self.least_px / SMALLEST)

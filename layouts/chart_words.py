"""Where a chart's words stand beside what they name: on no line, bar or other word, as long as there is such a place.

All of it in percent of the drawing, as if that were narrow and low: where there is more room, words take less of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""From left to right, from low to high."""
_LETTER, _HIGH = 1.8, 7.0
"""How much of the drawing a letter takes across, and a word upwards."""
_OFF = {"level": 2.0, "end": 3.5}
"""How far words stand from the line or the point they name."""
_LEFT, _MIDDLE, _RIGHT = 1.5, 38.0, 98.0
_FOOT, _TOP = 0.0, 108.0
"""Below the drawing stand the times, above it what heads it: no word goes there, whatever it covers instead."""


@dataclass(slots=True)
class Room:
    """What is drawn already: strokes from place to place, and boxes that no word may cover."""

    strokes: list[tuple[Place, Place]]
    boxes: list[Box] = field(default_factory=list)

    def level(self, words: str, height: float) -> tuple[bool, bool]:
        """Whether the words of a line across stand in the middle and not at the left, and under it and not above."""
        wide = _LETTER * len(words)
        spots = [
            (middle, under, (left, left + wide, *_span(height, "level", under=under)))
            for middle, left in ((False, _LEFT), (True, _MIDDLE))
            for under in (False, True)
        ]
        best = self._freest([box for *_, box in spots])
        return spots[best][:2]

    def end(self, words: str, height: float) -> bool:
        """Whether the words at the end of a line stand under its last point and not above."""
        left = _RIGHT - _LETTER * len(words)
        return bool(self._freest([(left, _RIGHT, *_span(height, "end", under=under)) for under in (False, True)]))

    def _freest(self, boxes: Sequence[Box]) -> int:
        """The first box that covers least; it is taken then."""
        best = min(range(len(boxes)), key=lambda each: (_beyond(boxes[each]), self._covered(boxes[each]), each))
        self.boxes.append(boxes[best])
        return best

    def _covered(self, box: Box) -> int:
        left, right, low, high = box
        taken = sum(each[0] < right and left < each[1] and each[2] < high and low < each[3] for each in self.boxes)
        return taken + sum(_crosses(stroke, box) for stroke in self.strokes)


def _span(height: float, what: str, *, under: bool) -> tuple[float, float]:
    low = height - _OFF[what] - _HIGH if under else height + _OFF[what]
    return low, low + _HIGH


def _beyond(box: Box) -> bool:
    return box[2] < _FOOT or box[3] > _TOP


def _crosses(stroke: tuple[Place, Place], box: Box) -> bool:
    (x, y), (to_x, to_y) = stroke
    left, right = max(x, box[0]), min(to_x, box[1])
    if left > right:
        return False
    rise = (to_y - y) / (to_x - x) if to_x > x else 0.0
    heights = (y + rise * (left - x), y + rise * (right - x)) if to_x > x else (y, to_y)
    return min(heights) < box[3] and box[2] < max(heights)

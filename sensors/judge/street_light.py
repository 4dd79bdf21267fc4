"""Whether a street-light feeder burns when it should, by the height of the sun.

No regulation was found that fixes the minute: dark is the end of civil twilight (the sun 6 degrees below the horizon),
day is the sun above it. Between the two a photocell may have switched or not, and nothing is judged.
"""

from __future__ import annotations

from typing import Literal

LightState = Literal["burning", "resting", "twilight", "dark-at-night", "lit-by-day"]
CIVIL_TWILIGHT = -6.0  # degrees
RANKS: dict[LightState, int] = {"burning": 0, "resting": 0, "twilight": 0, "lit-by-day": 1, "dark-at-night": 3}


def judge_light(lit: float, sun: float) -> LightState:
    """Judge the lamps that burn while the sun stands at `sun` degrees."""
    if sun < CIVIL_TWILIGHT:
        return "burning" if lit > 0 else "dark-at-night"
    if sun > 0:
        return "lit-by-day" if lit > 0 else "resting"
    return "burning" if lit > 0 else "twilight"

"""Chance that can be repeated: every number is a function of the seed and of names, never of call order."""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import blake2b
from random import Random
from statistics import NormalDist

_STANDARD = NormalDist()
_MANY = 60.0  # above this mean a Poisson count is as good as normal


def draw(seed: int, *names: object) -> float:
    """A number in [0, 1) that the same seed and names always give."""
    text = ":".join(map(str, (seed, *names))).encode()
    return (int.from_bytes(blake2b(text, digest_size=8).digest()) >> 11) / 2**53


def bell(seed: int, *names: object) -> float:
    """A number from the standard normal distribution, cut at four standard deviations."""
    return _STANDARD.inv_cdf(min(max(draw(seed, *names), 0.00004), 0.99996))


def count(seed: int, mean: float, *names: object) -> int:
    """A Poisson count with this mean: how many of many independent things happened."""
    if mean <= 0:
        return 0
    if mean > _MANY:
        return max(0, round(mean + math.sqrt(mean) * bell(seed, *names)))
    left = draw(seed, *names)
    number, chance = 0, math.exp(-mean)
    while left >= chance and number < 4 * _MANY:
        left -= chance
        number += 1
        chance *= mean / number
    return number


def drift(seed: int, name: str, at: float, period: float) -> float:
    """Smooth noise in [-1, 1] that changes its mind every `period` seconds."""
    knot, part = divmod(at / period, 1.0)
    before, after = _knot(seed, name, int(knot)), _knot(seed, name, int(knot) + 1)
    return before + (after - before) * part * part * (3 - 2 * part)


def dice(seed: int, *names: object) -> Random:
    """A generator of its own for one thing with many draws, such as the complaints of a day."""
    return Random(":".join(map(str, (seed, *names))))  # noqa: S311 - a simulation, not a secret


@lru_cache(maxsize=32768)
def _knot(seed: int, name: str, number: int) -> float:
    return 2 * draw(seed, name, number) - 1

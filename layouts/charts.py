"""One generous chart for what went on: axes, marks of time, named thresholds, what is usual, gaps as gaps.

The drawing is an SVG image that stretches with its place, every word beside it is HTML: so lines stay sharp and words
stay readable from a phone to a large screen, and no script draws anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil, floor, log10

from layouts import html, parts, strokes, theme
from layouts.chart_words import Room
from layouts.curves import address
from layouts.formats import number

Moment = tuple[datetime, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One series: a line that breaks where two points are further apart than `gap`. `words` are written at its end.

    `tone` is the class that gives them the line's colour in the light a desk has chosen.
    """

    points: tuple[Moment, ...]
    gap: timedelta
    colour: str = theme.SKY
    words: str = ""
    tone: str = "tone-sky"
    wide: float = 2.0


@dataclass(frozen=True, slots=True)
class Bars:
    """Sums: one bar a point from zero, as wide as `step`."""

    points: tuple[Moment, ...]
    step: timedelta
    colour: str = theme.SKY


@dataclass(frozen=True, slots=True)
class Band:
    """An area between two values, such as what is usual or from the least to the most."""

    points: tuple[tuple[datetime, float, float], ...]
    gap: timedelta
    colour: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level worth a line of its own, by its name and by how bad it is to pass it (0 to 3)."""

    value: float
    words: str
    rank: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of time; every second one may be left out where it is narrow."""

    at: datetime
    words: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `least` is the smallest height of the scale in the values' unit; `zero` keeps zero in sight.

    `now` stands at the right end of the time; `rules` is about how many lines run across. With `room` no value stands
    on the edge, where half of a line would be cut: for values in round steps, as prices are.
    """

    since: datetime
    until: datetime
    ticks: tuple[Tick, ...]
    now: str
    least: float = 0.0
    zero: bool = False
    rules: int = 4
    room: bool = False
    lines: tuple[Line, ...] = ()
    bars: tuple[Bars, ...] = ()
    bands: tuple[Band, ...] = ()
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """From lowest to highest, with the values at which a line is drawn across."""

    low: float
    high: float
    rules: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far up a value is, in percent."""
        return (value - self.low) / (self.high - self.low) * 100


def figure(ident: str, chart: Chart, alt: str, classes: str = "") -> html.Div:
    """The chart with all its words; `alt` says what it shows to those who do not see it."""
    found = scale_of(chart)
    seen = within(chart, found)
    return html.Div(
        [
            html.Img(id=f"{ident}-drawing", src=_drawing(chart, found, seen), alt=alt),
            html.Div(list(_words(chart, found, seen)), id=f"{ident}-words", **parts.aria(hidden="true")),
        ],
        id=ident,
        className=f"chart {classes}".strip(),
    )


def scale_of(chart: Chart) -> Scale:
    """A scale that holds every value, with four or five round rules."""
    values = [value for line in chart.lines for _, value in line.points]
    values += [value for bars in chart.bars for _, value in bars.points]
    values += [value for band in chart.bands for _, *ends in band.points for value in ends]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    near = [each.value for each in chart.thresholds if low - (high - low) <= each.value <= high + (high - low)]
    low, high = min([low, *near]), max([high, *near])
    missing = max(chart.least - (high - low), (1e-9 + abs(high) * 0.02 if high == low else 0.0))
    low, high = low - missing / 2, high + missing / 2
    if chart.zero or (low < 0 <= min(values, default=0.0)):
        low, high = min(0.0, *values, 0.0), max(high, high - low)
    step = _round_step((high - low) / chart.rules)
    first, last = floor(low / step), ceil(high / step)
    if chart.room:
        first, last = first - (first * step == low > 0), last + (last * step == high)
    return Scale(first * step, last * step, tuple(index * step for index in range(first, last + 1)))


def within(chart: Chart, scale: Scale) -> tuple[Threshold, ...]:
    """The thresholds that lie on the scale; the others would flatten the curve and are told in words."""
    return tuple(each for each in chart.thresholds if scale.low < each.value <= scale.high)


def rules_of(scale: Scale) -> Iterator[tuple[float, str]]:
    """The values at which a line is drawn across, each with as many decimals as tell them apart."""
    decimals = max(0, -floor(log10(scale.rules[1] - scale.rules[0]) + 1e-9))
    for value in scale.rules:
        yield value, number(value, decimals)


def _round_step(raw: float) -> float:
    power = 10.0 ** floor(log10(raw)) if raw > 0 else 1.0
    return next(step * power for step in (1, 2, 5, 10) if step * power >= raw * 0.999)


def across(chart: Chart, at: datetime) -> float:
    """How far to the right a time is, in percent."""
    return (at - chart.since) / (chart.until - chart.since) * 100


def _drawing(chart: Chart, scale: Scale, seen: Sequence[Threshold]) -> str:
    def placed(points: Sequence[Moment]) -> list[tuple[float, float]]:
        return [(across(chart, at), 100 - scale.share(value)) for at, value in points]

    pieces = [strokes.rule(100 - scale.share(value), theme.LINE) for value in scale.rules]
    pieces += [strokes.upright(across(chart, tick.at), theme.LINE) for tick in chart.ticks]
    for band in chart.bands:
        lows = placed([(at, low) for at, low, _ in band.points])
        highs = placed([(at, high) for at, _, high in band.points])
        pieces.append(strokes.area(lows, highs, band.gap / (chart.until - chart.since) * 100, band.colour))
    for bars in chart.bars:
        wide, foot = bars.step / (chart.until - chart.since) * 100, 100 - scale.share(0.0)
        pieces += [strokes.bar(x, y, wide, foot, bars.colour) for x, y in placed(bars.points)]
    pieces += [strokes.rule(100 - scale.share(each.value), theme.level(each.rank).colour, "6 4") for each in seen]
    for line in chart.lines:
        gap = line.gap / (chart.until - chart.since) * 100
        pieces.append(strokes.line(placed(line.points), gap, line.colour, line.wide))
    return address(strokes.drawing([*pieces, strokes.upright(100.0, theme.FAINT)]))


def _words(chart: Chart, scale: Scale, seen: Sequence[Threshold]) -> Iterator[html.Span]:
    for value, words in rules_of(scale):
        yield html.Span(words, className="chart-y", style={"bottom": f"{scale.share(value):.2f}%"})
    for tick in chart.ticks:
        classes = "chart-x chart-minor" if tick.minor else "chart-x"
        yield html.Span(tick.words, className=classes, style={"left": f"{across(chart, tick.at):.2f}%"})
    yield html.Span(chart.now, className="chart-x chart-now", style={"left": "100%"})
    room = _room(chart, scale, seen)
    for each in seen:
        height = scale.share(each.value)
        middle, under = room.level(each.words, height)
        classes = f"chart-level{' chart-inner' if middle else ''}{' chart-under' if under else ''} rank-{each.rank}"
        yield html.Span(each.words, className=classes, style={"bottom": f"{height:.2f}%"})
    for line in chart.lines:
        if line.points and line.words:
            height = scale.share(line.points[-1][1])
            classes = f"chart-end{' chart-under' if room.end(line.words, height) else ''} {line.tone}"
            yield html.Span(line.words, className=classes, style={"bottom": f"{height:.2f}%"})


def _room(chart: Chart, scale: Scale, seen: Sequence[Threshold]) -> Room:
    """What words must not stand on."""

    def placed(points: Sequence[Moment]) -> list[tuple[float, float]]:
        return [(across(chart, at), scale.share(value)) for at, value in points]

    room = Room([((0.0, height), (100.0, height)) for height in (scale.share(each.value) for each in seen)])
    for line in chart.lines:
        gap = line.gap / (chart.until - chart.since) * 100
        for part in strokes.parts(placed(line.points), gap):
            room.strokes += pairwise(part)
    for bars in chart.bars:
        wide, foot = bars.step / (chart.until - chart.since) * 100, scale.share(0.0)
        room.boxes += [(x, x + wide, foot, y) for x, y in placed(bars.points)]
    return room

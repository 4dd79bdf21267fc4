"""A chart of the pages as plain geometry: everything in percent of the field, for whoever sets it on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layouts import charts, strokes
from layouts.charts import Chart, Moment


def plotted(chart: Chart) -> Mapping[str, Any]:
    """The rules, marks, areas and lines of a chart with their words: x from the left, y from the bottom, 0 to 100."""
    scale = charts.scale_of(chart)
    length = chart.until - chart.since

    def placed(points: Sequence[Moment]) -> list[tuple[float, float]]:
        return [(_round(charts.across(chart, at)), _round(scale.share(value))) for at, value in points]

    return {
        "rules": [{"at": _round(scale.share(value)), "words": words} for value, words in charts.rules_of(scale)],
        "ticks": [{"at": _round(charts.across(chart, tick.at)), "words": tick.words} for tick in chart.ticks],
        "bands": [
            [
                [x, low, scale.share(high)]
                for (x, low), (_, _, high) in zip(
                    placed([(at, low) for at, low, _ in band.points]), band.points, strict=True
                )
            ]
            for band in chart.bands
        ],
        "bars": [
            {"x": x, "wide": _round(bars.step / length * 100), "y": y, "foot": _round(scale.share(0.0))}
            for bars in chart.bars
            for x, y in placed(bars.points)
        ],
        "levels": [
            {"at": _round(scale.share(each.value)), "words": each.words, "rank": each.rank}
            for each in charts.within(chart, scale)
        ],
        "lines": [
            {
                "parts": list(strokes.parts(placed(line.points), line.gap / length * 100)),
                "words": line.words,
                "tone": line.tone.removeprefix("tone-"),
            }
            for line in chart.lines
        ],
    }


def _round(percent: float) -> float:
    return round(percent, 2)

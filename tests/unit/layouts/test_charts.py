"""The chart of desk pages: what is drawn, what is told in words, and that silence is never drawn as data."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from layouts import charts, strokes
from layouts.charts import Bars, Chart, Line, Threshold, Tick
from tests.unit.layouts.walking import elements, prop

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def chart(*values: float | None, gap: timedelta = 2.5 * HOUR, thresholds: tuple[Threshold, ...] = ()) -> Chart:
    """A chart of hourly values that end now."""
    began = NOW - HOUR * (len(values) - 1)
    points = tuple((began + HOUR * i, value) for i, value in enumerate(values) if value is not None)
    line = Line(points, gap, words="kini")
    return Chart(began, NOW, (Tick(began + HOUR, "satu"),), "kini 14.00", lines=(line,), thresholds=thresholds)


def drawing(found: Chart) -> str:
    """The SVG behind a chart."""
    figure = charts.figure("x", found, "sebuah kalimat")
    (image,) = [each for each in elements(figure) if prop(each, "alt") is not None]
    return unquote(str(prop(image, "src")))


def words(found: Chart) -> list[str]:
    """Everything written beside the drawing."""
    figure = charts.figure("x", found, "")
    return [str(prop(each, "children")) for each in elements(figure) if "chart-" in str(prop(each, "className"))]


def test_silence_is_a_gap_and_what_stands_alone_a_dot() -> None:
    whole = strokes.line([(0, 1), (1, 2), (2, 3)], 1.5, "#fff", 2)
    broken = strokes.line([(0, 1), (1, 2), (9, 3)], 1.5, "#fff", 2)
    assert len(re.findall(r"M", whole.split("/>")[0])) == 1
    assert len(re.findall(r"M", broken.split("/>")[0])) == 2
    assert "M9.00 3.00h0" in broken
    assert strokes.line([], 1.5, "#fff", 2) == ""


def test_a_gap_in_the_values_is_a_gap_in_the_drawing() -> None:
    (whole,), (broken,) = (
        re.findall(r'd="([^"]+)"[^>]*stroke-linejoin', drawing(chart(*values)))
        for values in ((1, 2, 3, 4, 5, 6), (1, 2, None, None, None, 6))
    )
    assert (whole.count("M"), broken.count("M")) == (1, 2)


@pytest.mark.parametrize("values", [(1.0,), (5.0, 5.0), (-3.0, 4.0), (1e6, 1e6 + 1), (0.0, 0.0)])
def test_a_scale_holds_every_value_between_round_rules(values: tuple[float, ...]) -> None:
    scale = charts.scale_of(chart(*values, None, 2.0))
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert 2 <= len(scale.rules) <= 12
    assert all(0 <= scale.share(value) <= 100 for value in values)


def test_with_room_no_value_stands_on_the_edge() -> None:
    tight = charts.scale_of(chart(12_500, 14_000))
    assert (tight.low, tight.high) == (12_500, 14_000)
    roomy = charts.scale_of(replace(chart(12_500, 14_000), room=True))
    assert (roomy.low, roomy.high) == (12_000, 14_500)


def test_a_near_threshold_is_drawn_by_its_name_and_a_far_one_left_to_words() -> None:
    near, far = Threshold(24, "Siaga 3", 1), Threshold(900, "Siaga 1", 3)
    found = chart(10, 15, 20, thresholds=(near, far))
    assert charts.within(found, charts.scale_of(found)) == (near,)
    assert "Siaga 3" in words(found)
    assert "Siaga 1" not in words(found)


def looks(found: Chart) -> dict[str, set[str]]:
    """How each word of the drawing stands, by its classes."""
    spans = [each for each in elements(charts.figure("x", found, "")) if "chart-" in str(prop(each, "className"))]
    return {str(prop(each, "children")): set(str(prop(each, "className")).split()) for each in spans}


def drawn(*left: float, last: float = 20, thresholds: tuple[float, ...] = (50,)) -> dict[str, set[str]]:
    """How words stand in a drawing whose values are percent of its height: what is at the left, and the end of it."""
    values = (*left, *(20,) * (5 - len(left)), 0, 100, 20, 20, last, last)
    return looks(chart(*values, thresholds=tuple(Threshold(each, f"batas {each:g}", 3) for each in thresholds)))


@pytest.mark.parametrize(
    ("left", "moved"),
    [
        ((20, 20), set()),
        ((50, 60, 70), {"chart-under"}),  # it rises from the bound
        ((50, 40, 30), set()),
        ((60, 35, 20), {"chart-inner"}),  # it passes the bound where the words stand
        ((50, 53, 48, 54, 49), {"chart-under"}),
    ],
)
def test_the_words_of_a_threshold_stand_where_the_line_is_not(left: tuple[float, ...], moved: set[str]) -> None:
    assert drawn(*left)["batas 50"] & {"chart-under", "chart-inner"} == moved


@pytest.mark.parametrize(("last", "under"), [(30, False), (45, True), (50, False), (55, False), (100, True)])
def test_the_words_at_the_end_stand_on_no_threshold_and_within_the_drawing(last: float, under: bool) -> None:
    assert ("chart-under" in drawn(last=last)["kini"]) is under


def test_words_of_thresholds_near_each_other_stand_apart_and_within_the_drawing() -> None:
    found = drawn(thresholds=(50, 53, 100))
    assert [f"batas {each}" for each in (50, 53, 100) if "chart-under" in found[f"batas {each}"]] == [
        "batas 50", "batas 100",
    ]  # fmt: skip
    assert "chart-under" not in drawn(8, 12, 9, 11, last=5, thresholds=(5,))["kini"], "the times stand there"


def test_bars_stand_on_zero() -> None:
    found = Chart(NOW - HOUR, NOW, (), "kini", zero=True, bars=(Bars(((NOW - HOUR, 4.0),), HOUR),))
    assert charts.scale_of(found).low == 0
    assert '<rect x="0.00"' in drawing(found)


def test_all_that_is_written_is_hidden_from_those_who_hear_the_sentence() -> None:
    figure = charts.figure("x", chart(1, 2, 3), "naik dari 1 ke 3")
    (hidden,) = [each for each in elements(figure) if prop(each, "aria-hidden") == "true"]
    assert prop(hidden, "id") == "x-words"
    assert [prop(each, "alt") for each in elements(figure) if prop(each, "alt")] == ["naik dari 1 ke 3"]

"""When a question is asked again, by the clock handed to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dashboard.answers import Answers
from layouts.panel import Panel, Question
from layouts.panels import PANELS


def asked_at(answers: Answers, moments: Sequence[float]) -> list[float]:
    """The moments at which something was due."""
    return [moment for moment in moments if answers.due(moment)]


def of(*panels: tuple[Question, ...]) -> Answers:
    workers: Panel = PANELS["workers"]
    answers = Answers([replace(workers, questions=questions) for questions in panels])
    answers.use({(question.name, ()) for questions in panels for question in questions})
    return answers


def test_a_question_is_asked_anyway_after_a_while() -> None:
    answers = of((Question("components"),))
    assert asked_at(answers, [0, 30, 59, 60, 90, 121]) == [0, 60, 121]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_most_impatient_panel_decides(order: tuple[int, int]) -> None:
    panels = (Question("components", anyway=2.0),), (Question("components"),)
    assert asked_at(of(*(panels[each] for each in order)), [0, 1, 2, 3, 4]) == [0, 2, 4]


def test_news_are_asked_for_at_once_but_not_more_often_than_they_may_be() -> None:
    answers = of((Question("components", every=5.0),))
    assert asked_at(answers, [0]) == [0]
    answers.mark({"components"})
    assert asked_at(answers, [1, 4, 5, 6]) == [5]
    answers.mark({"prices"})
    assert asked_at(answers, [20]) == []


def test_whoever_has_just_done_something_waits_for_no_clock() -> None:
    answers = of((Question("components", every=5.0),))
    assert asked_at(answers, [0]) == [0]
    answers.renew({("components", ())}, {"prices"})
    assert asked_at(answers, [1]) == [], "nothing of what it rests on was changed"
    answers.renew({("components", ())}, {"components"})
    assert asked_at(answers, [2, 3]) == [2]

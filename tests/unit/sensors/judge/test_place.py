"""When a place is red: by the worst of its measures, from the row's threshold on, and from the row's first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sensors.judge.place import judge_place
from sensors.pack.place_levels import PlaceLevel

DAY = date(2026, 11, 21)


def row(measure: str, level: str, threshold: float, **more: object) -> PlaceLevel:
    plain = PlaceLevel("kelurahan", measure, level, threshold, 0, date(2026, 1, 1), "contoh", sample=False)
    return replace(plain, **more)  # type: ignore[arg-type]


ROWS = (
    row("overdue", "kuning", 1),
    row("overdue", "merah", 3),
    row("open", "jingga", 200, least=5, sample=True),
    row("gauge", "merah", 1),
    row("gauge", "kuning", 3),
)


@pytest.mark.parametrize(
    ("figures", "cases", "level"),
    [
        ({}, 0, "biasa"),
        ({"overdue": 0}, 9, "biasa"),
        ({"overdue": 1}, 9, "kuning"),
        ({"overdue": 2.9}, 9, "kuning"),
        ({"overdue": 3}, 9, "merah"),
        ({"open": 200}, 5, "jingga"),
        ({"open": 900}, 4, "biasa"),  # too few to be news
        ({"gauge": 4}, 0, "biasa"),  # a lower siaga is worse
        ({"gauge": 3}, 0, "kuning"),
        ({"gauge": 1}, 0, "merah"),
        ({"overdue": 1, "open": 300}, 9, "jingga"),
        ({"unheard-of": 9}, 9, "biasa"),
    ],
)
def test_the_worst_measure_decides(figures: dict[str, float], cases: float, level: str) -> None:
    assert judge_place(figures, cases, "kelurahan", ROWS, DAY).level == level


def test_every_reason_is_told_once_and_the_worst_first() -> None:
    standing = judge_place({"overdue": 4, "open": 400, "gauge": 2}, 9, "kelurahan", ROWS, DAY)
    assert [(each.row.measure, each.row.level) for each in standing.reasons] == [
        ("overdue", "merah"),
        ("open", "jingga"),
        ("gauge", "kuning"),
    ]
    assert (standing.rank, standing.sample) == (3, False)
    assert judge_place({"open": 400}, 9, "kelurahan", ROWS, DAY).sample


def test_a_row_holds_from_its_day_in_place_of_the_one_before_and_for_its_scope() -> None:
    later = (*ROWS, row("overdue", "merah", 10, valid_from=DAY))
    assert judge_place({"overdue": 5}, 9, "kelurahan", later, date(2026, 11, 20)).level == "merah"
    assert judge_place({"overdue": 5}, 9, "kelurahan", later, DAY).level == "kuning"
    assert judge_place({"overdue": 5}, 9, "kecamatan", later, DAY).level == "biasa"
    assert judge_place({"overdue": 5}, 9, "kelurahan", ROWS, date(2025, 12, 31)).level == "biasa"

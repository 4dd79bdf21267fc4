"""The level of a CAP alert: the pack's rows in their order, for every combination of the standard's words."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from sensors.cap import CERTAINTIES, SEVERITIES, URGENCIES
from sensors.city import City, CityError, load_city
from sensors.judge.cap import judge_cap
from sensors.pack.warnings import LEVELS, read_cap_levels


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.mark.parametrize(
    ("severity", "urgency", "certainty", "level"),
    [
        ("Extreme", "Immediate", "Observed", "awas"),
        ("Extreme", "Expected", "Likely", "awas"),
        ("Extreme", "Future", "Likely", "siaga"),
        ("Extreme", "Immediate", "Possible", "siaga"),
        ("Severe", "Immediate", "Observed", "siaga"),
        ("Moderate", "Immediate", "Observed", "waspada"),
        ("Minor", "Immediate", "Observed", "info"),
        ("Unknown", "Unknown", "Unknown", "waspada"),
        ("Extreme", "Past", "Observed", "info"),
        ("Extreme", "Immediate", "Unlikely", "info"),
    ],
)
def test_the_rows_of_the_pack(city: City, severity: str, urgency: str, certainty: str, level: str) -> None:
    assert judge_cap(severity, urgency, certainty, city.cap_levels) == level


def test_every_alert_has_a_level_and_every_row_says_whose_it_is(city: City) -> None:
    every = {judge_cap(*words, city.cap_levels) for words in product(SEVERITIES, URGENCIES, CERTAINTIES)}
    assert every == set(LEVELS)
    assert all("proyek ini sendiri" in row.source for row in city.cap_levels)


HEAD = "severity,urgency,certainty,level,source\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Extreme,*,*,awas,contoh\n", "found a last row for some alerts only"),
        ("Extrem,*,*,awas,contoh\n*,*,*,info,contoh\n", r"cap_levels\.csv:2: column 'severity': found 'Extrem'"),
        ("*,*,*,gawat,contoh\n", r"cap_levels\.csv:2: column 'level': found 'gawat', expected one of info"),
        ("*,*,,info,contoh\n", r"cap_levels\.csv:2: column 'certainty': found ''"),
        ("*,*,*,info,\n", r"cap_levels\.csv:2: column 'source'"),
        ("", "found no entry"),
    ],
)
def test_a_slip_in_the_pack_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "cap_levels.csv"
    path.write_text(HEAD + text)
    with pytest.raises(CityError, match=told):
        read_cap_levels(path)

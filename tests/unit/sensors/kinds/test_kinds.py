"""Every kind the room knows, and what happens to a module that is none."""

import math
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sensors.kinds import KINDS
from sensors.registry import RegistryError, modules_in, refuse


def test_the_registry_holds_what_the_city_senses() -> None:
    assert set(KINDS) >= {
        "pm25", "pm10", "temperature", "humidity", "rain", "water_level",
        "vehicle_count", "noise", "light_power", "waste_tonnage", "wind_speed",
    }  # fmt: skip


def test_the_registry_has_one_kind_per_file() -> None:
    folder = Path(sys.modules["sensors.kinds"].__path__[0])
    assert sorted(KINDS) == sorted(path.stem for path in folder.glob("[!_]*.py"))


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_sound(key: str) -> None:
    kind = KINDS[key]
    assert kind.key == key
    assert kind.name
    assert kind.unit
    assert kind.senml_units
    assert kind.low <= kind.example <= kind.high
    assert round(kind.example, kind.decimals) == kind.example
    assert timedelta(seconds=10) <= kind.expected_interval <= timedelta(days=1)


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_accepts_its_range_and_nothing_else(key: str) -> None:
    kind = KINDS[key]
    assert kind.accepts(kind.low)
    assert kind.accepts(kind.high)
    assert not kind.accepts(math.nextafter(kind.low, -math.inf))
    assert not kind.accepts(math.nextafter(kind.high, math.inf))
    assert not kind.accepts(math.nan)


def test_an_empty_registry_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"^sensors/kinds/: found no module"):
        modules_in("sensors.kinds", [str(tmp_path)])


def test_a_refused_module_is_named_by_its_file() -> None:
    assert str(refuse("sensors.kinds", "pm1", None, "KIND = Kind(...)")) == (
        "sensors/kinds/pm1.py: found None, expected KIND = Kind(...)"
    )

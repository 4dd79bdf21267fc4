"""What a pack may say of other networks, and what it is told when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sensors.city import City, CityError, load_city
from sensors.pack.networks import Meaning, read_networks

FIELDS = "network,profile,field,kind,factor,source\n"
DEVICES = "network,address,device\n"
GOOD = FIELDS + "chirpstack,LHT65,TempC,temperature,1,x\nchirpstack,,level,water_level,100,x\n"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def write(folder: Path, fields: str | None, devices: str | None = None) -> Path:
    for name, text in (("network_fields.csv", fields), ("network_devices.csv", devices)):
        if text is not None:
            (folder / name).write_text(text)
    return folder


def test_a_pack_without_the_files_listens_to_no_network(tmp_path: Path, city: City) -> None:
    assert read_networks(tmp_path, city.devices).heard == ()


def test_a_profiles_own_line_goes_before_the_one_for_all(tmp_path: Path, city: City) -> None:
    lines = GOOD + "chirpstack,LHT65,level,rain,1,x\n"
    found = read_networks(write(tmp_path, lines, DEVICES + "chirpstack,a84,air-cikokol\n"), city.devices)
    assert found.meaning("chirpstack", "LHT65", "level") == Meaning("rain", 1.0)
    assert found.meaning("chirpstack", "other", "level") == Meaning("water_level", 100.0)
    assert found.meaning("chirpstack", "other", "TempC") is None
    assert found.meaning("chirpstack", "other", "pm25") == Meaning("pm25", 1.0)
    assert found.devices == {("chirpstack", "a84"): "air-cikokol"}


@pytest.mark.parametrize(
    ("fields", "devices", "said"),
    [
        (GOOD.replace("chirpstack,LHT65", "lora,LHT65"), None, "network_fields.csv:2: column 'network': found 'lora'"),
        (GOOD.replace("temperature", "temp"), None, "network_fields.csv:2: column 'kind': found 'temp'"),
        (GOOD.replace(",100,", ",0,"), None, "network_fields.csv:3: column 'factor': found '0', expected another"),
        (GOOD.replace(",100,", ",x,"), None, "column 'factor': found 'x', expected a number"),
        (GOOD + "chirpstack,,level,rain,1,x\n", None, "network_fields.csv:4: column 'field': found 'level'"),
        (GOOD.replace(",1,x", ",1,"), None, "column 'source': found '', expected a text"),
        (None, DEVICES, "network_devices.csv: found devices of networks, expected network_fields.csv beside it"),
        (GOOD, DEVICES + "tasmota,x,air-cikokol\n", "column 'network': found 'tasmota', expected"),
        (GOOD, DEVICES + "chirpstack,a84,nobody\n", "column 'device': found 'nobody'"),
        (GOOD, DEVICES + "chirpstack,a,air-cikokol\nchirpstack,a,air-cikokol\n", "csv:3: column 'address': found 'a'"),
    ],
)
def test_a_slip_is_named_with_its_line(
    tmp_path: Path, city: City, fields: str | None, devices: str | None, said: str
) -> None:
    with pytest.raises(CityError) as told:
        read_networks(write(tmp_path, fields, devices), city.devices)
    assert said in str(told.value)

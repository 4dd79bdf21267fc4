"""Kota Tangerang as its pack has it: the figures the sources give."""

from pathlib import Path

import pytest

from sensors.city import PACKS, City, CityError, load_city
from sensors.judge.siaga import judge_siaga
from sensors.pack.offices import read_services

ONLY_SOURCED_POINT = "gauge-pintu-air-10"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def test_thirteen_districts_and_104_subdistricts(city: City) -> None:
    assert len(city.districts) == 13
    assert len(city.subdistricts) == 104
    assert sum(district.area_km2 for district in city.districts.values()) == pytest.approx(178.347, abs=0.01)
    for code, district in city.districts.items():
        parts = sum(place.area_km2 for place in city.subdistricts.values() if place.district == code)
        assert parts == pytest.approx(district.area_km2, abs=0.06), code


def test_a_name_that_repeats_stays_apart_by_its_code(city: City) -> None:
    jatiuwung = [place for place in city.subdistricts.values() if place.name == "Jatiuwung"]
    assert [city.districts[place.district].name for place in jatiuwung] == ["Cibodas"]
    assert city.subdistricts["36.71.07.1004"].name == "Nusa Jaya"


def test_what_the_contracts_examples_name_is_there(city: City) -> None:
    assert city.commodities["beras-medium"].unit == "kg"
    assert "pju" in city.services["laksa"].categories
    assert "dishub" in city.agencies
    assert list(city.services["laksa"].statuses) == ["menunggu", "proses", "selesai"]
    assert [key for key, status in city.services["laksa"].statuses.items() if status.open] == ["menunggu", "proses"]


def test_ten_commodities_are_on_the_wall_and_all_have_a_reference(city: City) -> None:
    on_wall = {key for key, commodity in city.commodities.items() if commodity.on_wall}
    assert len(on_wall) == 10
    assert on_wall <= {price.commodity for price in city.reference_prices}
    assert len(city.commodities) >= 34


def test_whatever_is_not_confirmed_says_so(city: City) -> None:
    surveyed = [key for key, device in city.devices.items() if not device.point.approximate]
    assert surveyed == [ONLY_SOURCED_POINT]
    for device in city.devices.values():
        assert device.ladder is None or (device.ladder.sample and device.ladder.source.startswith("contoh"))
        if device.place in {"junction", "noise", "street-light", "rain"}:
            assert device.source == "contoh"
    assert city.agencies["disdik"].sample


@pytest.mark.parametrize(
    ("gauge", "metres", "word"),
    [  # SIPANTAU's readings and words of 2025-08-13 (tangerang.viva.co.id 2334)
        ("kali-ledug", 1.79, "Siaga"), ("bulakan", 2.00, "Siaga"), ("alamanda", 2.72, "Awas"),
        ("jembatan-polor", 3.26, "Siaga"), ("duren-villa", 2.20, "Normal"), ("pinang-griya", 1.40, "Normal"),
        ("nusa-jaya", 1.00, "Normal"), ("perum-karang-tengah", 0.89, "Normal"), ("panunggangan-barat", 0.78, "Normal"),
        ("magnolia-jatake", 0.63, "Normal"), ("puri-kartika", 0.60, "Normal"), ("cipulir-estate", 0.37, "Normal"),
        ("galeong", 0.24, "Normal"), ("pintu-air-3-paninggilan", 0.16, "Normal"),
    ],
)  # fmt: skip
def test_the_sample_ladders_give_the_published_words(city: City, gauge: str, metres: float, word: str) -> None:
    ladder = city.devices[f"gauge-{gauge}"].ladder
    assert ladder is not None
    assert judge_siaga(metres * 100, ladder).step.word == word


def test_six_services_each_whole_and_laksa_first(city: City) -> None:
    assert list(city.services) == ["laksa", "siaga-112", "polres", "pencaker", "perizinan", "bebenah"]
    for service in city.services.values():
        assert {stage.sample for stage in service.stages if "contoh" in stage.source} <= {True}, service.key
        assert all(stage.until <= set(service.statuses) for stage in service.stages)
    assert "bukan-wewenang" in city.services["laksa"].outcomes
    assert "beberapa-opd" in city.services["laksa"].outcomes


def test_the_deadlines_of_complaints_are_those_of_the_sources(city: City) -> None:
    lengths = {stage.key: (stage.length, stage.unit, stage.sample) for stage in city.services["laksa"].stages}
    assert lengths == {
        "verifikasi": (3, "working-days", False),
        "tindak-lanjut-pengaduan": (14, "working-days", False),
        "tindak-lanjut-pengawasan": (60, "working-days", False),
        "jawab-informasi": (5, "working-days", True),
    }


def test_a_prank_call_is_a_class_of_call_and_no_incident(city: City) -> None:
    calls = city.services["siaga-112"].categories
    assert {key for key, category in calls.items() if not category.counts} == {"prank", "ghost", "informasi"}


def test_the_noise_levels_of_kep_48(city: City) -> None:
    assert {key: row.limit for key, row in city.noise_limits.items()} == {
        "perumahan": 55, "perdagangan-jasa": 70, "perkantoran-perdagangan": 65, "rth": 50, "industri": 70,
        "pemerintahan": 60, "rekreasi": 70, "pelabuhan-laut": 70, "cagar-budaya": 60, "rumah-sakit": 55, "sekolah": 55,
        "tempat-ibadah": 55,
    }  # fmt: skip
    assert all(row.tolerance_sample for row in city.noise_limits.values())


def test_every_sound_level_meter_stands_in_a_zone_that_is_marked_as_a_sample(city: City) -> None:
    meters = {key for key, device in city.devices.items() if "noise" in device.kinds}
    assert meters
    assert set(city.noise_zones) == meters
    assert all(zone.sample and zone.source.startswith("contoh") for zone in city.noise_zones.values())


@pytest.mark.parametrize("key", load_city("tangerang").services)
def test_no_line_of_a_service_can_be_left_out_or_misspelt(city: City, tmp_path: Path, key: str) -> None:
    lines = (PACKS / "tangerang" / "services" / f"{key}.toml").read_text(encoding="utf-8").splitlines()
    entries = [number for number, line in enumerate(lines) if line and not line.startswith("#")]
    assert len(entries) > 30
    for number in entries:
        misspelt = lines[number].replace("[[", "[[x") if lines[number].startswith("[[") else f"x{lines[number]}"
        for wrong in ([], [misspelt]):
            written = "\n".join((*lines[:number], *wrong, *lines[number + 1 :]))
            (tmp_path / f"{key}.toml").write_text(written, encoding="utf-8")
            with pytest.raises(CityError, match=rf"{key}\.toml.*expected") as caught:
                read_services(tmp_path, [key], city.agencies)
            assert "\n" not in str(caught.value)

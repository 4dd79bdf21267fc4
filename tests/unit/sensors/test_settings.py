"""Settings come from the environment and `.env`; what is wrong is one line naming it, and no secret is repeated."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sensors.settings import PREFIX, Settings, SettingsError, load_settings

EXAMPLE = Path(__file__).resolve().parents[3] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting from outside, no `.env`, and every load a fresh one."""
    for name in os.environ:
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert (settings.city, settings.host, settings.port) == ("tangerang", "127.0.0.1", 8050)
    assert settings.feeds_from_virtual_city


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LIVEROOM_PORT=8051\nLIVEROOM_CITY=bogor\nHOME_OF_SOMEONE_ELSE=1\n")
    monkeypatch.setenv("LIVEROOM_PORT", "8052")
    assert (load_settings().port, load_settings().city) == (8052, "bogor")


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEROOM_DATABASE_URL", "")
    assert load_settings().database_url is None


@pytest.mark.parametrize("name", ["LIVEROOM_PROT", "liveroom_prot"])
def test_an_unknown_name_is_refused_wherever_it_stands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"{name}=1\n")
    with pytest.raises(SettingsError, match=rf"\.env: unknown setting {name}: expected one of .*LIVEROOM_PORT"):
        load_settings()
    (tmp_path / ".env").unlink()
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=f"environment: unknown setting {name}"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("VIRTUAL_CITY", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("DATABASE_READ_URL", "mysql://somewhere"),
        ("MQTT_URL", "127.0.0.1:1883"),
        ("LOCAL_DB_PORT", "-1"),
    ],
)
def test_a_bad_value_is_refused_in_one_line(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError, match=rf"^{PREFIX}{name}: found ") as told:
        load_settings()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_READ_URL", "MQTT_URL"])
def test_a_password_is_not_repeated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + name, "http://me:hunter2@somewhere")
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("value", ["debug", "Debug", "DEBUG"])
def test_a_log_level_is_known_in_any_case(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEROOM_LOG_LEVEL", value)
    assert load_settings().log_level == "DEBUG"


@pytest.mark.parametrize(
    ("database", "mqtt", "told", "feeds"),
    [
        (False, False, None, True),
        (True, False, None, False),
        (False, True, None, False),
        (True, True, True, True),
        (False, False, False, False),
    ],
)
def test_only_a_wholly_private_room_is_fed_unasked(database: bool, mqtt: bool, told: bool | None, feeds: bool) -> None:
    settings = Settings(
        database_url="postgresql://there/room" if database else None,
        mqtt_url="mqtt://there" if mqtt else None,
        virtual_city=told,
    )
    assert settings.feeds_from_virtual_city is feeds


def test_the_private_servers_are_found_where_they_were_written(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    settings.urls_file.write_text("LIVEROOM_DATABASE_URL=postgresql://a\nLIVEROOM_MQTT_URL=mqtt://b\n")
    assert (settings.require_database_url(), settings.require_mqtt_url()) == ("postgresql://a", "mqtt://b")


def test_pages_ask_the_database_that_is_written_to_unless_told_otherwise() -> None:
    primary, replica = "postgresql://primary/room", "postgresql://replica/room"
    told = Settings(database_url=primary, database_read_url=replica)
    assert Settings(database_url=primary).require_read_url() == primary
    assert (told.require_database_url(), told.require_read_url()) == (primary, replica)


def test_a_room_that_was_never_started_is_told_what_to_set(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    with pytest.raises(SettingsError, match="LIVEROOM_DATABASE_URL is not set"):
        settings.require_database_url()
    with pytest.raises(SettingsError, match="LIVEROOM_MQTT_URL is not set"):
        settings.require_mqtt_url()


def test_the_example_names_every_setting_with_a_value_that_is_taken(tmp_path: Path) -> None:
    text = EXAMPLE.read_text()
    named = set(re.findall(rf"^#({PREFIX}\w+)=", text, flags=re.MULTILINE))
    assert named == {PREFIX + name.upper() for name in Settings.model_fields}
    (tmp_path / ".env").write_text(re.sub(rf"^#({PREFIX})", r"\1", text, flags=re.MULTILINE))
    assert load_settings().local_db_port == 54320

"""What production is given agrees with the program: settings it knows, commands it has, limits it needs."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from deploy.local.mosquitto import CONFIG
from sensors.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
FILES = [DEPLOY / "compose.yaml", DEPLOY / "Dockerfile", *UNITS]
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}
LIMITS = ("max_inflight_messages", "max_queued_messages", "message_size_limit", "persistent_client_expiration")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_known_settings_are_set(file: Path) -> None:
    assert set(re.findall(rf"\b{PREFIX}\w+", file.read_text())) <= KNOWN


def _exists(arguments: list[str]) -> bool:
    if arguments[0] == "-m":
        return importlib.util.find_spec(f"{arguments[1]}.__main__") is not None
    return (ROOT / arguments[0]).exists()


def test_compose_starts_what_there_is() -> None:
    commands = re.findall(r"command: \[python, (.*)\]", (DEPLOY / "compose.yaml").read_text())
    assert len(commands) == 7
    assert all(_exists(command.split(", ")) for command in commands)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_systemd_starts_what_there_is(file: Path) -> None:
    found = re.search(r"^ExecStart=\S+/python (.*)$", file.read_text(), flags=re.MULTILINE)
    assert found is not None
    assert _exists(shlex.split(found[1]))


def test_the_broker_has_the_limits_the_room_was_measured_with() -> None:
    ours, theirs = (
        dict(line.split(" ", 1) for line in text.splitlines() if line.startswith(LIMITS)) for text in _configs()
    )
    assert set(ours) == set(LIMITS)
    assert ours == theirs


def _configs() -> tuple[str, str]:
    return CONFIG, (DEPLOY / "mosquitto.conf").read_text()

"""Which packages are fetched from where follows the machine's own list, and failures are one line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from deploy.local import debian
from deploy.local.errors import DeployError


def _program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_our_suite_replaces_the_machines_own() -> None:
    listed = """\
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm contrib
http://mirror.example/debian-security/ bookworm-security main
https://vendor.example/apt/ nodistro main
"""
    lines = list(debian._in_our_suite(listed, "bookworm"))
    assert lines == [
        f"deb [signed-by={debian.KEYRING}] http://mirror.example/debian/ trixie main",
        f"deb [signed-by={debian.KEYRING}] http://mirror.example/debian-security/ trixie-security main",
    ]


def test_without_apt_the_two_settings_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeployError, match=r"LIVEROOM_DATABASE_URL.*LIVEROOM_MQTT_URL"):
        debian.fetch(["mosquitto"], tmp_path / "apt", tmp_path / "root")


def test_what_stopped_apt_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = "[ $1 = indextargets ] && echo 'http://mirror.example/debian/ bookworm main' && exit 0"
    _program(tmp_path, "apt-get", f"{sources}\necho 'W: be warned' >&2\necho 'E: no route to the mirror' >&2\nexit 100")
    _program(tmp_path, "dpkg-deb", "exit 0")
    monkeypatch.setattr(debian, "_own_codename", lambda: "bookworm")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(DeployError, match="apt-get update of Debian trixie failed: E: no route to the mirror") as told:
        debian.fetch(["mosquitto"], tmp_path / "apt", tmp_path / "root")
    assert "\n" not in str(told.value)


def test_signatures_are_always_checked(tmp_path: Path) -> None:
    environment = debian._private_apt(tmp_path, "deb [signed-by=/a] http://mirror.example trixie main\n")
    text = Path(environment["APT_CONFIG"]).read_text() + (tmp_path / "sources.list").read_text()
    assert "trusted" not in text
    assert "AllowUnauthenticated" not in text

"""The project's Python is made once, made again when something changed, and a failure is one line."""

from __future__ import annotations

import ctypes.util
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import chromium, setup
from deploy.local.errors import DeployError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project whose requirements need no network."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    for names in setup.REQUIREMENTS.values():
        for name in names:
            (tmp_path / name).write_text("# nothing\n")
    return tmp_path


def test_a_second_time_does_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setup.install("run")
    assert (project / ".venv" / "bin" / "python").exists()
    capsys.readouterr()
    setup.install("run")
    assert capsys.readouterr().out == ""


def test_changed_requirements_are_installed_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setup.install("run")
    capsys.readouterr()
    (project / "requirements.txt").write_text("# something\n")
    setup.install("run")
    assert "requirements.txt" in capsys.readouterr().out


def test_a_requirement_that_cannot_be_met_is_one_line_and_tried_again(project: Path) -> None:
    (project / "requirements.txt").write_text("--no-index\nno-such-thing==1\n")
    for _ in range(2):
        with pytest.raises(DeployError, match="no-such-thing") as told:
            setup.install("run")
        assert "\n" not in str(told.value)


def test_an_environment_that_was_moved_is_made_anew(project: Path) -> None:
    notes = project / ".venv" / "pyvenv.cfg"
    setup.install("run")
    assert setup._is_in_place()
    notes.write_text(notes.read_text().replace(str(project), "/elsewhere"))
    assert not setup._is_in_place()


def test_setting_up_needs_nothing_but_python(tmp_path: Path) -> None:
    root = Path(setup.__file__).resolve().parents[2]
    # -S -s: no site packages; -E: no PYTHONPATH. What is imported is ours or the standard library's.
    command = [sys.executable, "-S", "-s", "-E", "-m", "deploy.local.setup", "--help"]
    assert subprocess.run(command, cwd=root, check=False, capture_output=True).returncode == 0


def _path_with(folder: Path, **programs: str) -> str:
    for name, script in programs.items():
        file = folder / name.replace("_", "-")
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(folder)


def test_chromium_that_is_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", _path_with(tmp_path, chromium="exit 0", apt_get="exit 1"))
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"lib{name}.so.1")
    chromium.provide()
    assert capsys.readouterr().out == ""


def test_what_drives_chromium_is_installed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("PATH", _path_with(tmp_path, chromium="exit 0", apt_get=f'echo "$@" >> {told}'))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)  # as on a machine of the barest packages
    chromium.provide()
    assert told.read_text().splitlines()[-1].endswith("install -y --no-install-recommends libatomic1")


def test_without_the_right_to_install_it_is_told_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", _path_with(tmp_path, apt_get="exit 0", sudo="exit 1"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    chromium.provide()
    assert chromium.HOW in capsys.readouterr().out


def test_where_ci_is_set_a_missing_chromium_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", _path_with(tmp_path, apt_get="echo 'E: no network' >&2\nexit 100"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("CI", "1")
    with pytest.raises(DeployError, match="E: no network"):
        chromium.provide()

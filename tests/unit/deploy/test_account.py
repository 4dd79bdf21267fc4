"""Servers run as an account without rights, reach their folder below a closed one, and end with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from deploy.local.account import as_server, give, server_account, tied

DAC_OVERRIDE = 1 << 1
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its servers to another account")


def test_an_ordinary_user_runs_servers_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account() is None


@only_root
def test_root_hands_its_servers_to_another(tmp_path: Path) -> None:
    done = subprocess.run(as_server(["id", "-u"], tmp_path, signal.SIGTERM), capture_output=True, text=True, check=True)
    account = server_account()
    assert account is not None
    assert int(done.stdout) == account.uid != 0


@only_root
def test_a_server_reaches_its_folder_below_a_closed_one(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    folder = closed / "state" / "data"
    give(folder)
    closed.chmod(0o700)
    # Some programs ask before they open; the kernel answers that by other rules.
    reach = ["sh", "-c", f"test -x {folder} && touch {folder}/reached"]
    subprocess.run(as_server(reach, folder, signal.SIGTERM), check=True)
    assert (folder / "reached").exists()


@only_root
def test_no_other_right_of_roots_is_handed_on(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    status = ["grep", "^CapEff", "/proc/self/status"]
    command = as_server(status, tmp_path / "data", signal.SIGTERM)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[1], 16) == DAC_OVERRIDE


@only_root
def test_the_extra_right_is_given_only_below_a_closed_folder() -> None:
    assert "+dac_override" not in as_server(["true"], Path("/usr/share"), signal.SIGTERM)


def test_the_signal_of_the_tie_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tied(["server"], signal.SIGINT)[-3:] == ["--pdeathsig", "INT", "server"]
    monkeypatch.setenv("PATH", "/nonexistent")
    assert tied(["server"], signal.SIGINT) == ["server"]

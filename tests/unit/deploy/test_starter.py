"""A room started by make ends when make is told to stop, even when make alone was told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.starter import Starter

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv[1])
from deploy.local.starter import Starter
starter = Starter()
print("started", flush=True)
while not starter.has_let_go():
    time.sleep(0.02)
print("let go", flush=True)
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_make_alone_being_stopped_is_noticed(sent: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "Makefile").write_text(f"run:\n\t@exec {sys.executable} program.py {ROOT}\n")
    # This test may itself be run by a make, which tells inner ones to speak differently.
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    # A run in the background of a shell ignores SIGINT, and all it starts would.
    make_run = ["env", "--default-signal=INT", "make", "run"]
    with subprocess.Popen(make_run, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as make:
        assert make.stdout is not None
        assert make.stdout.readline() == "started\n"
        make.send_signal(sent)
        assert make.stdout.readline() == "let go\n"


def test_any_other_parent_may_leave_us_running() -> None:
    assert not Starter().has_let_go()

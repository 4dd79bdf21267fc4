"""Programs are kept running, told apart when they fail, and stopped in order; nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.account import tied
from deploy.local.errors import DeployError
from deploy.local.lock import only_room
from deploy.local.supervision import Health, Supervision, supervise
from deploy.local.units import Unit

pytestmark = pytest.mark.integration

LIVES = """
import os, signal, sys, time
def stop(number, frame):
    open("stopped", "a").write(sys.argv[1] + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
open(sys.argv[1] + ".pid", "w").write(str(os.getpid()))
time.sleep(600)
"""


def _unit(folder: Path, name: str, program: str, order: int) -> Unit:
    script = folder / f"{name}.py"
    script.write_text(f"import os\nos.chdir({str(folder)!r})\n{program}")
    return Unit(name, tuple(tied([sys.executable, str(script), name], signal.SIGTERM)), order, at_once=True)


@contextmanager
def _supervised(state: Path, *units: Unit) -> Iterator[Supervision]:
    with only_room(state, "http://here") as lock, supervise(units, state, os.environ, lock) as running:
        yield running


def _await(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def _pid(state: Path, name: str) -> int | None:
    file = state / f"{name}.pid"
    return int(file.read_text() or 0) if file.exists() else None


def _is_gone(pid: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True


def _health(running: Supervision, name: str) -> Health:
    return next(one for one in running.health() if one.name == name)


def test_a_killed_program_is_started_again(tmp_path: Path) -> None:
    with _supervised(tmp_path, _unit(tmp_path, "one", LIVES, 1)) as running:
        # One that ended before it counted as running would be tried again in any case.
        _await(lambda: _health(running, "one").state == "RUNNING")
        first = _pid(tmp_path, "one")
        assert first is not None
        os.kill(first, signal.SIGKILL)
        _await(lambda: _pid(tmp_path, "one") not in {first, 0})
        _await(lambda: not _health(running, "one").fails)


def test_a_program_that_cannot_start_is_known_with_its_last_words(tmp_path: Path) -> None:
    broken = _unit(tmp_path, "broken", "raise SystemExit('no such city')\n", 1)
    with _supervised(tmp_path, broken) as running:
        _await(lambda: _health(running, "broken").fails)
        assert running.last_words("broken") == "no such city"


def test_programs_stop_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    # Neither in the order of the alphabet nor of this list.
    units = [_unit(tmp_path, name, LIVES, order) for name, order in (("maintain", 3), ("store", 1), ("ask", 2))]
    with _supervised(tmp_path, *units):
        _await(lambda: all(_pid(tmp_path, unit.name) for unit in units))
    assert (tmp_path / "stopped").read_text().split() == ["maintain", "ask", "store"]


def test_no_program_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    with _supervised(tmp_path, _unit(tmp_path, "one", LIVES, 1)) as running:
        _await(lambda: _pid(tmp_path, "one"))
        pid = _pid(tmp_path, "one")
        assert pid is not None
        os.kill(int((tmp_path / "supervisor.pid").read_text()), signal.SIGKILL)
        _await(lambda: _is_gone(pid))
        with pytest.raises(DeployError, match="the supervisor ended"):
            running.health()


def test_a_supervisor_that_cannot_start_says_why(tmp_path: Path) -> None:
    unit = _unit(tmp_path, "one", LIVES, 1)
    with (
        pytest.raises(DeployError, match=r"did not start: Error: invalid literal"),
        _supervised(tmp_path, replace(unit, order="x")),
    ):
        pass


def test_a_state_folder_with_a_long_path_works(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["a-folder-with-a-long-name"] * 5))
    deep.mkdir(parents=True)
    with _supervised(deep, _unit(deep, "one", LIVES, 1)) as running:
        assert _health(running, "one").name == "one"


def test_a_space_in_the_path_works(tmp_path: Path) -> None:
    odd = tmp_path / "ruang kota"
    odd.mkdir()
    with _supervised(odd, _unit(odd, "one", LIVES, 1)):
        _await(lambda: _pid(odd, "one"))


def test_a_second_room_on_the_same_state_is_told_where_the_first_is(tmp_path: Path) -> None:
    with (
        only_room(tmp_path, "http://first"),
        pytest.raises(DeployError, match=r"already runs in .* at http://first"),
        only_room(tmp_path, "http://second"),
    ):
        pass


LINGERS = """
import signal, time
from pathlib import Path
signal.signal(signal.SIGTERM, lambda number, frame: Path("asked").touch())
Path("up").touch()
while not (Path("asked").exists() and Path("go").exists()):
    time.sleep(0.02)
"""
STARTER = """
import os, sys, time
from pathlib import Path
from deploy.local.lock import only_room
from deploy.local.supervision import supervise
from deploy.local.units import Unit
state = Path(sys.argv[1])
unit = Unit("lingers", (sys.executable, str(state / "lingers.py")), 1, at_once=True, stop_seconds=60)
with only_room(state, "http://first") as lock, supervise([unit], state, os.environ, lock):
    time.sleep(600)
"""


def test_the_state_stays_taken_until_the_last_program_of_a_killed_room_is_gone(tmp_path: Path) -> None:
    _unit(tmp_path, "lingers", LINGERS, 1)
    with subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path)]) as starter:
        _await((tmp_path / "up").exists)
        starter.kill()
    _await((tmp_path / "asked").exists)
    with pytest.raises(DeployError, match="already runs"), only_room(tmp_path, "http://second"):
        pass
    (tmp_path / "go").touch()
    _await(lambda: _takes(tmp_path))


def _takes(state: Path) -> bool:
    try:
        with only_room(state, "http://second"):
            return True
    except DeployError:
        return False

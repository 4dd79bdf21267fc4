"""`make run`: the whole room on this machine, from nothing to an address, until it is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local.errors import DeployError
from deploy.local.lock import only_room
from deploy.local.ports import is_free
from deploy.local.servers import Servers, lay_out
from deploy.local.starter import Starter
from deploy.local.supervision import Supervision, supervise
from deploy.local.terminal import tell
from deploy.local.units import app_units
from deploy.local.watch import Watch
from sensors.city import load_city
from sensors.settings import Settings, load_settings

TICK = 0.5


def run() -> None:
    """Run the room until SIGINT or SIGTERM. Raises `DeployError` or `SensorsError` with one line why it cannot."""
    settings = load_settings()
    load_city(settings.city)
    state_dir = settings.state_dir.absolute()
    state_dir.mkdir(parents=True, exist_ok=True)
    with stops_on_signal(), only_room(state_dir, address(settings)) as lock:
        require_free(settings)
        servers = lay_out(settings, state_dir)
        environment = room_environment(settings, servers)
        units = (
            *servers.units,
            *app_units(
                virtual_city=settings.feeds_from_virtual_city, fetch=settings.fetch, notify=settings.notify is not None
            ),
        )
        with supervise(units, state_dir, environment, lock) as supervision:
            wait_for_servers(servers, supervision)
            migrate(environment)
            write_urls(settings.urls_file, servers)
            for unit in units:
                if not unit.at_once:
                    supervision.start(unit.name)
            keep_watch(Watch(supervision, address(settings)), servers)
    tell("Ruang sudah berhenti.")


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the room."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    return f"http://{host}:{settings.port}"


def require_free(settings: Settings) -> None:
    """Raise `DeployError` when the dashboard's port is taken."""
    if not is_free(settings.port, settings.host):
        raise DeployError(f"LIVEROOM_PORT: {settings.port} of {settings.host} is taken: expected a free port")


def room_environment(settings: Settings, servers: Servers) -> dict[str, str]:
    """What the room's programs are told: both addresses, and who feeds the room.

    The latter is said aloud because it follows from whether the addresses were given, and now they are.
    """
    return {
        **os.environ,
        "LIVEROOM_DATABASE_URL": servers.database_url,
        "LIVEROOM_MQTT_URL": servers.mqtt_url,
        "LIVEROOM_VIRTUAL_CITY": "1" if settings.feeds_from_virtual_city else "0",
        "LIVEROOM_STATE_DIR": str(settings.state_dir.absolute()),
        "PYTHONUNBUFFERED": "1",
    }


def wait_for_servers(servers: Servers, supervision: Supervision) -> None:
    """Wait until the private servers answer. Raises `DeployError` with their last words."""
    for name, server in (("database", servers.database), ("broker", servers.broker)):
        if server is not None:
            try:
                server.wait_ready()
            except DeployError as error:
                raise DeployError(f"{error}: {supervision.last_words(name)}") from None


def migrate(environment: Mapping[str, str]) -> None:
    """Bring the schema up to date. Raises `DeployError` with the one line that says why it could not be."""
    command = [sys.executable, "-m", "data", "migrate"]
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DeployError((done.stderr.strip() or "the schema could not be brought up to date").splitlines()[-1])


def write_urls(file: Path, servers: Servers) -> None:
    """Leave both addresses where any client of this user finds them; they hold a password, so nobody else does."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(
        f"LIVEROOM_DATABASE_URL={servers.database_url}\nLIVEROOM_MQTT_URL={servers.mqtt_url}\n", encoding="utf-8"
    )


def keep_watch(watch: Watch, servers: Servers) -> None:
    """Tell what happens until a signal ends it, or whoever started us lets go."""
    starter = Starter()
    while not watch.is_ready():
        if starter.has_let_go():
            return
        watch.look()
        time.sleep(TICK)
    tell(f"Basis data : {servers.database_url}")
    tell(f"MQTT       : {servers.mqtt_url}")
    tell(f"Ruang siap: {watch.address}  (Ctrl-C untuk berhenti)")
    while not starter.has_let_go():
        watch.look()
        time.sleep(TICK)


@contextmanager
def stops_on_signal() -> Iterator[None]:
    """Let SIGINT, SIGTERM and a closed terminal end the block once, quietly; a second one does not disturb the end."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in signals}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

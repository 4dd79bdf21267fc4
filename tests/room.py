"""A whole room of one's own: database, broker, ingest and dashboard as real processes, and a wall in real Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from data.migrations import migrate
from deploy.local.mosquitto import Mosquitto
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from tests import servers

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = {"ingest": ("-m", "ingest"), "dashboard": ("app.py",)}
BESIDE = {"alarms": ("-m", "ingest", "alarms"), "maintenance": ("-m", "ingest", "maintenance")}
"""What a room can have besides: begun by whoever wants it, since alarms take walls over."""
CHROMIUM = "/usr/bin/chromium"
# Software WebGL, so that a machine without a screen draws what a wall would; no talk with the outside.
FLAGS = (
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


@dataclass(slots=True)
class Room:
    """A running room. `environment` lets any further process of the product join it."""

    postgres: Postgres
    broker: Mosquitto
    folder: Path
    environment: Mapping[str, str]
    port: int
    topic_root: str = "tangerang"
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the dashboard answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mqtt_url(self) -> str:
        """Where devices publish."""
        return self.broker.url

    @classmethod
    @contextmanager
    def start(cls, **settings: str) -> Iterator[Room]:
        """Start everything, wait for `/readyz`, stop everything afterwards. `settings` are LIVEROOM_ names."""
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="room-", ignore_cleanup_errors=True)))
            folder.chmod(0o755)  # the database server may run as another user
            postgres, broker = servers.new_postgres(folder / "postgres"), servers.new_broker(folder / "broker")
            postgres.start()
            stack.callback(postgres.stop)
            broker.start()
            stack.callback(broker.stop)
            migrate(postgres.url)
            port = free_port()
            told = {
                "DATABASE_URL": postgres.url,
                "MQTT_URL": broker.url,
                "PORT": str(port),
                "STATE_DIR": str(folder / "state"),
            }
            clean = {name: value for name, value in os.environ.items() if not name.startswith("LIVEROOM_")}
            named = {f"LIVEROOM_{name.upper()}": value for name, value in {**told, **settings}.items()}
            room = cls(postgres, broker, folder, clean | named | {"PYTHONUNBUFFERED": "1"}, port)
            stack.callback(room.end)
            for name in COMMANDS:
                room.begin(name)
            room.wait_ready()
            yield room

    def begin(self, name: str) -> None:
        """Start the named process (again)."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, *(COMMANDS | BESIDE)[name]],
                cwd=ROOT,
                env=dict(self.environment),
                stdout=log,
                stderr=log,
            )

    def pid(self, name: str) -> int:
        """The process id of the named process."""
        return self._processes[name].pid

    def kill(self, name: str) -> None:
        """End the named process as a crash would."""
        self._processes[name].kill()
        self._processes[name].wait()

    def log(self, name: str) -> str:
        """What the named process has said so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wait_ready(self, seconds: float = 60) -> None:
        """Wait until `/readyz` answers 200. Raises `TimeoutError` with the logs."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        logs = "\n".join(f"--- {name}\n{self.log(name)[-3000:]}" for name in self._processes)
        raise TimeoutError(f"the room was not ready within {seconds} s\n{logs}")

    def end(self) -> None:
        """Stop ingest and dashboard, hard if they do not go by themselves."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def open_wall(room: Room, path: str = "/", width: int = 1920, height: int = 1080, scale: float = 1) -> Iterator[Page]:
    """A page of the room in headless Chromium, once its live stream is there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                locale="id-ID",
                timezone_id="Asia/Jakarta",
            )
            page.goto(room.url + path)
            page.wait_for_selector('#room:is([data-room="live"], [data-room="replay"])', timeout=30_000)
            yield page
        finally:
            browser.close()

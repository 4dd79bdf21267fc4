"""The servers a room uses: private ones it starts itself, or those the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from deploy.local.errors import DeployError
from deploy.local.mosquitto import Mosquitto
from deploy.local.ports import answers, keep_port
from deploy.local.postgres import Postgres
from deploy.local.programs import find_programs
from deploy.local.server import Server
from deploy.local.units import Unit, server_unit
from sensors.settings import Settings

MQTT_PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True)
class Servers:
    """Both addresses, and which of the two servers are ours to run."""

    database_url: str
    mqtt_url: str
    database: Postgres | None
    broker: Mosquitto | None

    @property
    def units(self) -> tuple[Unit, ...]:
        """What the supervisor runs for us."""
        ours: list[tuple[str, Server | None, int]] = [("database", self.database, 10), ("broker", self.broker, 20)]
        return tuple(server_unit(name, server, order) for name, server, order in ours if server is not None)


def lay_out(settings: Settings, state_dir: Path) -> Servers:
    """Prepare the private servers that are needed, unstarted, with their ports chosen.

    Raises `DeployError` when a server named by the settings cannot be reached or a private one cannot be made.
    """
    if settings.mqtt_url:
        require_broker(settings.mqtt_url)
    database, broker = _private(settings, state_dir)
    return Servers(
        database_url=settings.database_url or (database.url if database else ""),
        mqtt_url=settings.mqtt_url or (broker.url if broker else ""),
        database=database,
        broker=broker,
    )


def _private(settings: Settings, state_dir: Path) -> tuple[Postgres | None, Mosquitto | None]:
    if settings.database_url and settings.mqtt_url:
        return None, None
    programs = find_programs(state_dir)
    ports = state_dir / "ports.json"
    database = broker = None
    if not settings.database_url:
        database = Postgres(programs, state_dir / "postgres", keep_port(ports, "db", settings.local_db_port))
        database.prepare()
    if not settings.mqtt_url:
        broker = Mosquitto(programs, state_dir / "mosquitto", keep_port(ports, "mqtt", settings.local_mqtt_port))
        broker.prepare()
    return database, broker


def require_broker(url: str) -> None:
    """Raise `DeployError` when nothing listens at the broker's address; the password is not repeated."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or MQTT_PORTS[parts.scheme]
    if not answers(host, port):
        raise DeployError(
            f"LIVEROOM_MQTT_URL: nothing answers at {parts.scheme}://{host}:{port}: expected an MQTT broker"
        )

"""The room's settings: `LIVEROOM_*` from the environment, `.env`, and the private servers' `urls.env`.

Every process of the room reads the same settings, so they live in the lowest package. An unknown
`LIVEROOM_*` name or a bad value is a `SettingsError` with one clear line.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sensors.errors import SensorsError

PREFIX = "LIVEROOM_"


class SettingsError(SensorsError):
    """A setting is unknown, malformed or missing; the message is one line for the person who started us."""


class Settings(BaseSettings):
    """What a start may be told. Unset URLs mean the private servers under `state_dir`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str | None = None
    database_read_url: str | None = None
    mqtt_url: str | None = None
    city: str = "tangerang"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8050
    public_url: str | None = None
    secret_key: str | None = None
    virtual_city: bool | None = None
    fetch: bool = False
    notify: Path | None = None
    api_keys: Path | None = None
    api_open: bool = True
    api_per_minute: Annotated[int, Field(ge=0)] = 3000
    api_key_per_minute: Annotated[int, Field(ge=0)] = 12_000
    state_dir: Path = Path(".runtime")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    local_db_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    local_mqtt_port: Annotated[int, Field(ge=1, le=65535)] | None = None

    @field_validator("database_url", "database_read_url")
    @classmethod
    def _is_postgresql(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"postgres(ql)?://", value):
            raise ValueError("expected postgresql://user@host:port/name")
        return value

    @field_validator("mqtt_url")
    @classmethod
    def _is_mqtt(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"mqtts?://[^/]", value):
            raise ValueError("expected mqtt://host:port or mqtts://user:pass@host:port")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def urls_file(self) -> Path:
        """Where `make run` leaves the addresses of the private servers."""
        return self.state_dir / "urls.env"

    @property
    def feeds_from_virtual_city(self) -> bool:
        """Whether the virtual city feeds the room: as told, else only a room that is wholly private."""
        if self.virtual_city is not None:
            return self.virtual_city
        return self.database_url is None and self.mqtt_url is None

    def require_database_url(self) -> str:
        """The database to use: as told, else the running private one. Raises `SettingsError`."""
        return self.database_url or self._private("DATABASE_URL", "postgresql://user@host:port/name")

    def require_read_url(self) -> str:
        """The database that pages ask: as told, else the one that is written to. Raises `SettingsError`."""
        return self.database_read_url or self.require_database_url()

    def require_mqtt_url(self) -> str:
        """The broker to use: as told, else the running private one. Raises `SettingsError`."""
        return self.mqtt_url or self._private("MQTT_URL", "mqtt://host:port")

    def _private(self, name: str, expected: str) -> str:
        url = dotenv_values(self.urls_file).get(PREFIX + name) if self.urls_file.exists() else None
        if not url:
            raise SettingsError(
                f"{PREFIX}{name} is not set and {self.urls_file} names no private server: "
                f"expected {expected}, or a room started with `make run`"
            )
        return url


def _known_names() -> set[str]:
    return {PREFIX + name.upper() for name in Settings.model_fields}


def _refuse_unknown_names() -> None:
    named = {name: "environment" for name in os.environ if name.upper().startswith(PREFIX)}
    named |= {name: ".env" for name in dotenv_values(".env") if name.upper().startswith(PREFIX)}
    for name, where in sorted(named.items()):
        if name.upper() not in _known_names():
            raise SettingsError(f"{where}: unknown setting {name}: expected one of {', '.join(sorted(_known_names()))}")


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read the settings once for this process. Raises `SettingsError`."""
    _refuse_unknown_names()
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        secret = name.endswith(("_URL", "_KEY"))  # may carry a password: never repeat it
        found = "its value" if secret else repr(first["input"])
        raise SettingsError(f"{name}: found {found}: {first['msg'].removeprefix('Value error, ')}") from None

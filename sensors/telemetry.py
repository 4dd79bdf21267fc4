"""What a device says in the words of its own network, before the pack has said which device of the city it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from sensors.reading import Refusal


@dataclass(frozen=True, slots=True)
class Field:
    """One value under the name the device gives it, at an aware UTC instant; `value` is as the payload has it."""

    name: str
    value: object
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What one message says of one device.

    `address` is its name in its own network: a devEui, a `group/edge/device`, a node. `profile` is the kind of device
    it says it is and `label` what people there call it; both are empty where the format does not say. `counter` is the
    frame counter by which lost messages are counted, `battery` a percentage.
    """

    address: str
    profile: str = ""
    label: str = ""
    fields: tuple[Field, ...] = ()
    status: Literal["online", "offline"] | None = None
    counter: int | None = None
    battery: float | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A message the room sends back into a network, such as the request to say again what one's numbers mean."""

    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message of a network holds; `skipped` counts its null values."""

    telemetry: tuple[Telemetry, ...] = ()
    refused: tuple[Refusal, ...] = ()
    commands: tuple[Command, ...] = ()
    skipped: int = 0


class Decoder(Protocol):
    """What reads one network's messages. It may remember what earlier ones declared; one thread uses it."""

    def decode(self, levels: Sequence[str], payload: bytes, received_at: datetime) -> Heard:
        """Take a message apart; `levels` are those of its topic. Raises `CodecError` and nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Network:
    """A format chosen by its topics (MQTT filters). `open_decoder` takes the zone of times that come without one."""

    name: str
    topics: tuple[str, ...]
    open_decoder: Callable[[ZoneInfo], Decoder]

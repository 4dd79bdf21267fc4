"""What is remembered of an edge node of Sparkplug B: what its births declared, and the count of its messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sensors.sparkplug_b import Metric, Payload

MOST_NAMES = 20_000  # of a node: 10 000 metrics, each by its name and by its alias
ASK_AGAIN = timedelta(seconds=5)
SEQUENCE = 256  # messages are counted modulo this
_MAKE, _MODEL = b"Properties/Hardware Make", b"Properties/Hardware Model"
_LONGEST = 200  # characters of a profile


@dataclass(frozen=True, slots=True)
class Declared:
    """A metric as a birth declared it; `datatype` by its number in Sparkplug."""

    name: bytes
    datatype: int


@dataclass(frozen=True, slots=True)
class _Birth:
    profile: str
    metrics: dict[bytes | int, Declared]


@dataclass(slots=True)
class Node:
    """One edge node; its own metrics are those of the device "".

    `session` is the bdSeq of its last birth. `full` says that not all of its metrics are remembered.
    """

    born: bool = False
    session: int | None = None
    full: bool = False
    _births: dict[str, _Birth] = field(default_factory=dict)
    _names: int = 0
    _last: tuple[int, int] | None = None
    _asked_at: datetime | None = None

    def begin(self, payload: Payload) -> None:
        """A node's birth: what was known of it and its devices holds no longer."""
        self.born, self.full = True, False
        self.session = session_of(payload)
        self._births, self._names = {}, 0
        self._last = (payload.seq, payload.timestamp)

    def follows(self, payload: Payload) -> bool:
        """Whether a message comes right after the last, or is the last once more."""
        last, self._last = self._last, (payload.seq, payload.timestamp)
        return last is not None and (last == self._last or payload.seq == (last[0] + 1) % SEQUENCE)

    def declare(self, device: str, metrics: Sequence[Metric]) -> None:
        """Remember a birth's metrics instead of the device's earlier ones; beyond the limit the oldest birth goes."""
        self.forget(device)
        birth = self._births[device] = _Birth(_profile(metrics), {})
        for metric in metrics:
            if len(birth.metrics) >= MOST_NAMES:
                self.full = True
                break
            _declare(birth, metric)
        self._names += 1 + len(birth.metrics)
        while self._names > MOST_NAMES and len(self._births) > 1:
            self.forget(next(iter(self._births)))
            self.full = True

    def forget(self, device: str) -> None:
        """Remember nothing of a device."""
        if birth := self._births.pop(device, None):
            self._names -= 1 + len(birth.metrics)

    def knows(self, device: str) -> bool:
        """Whether a device's data were declared here, or would be were there room."""
        return self.born and (device in self._births or self.full)

    def meaning(self, device: str, key: bytes | int) -> Declared | None:
        """A metric of a device by its name or alias, which two devices of a node may both have given."""
        birth = self._births.get(device)
        return birth.metrics.get(key) if birth else None

    def profile(self, device: str) -> str:
        """The make and model a birth gave; empty where it gave none."""
        birth = self._births.get(device)
        return birth.profile if birth else ""

    def devices(self) -> tuple[str, ...]:
        """The devices born and not dead, without the node itself."""
        return tuple(filter(None, self._births))

    def may_ask(self, received_at: datetime) -> bool:
        """Whether it is time to ask for a rebirth, which is then taken as asked."""
        if self._asked_at is not None and timedelta(0) <= received_at - self._asked_at < ASK_AGAIN:
            return False
        self._asked_at = received_at
        return True


def session_of(payload: Payload) -> int | None:
    """The bdSeq by which a death is matched with its birth; None where it has none."""
    for metric in payload.metrics:
        if metric.name == b"bdSeq" and (found := metric.WhichOneof("value")) in {"int_value", "long_value"}:
            return int(getattr(metric, found))
    return None


def _declare(birth: _Birth, metric: Metric) -> None:
    if not metric.name:
        return
    declared = birth.metrics[metric.name] = Declared(metric.name, metric.datatype)
    if metric.HasField("alias"):
        birth.metrics[metric.alias] = declared


def _profile(metrics: Sequence[Metric]) -> str:
    said = {metric.name: metric.string_value for metric in metrics if metric.name in {_MAKE, _MODEL}}
    text = b" ".join(said[key] for key in (_MAKE, _MODEL) if said.get(key)).decode(errors="replace")
    return "".join(filter(str.isprintable, text)).strip()[:_LONGEST]

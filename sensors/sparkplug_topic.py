"""Topics of Sparkplug B, `spBv1.0/<group>/<type>/<edge>[/<device>]` (Eclipse Sparkplug 3.0, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sensors.parse import told
from sensors.reading import CodecError

LONGEST_ID = 200  # characters


@dataclass(frozen=True, slots=True)
class Topic:
    """What a message is, and of whom; `device` is empty where it is of the edge node itself."""

    type: str
    group: str
    edge: str
    device: str = ""

    @property
    def node(self) -> str:
        """The address of the edge node."""
        return f"{self.group}/{self.edge}"

    @property
    def command(self) -> str:
        """The topic on which the edge node is spoken to."""
        return f"spBv1.0/{self.group}/NCMD/{self.edge}"

    def address(self, device: str) -> str:
        """The address of a device of the edge node, or of the node itself for an empty one."""
        return f"{self.node}/{device}" if device else self.node


def parse_topic(levels: Sequence[str]) -> Topic:
    """The topic of these levels. Raises `CodecError`: unknown-topic, bad-id."""
    ids: tuple[str, ...]
    match levels:
        case ["spBv1.0", group, "NBIRTH" | "NDATA" | "NDEATH" | "NCMD" as kind, edge]:
            ids = (group, edge)
        case ["spBv1.0", group, "DBIRTH" | "DDATA" | "DDEATH" | "DCMD" as kind, edge, device]:
            ids = (group, edge, device)
        case _:
            expected = "spBv1.0/<group>/<type>/<edge>[/<device>]"
            raise CodecError("unknown-topic", f"topic: found {told('/'.join(levels))}, expected {expected}")
    for found in ids:
        if not _is_id(found):
            raise CodecError("bad-id", f"topic: found {told(found)}, expected a name without controls, / + and #")
    return Topic(kind, *ids)


def _is_id(level: str) -> bool:
    """Whether a level may stand in an address, and in the topic of an answer."""
    return 0 < len(level) <= LONGEST_ID and level.isprintable() and not set(level) & set("/+#")

"""Topics with places to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ingest.errors import IngestError
from sensors.city import City
from sensors.outlets import Channel

PLACES = ("priority", "rule", "agency", "district")
NONE = "-"
_TOPIC = re.compile(r"[^+#\0]{1,200}")


def check_topic(channel: Channel, city: City) -> None:
    """Raises `IngestError` for a topic that cannot be published to, or that the room itself reads."""
    bare = re.sub(rf"{{({'|'.join(PLACES)})}}", "x", channel.address)
    if not _TOPIC.fullmatch(bare) or "{" in bare or "}" in bare:
        raise IngestError(f"channel {channel.key}: address: expected a topic, with {{priority}}, {{rule}}, … if wanted")
    if bare.startswith(tuple(f"{city.topic_root}/{part}/" for part in ("readings", "prices", "cases", "bulletins"))):
        raise IngestError(f"channel {channel.key}: address: expected a topic that the room does not read itself")


def fill(topic: str, row: Mapping[str, Any]) -> str:
    """The topic of one alarm; what it has not is `-`."""
    found = {"priority": row["priority"], "rule": row["rule"], "agency": row["assigned_to"] or row["agency"],
             "district": row["district"]}  # fmt: skip
    for name, value in found.items():
        topic = topic.replace(f"{{{name}}}", re.sub(r"[+#/\0]", NONE, value or NONE))
    return topic

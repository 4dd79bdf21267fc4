"""Sparkplug B (Eclipse Sparkplug 3.0) on `spBv1.0/<group>/<type>/<edge>[/<device>]`: protobuf, its names said once.

An edge node's birth names its metrics and may give each an alias, by which its data say them afterwards. What is missed
of this (a birth, a message of the sequence) is asked for by a command to the node, `Node Control/Rebirth`; what can be
understood meanwhile is taken. Integers, floats and truth values are fields; dates, texts, data sets, templates and
arrays are not, nor are the node's own controls.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sensors.reading import CodecError, Refusal
from sensors.sparkplug_b import Metric, Payload, new_payload, parse
from sensors.sparkplug_metric import BOOLEAN, EPOCH, check_quality, instant_of, name_of, value_of
from sensors.sparkplug_node import SEQUENCE, Declared, Node, session_of
from sensors.sparkplug_topic import Topic, parse_topic
from sensors.telemetry import Command, Field, Heard, Telemetry

NAME = "sparkplug"
TOPICS = ("spBv1.0/+/+/+", "spBv1.0/+/+/+/+")
MOST_NODES = 10_000  # whoever may publish could make up more than memory holds
BIRTHS = frozenset({"NBIRTH", "DBIRTH"})
COMMANDS = frozenset({"NCMD", "DCMD"})
STATUS: dict[str, Literal["online", "offline"]] = {"NBIRTH": "online", "DBIRTH": "online", "DDEATH": "offline"}
SESSION, REBIRTH = b"bdSeq", b"Node Control/Rebirth"
CONTROLS = (b"Node Control/", b"Device Control/")
COMPRESSED = b"SPBV1.0_COMPRESSED"  # not of the specification, but some gateways can be set to it


class Decoder:
    """Reads the messages of all edge nodes, remembering what each declared. Times are in UTC, so no zone is needed."""

    def __init__(self, _zone: ZoneInfo) -> None:
        self._nodes: dict[str, Node] = {}

    def decode(self, levels: Sequence[str], payload: bytes, received_at: datetime) -> Heard:
        """What a message says, by its topic. Raises `CodecError`.

        Its reasons: unknown-topic, bad-id, bad-protobuf, compressed, bad-seq.
        """
        match levels:
            case ["spBv1.0", "STATE", _]:  # of a host, in a format of its own
                return Heard()
        topic = parse_topic(levels)
        if topic.type in COMMANDS:  # from a host to a node; the room's own come back by the subscription
            return Heard()
        message = _message(topic, payload)
        node = self._node(topic.node)
        if topic.type == "NDEATH":
            return _node_death(topic, node, message)
        return _hear(topic, node, message, received_at)

    def _node(self, address: str) -> Node:
        node = self._nodes.pop(address, None)
        if node is None:
            node = Node()
        self._nodes[address] = node
        if len(self._nodes) > MOST_NODES:
            del self._nodes[next(iter(self._nodes))]
        return node


def _message(topic: Topic, payload: bytes) -> Payload:
    message = parse(payload)
    if message.uuid == COMPRESSED:
        raise CodecError("compressed", "payload: found it compressed, expected its metrics as they are")
    if topic.type == "NBIRTH" and message.seq >= SEQUENCE:
        raise CodecError("bad-seq", f"seq: found {message.seq}, expected 0 to {SEQUENCE - 1}")
    return message


def _node_death(topic: Topic, node: Node, message: Payload) -> Heard:
    session = session_of(message)
    if node.session is not None and session is not None and session != node.session:
        return Heard()  # the broker noticed the end of an earlier connection after the node was back
    node.born = False  # and its devices are kept, for a death may be delivered twice
    dead = ("", *node.devices())
    return Heard(tuple(Telemetry(topic.address(each), node.profile(each), status="offline") for each in dead))


def _hear(topic: Topic, node: Node, message: Payload, received_at: datetime) -> Heard:
    whole = _remember(topic, node, message)
    said = _Said(topic, node, message, received_at)
    for metric in message.metrics:
        said.take(metric)
    if said.lost and topic.type not in BIRTHS and not node.full:  # what a birth left out, the next will not bring
        whole = False
    address, profile = topic.address(topic.device), node.profile(topic.device)
    telemetry = Telemetry(address, profile, fields=tuple(said.fields), status=STATUS.get(topic.type))
    if topic.type == "DDEATH":
        node.forget(topic.device)
    commands = () if whole or not node.may_ask(received_at) else (_rebirth(topic, received_at),)
    return Heard((telemetry,), tuple(said.refused), commands, said.skipped)


def _remember(topic: Topic, node: Node, message: Payload) -> bool:
    """Whether nothing was missed before this message."""
    if topic.type == "NBIRTH":
        node.begin(message)
        node.declare("", message.metrics)
        return True
    follows = node.follows(message)
    if topic.type == "DBIRTH":
        node.declare(topic.device, message.metrics)
    return follows and node.knows(topic.device)


def _rebirth(topic: Topic, received_at: datetime) -> Command:
    now = (received_at - EPOCH) // timedelta(milliseconds=1)
    metric = {"name": REBIRTH, "timestamp": now, "datatype": BOOLEAN, "boolean_value": True}
    return Command(topic.command, new_payload(timestamp=now, metrics=[metric]).SerializeToString())


class _Said:
    """Sorts the metrics of one message into fields, nulls and refusals; `lost` where a birth would have told more."""

    def __init__(self, topic: Topic, node: Node, message: Payload, received_at: datetime) -> None:
        self.fields: list[Field] = []
        self.refused: list[Refusal] = []
        self.skipped = 0
        self.lost = False
        self._topic, self._node, self._message, self._received_at = topic, node, message, received_at

    def take(self, metric: Metric) -> None:
        """Judge one metric. Never raises for what a device sent."""
        name, datatype = self._meaning(metric)
        if name == SESSION or name.startswith(CONTROLS):
            return
        try:
            self._take(name, metric, datatype)
        except CodecError as error:
            self.refused.append(Refusal(error.reason, error.detail))
            self.lost |= error.reason in {"unknown-alias", "unknown-type"}

    def _meaning(self, metric: Metric) -> tuple[bytes, int]:
        key = metric.name or (metric.alias if metric.HasField("alias") else b"")
        declared = self._node.meaning(self._topic.device, key) or Declared(metric.name, 0)
        return declared.name, metric.datatype or declared.datatype

    def _take(self, declared: bytes, metric: Metric, datatype: int) -> None:
        if not declared:
            raise CodecError("unknown-alias", f"alias: found {metric.alias}, expected one that a birth declared")
        name = name_of(declared)
        if metric.is_null or metric.WhichOneof("value") is None:
            self.skipped += 1
        elif (value := value_of(name, metric, datatype)) is not None:
            check_quality(name, metric)
            self.fields.append(Field(name, value, instant_of(name, metric, self._message, self._received_at)))

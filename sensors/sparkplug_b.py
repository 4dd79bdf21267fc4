"""The payload of Sparkplug B (Eclipse Sparkplug 3.0, section 6.4.1, sparkplug_b.proto) as far as the room reads it.

The numbers of the fields are the format's own; data sets and templates stay closed, what is not declared is skipped.
Texts are declared as bytes, for the library gives those of proto2 as either, depending on what a device sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, cast

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Kind
from google.protobuf.message import DecodeError

from sensors.parse import told
from sensors.reading import CodecError

_PACKAGE = "org.eclipse.tahu.protobuf"
_BOOL, _BYTES, _DOUBLE, _FLOAT = Kind.TYPE_BOOL, Kind.TYPE_BYTES, Kind.TYPE_DOUBLE, Kind.TYPE_FLOAT
_UINT32, _UINT64 = Kind.TYPE_UINT32, Kind.TYPE_UINT64
_FIELDS: dict[str, dict[str, tuple[int, Kind.Type.ValueType | str]]] = {
    "PropertyValue": {"int_value": (3, _UINT32), "long_value": (4, _UINT64)},
    "PropertySet": {"keys": (1, _BYTES), "values": (2, "PropertyValue")},
    "Metric": {
        "name": (1, _BYTES), "alias": (2, _UINT64), "timestamp": (3, _UINT64), "datatype": (4, _UINT32),
        "is_null": (7, _BOOL), "properties": (9, "PropertySet"),
        "int_value": (10, _UINT32), "long_value": (11, _UINT64), "float_value": (12, _FLOAT),
        "double_value": (13, _DOUBLE), "boolean_value": (14, _BOOL), "string_value": (15, _BYTES),
        "bytes_value": (16, _BYTES), "dataset_value": (17, _BYTES), "template_value": (18, _BYTES),
        "extension_value": (19, _BYTES),
    },
    "Payload": {"timestamp": (1, _UINT64), "metrics": (2, "Metric"), "seq": (3, _UINT64), "uuid": (4, _BYTES)},
}  # fmt: skip
_REPEATED = {"keys", "values", "metrics"}


class Valued(Protocol):
    """A message with one value at most, in the field that `WhichOneof` names."""

    int_value: int
    long_value: int

    def WhichOneof(self, oneof_group: Literal["value"]) -> str | None:  # noqa: N802
        """The name of the value's field; None where there is no value."""
        ...


class Properties(Protocol):
    """What a metric says of its value beside it."""

    keys: Sequence[bytes]
    values: Sequence[Valued]


class Metric(Valued, Protocol):
    """One value by name, alias or both; `timestamp` in ms of the epoch."""

    name: bytes
    alias: int
    timestamp: int
    datatype: int
    is_null: bool
    properties: Properties
    string_value: bytes

    def HasField(self, field_name: Literal["alias", "timestamp"]) -> bool:  # noqa: N802
        """Whether the field was sent."""
        ...


class Payload(Protocol):
    """One message; `timestamp` in ms of the epoch, `seq` counts the messages of an edge node from 0 to 255."""

    timestamp: int
    metrics: Sequence[Metric]
    seq: int
    uuid: bytes

    def HasField(self, field_name: Literal["timestamp"]) -> bool:  # noqa: N802
        """Whether the field was sent."""
        ...

    def SerializeToString(self) -> bytes:  # noqa: N802
        """The message as bytes."""
        ...


def parse(payload: bytes) -> Payload:
    """The message in these bytes. Raises `CodecError`: bad-protobuf."""
    try:
        return cast(Payload, _payload_class.FromString(payload))
    except DecodeError as error:
        raise CodecError(
            "bad-protobuf", f"payload: found {told(payload)} ({told(str(error))}), expected Sparkplug B"
        ) from None


def _declared() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name="sparkplug_b.proto", package=_PACKAGE, syntax="proto2")
    for name, fields in _FIELDS.items():
        message = file.message_type.add(name=name)
        if name in {"PropertyValue", "Metric"}:
            message.oneof_decl.add(name="value")
        for field, (number, kind) in fields.items():
            _add(message, field, number, kind)
    return file


def _add(message: descriptor_pb2.DescriptorProto, name: str, number: int, kind: Kind.Type.ValueType | str) -> None:
    field = message.field.add(name=name, number=number)
    field.label = Kind.LABEL_REPEATED if name in _REPEATED else Kind.LABEL_OPTIONAL
    if isinstance(kind, str):
        field.type, field.type_name = Kind.TYPE_MESSAGE, f".{_PACKAGE}.{kind}"
    else:
        field.type = kind
    if name.endswith("_value"):
        field.oneof_index = 0


# A pool of its own: in the library's, another package may have declared the same names.
_pool = descriptor_pool.DescriptorPool()
_pool.AddSerializedFile(_declared().SerializeToString())
_payload_class = message_factory.GetMessageClass(_pool.FindMessageTypeByName(f"{_PACKAGE}.Payload"))
new_payload = cast(Callable[..., Payload], _payload_class)
"""Makes a message of its fields; metrics may be given as dicts."""

"""The write side of the database: a batch of messages in one transaction, exact under redelivery."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import psycopg
from msgspec.structs import replace

from data.batch import Outcome, write_batch
from data.columns import register_columns
from data.dictionaries import MOST_UNPLACED, Dictionaries
from data.errors import RowsRefused, one_line, translate
from data.link import connect
from data.records import Message
from sensors.pack.offices import Service


class Writer:
    """Writes batches for one worker. Connects when it must; not for use by two threads at once.

    `placed` are the devices the city pack names, `zone` the time zone of its days, `worker` the name its counts go by,
    `services` those whose steps are judged.
    """

    def __init__(
        self,
        url: str,
        worker: str,
        placed: Collection[str],
        zone: str,
        most_unplaced: int = MOST_UNPLACED,
        services: Mapping[str, Service] = MappingProxyType({}),
    ) -> None:
        self._url = url
        self._worker = worker
        self._placed = placed
        self._zone = zone
        self._most_unplaced = most_unplaced
        self._services = services
        self._connection: psycopg.Connection[Any] | None = None
        self._dictionaries: Dictionaries | None = None

    def write(self, messages: Sequence[Message]) -> Outcome:
        """Commit a batch. A message the database refuses is put aside as rejected, and the others are committed.

        Raises `DatabaseAway` or another `DataError` when it may have been committed or not: writing the same batch
        again is then right, for what was committed changes nothing.
        """
        try:
            return self._commit(messages)
        except RowsRefused as error:
            if len(messages) == 1:
                return self._put_aside(messages[0], error)
        middle = len(messages) // 2
        return self.write(messages[:middle]) + self.write(messages[middle:])

    def _put_aside(self, message: Message, error: RowsRefused) -> Outcome:
        refused = message.refused("database", str(error))
        try:
            return self._commit([refused])
        except RowsRefused:
            # Not even its refusal can be stored: what remains is that there was one. It must not stop the stream.
            return self._commit([replace(refused, topic="?", payload=b"")])

    def close(self) -> None:
        """Close the connection; the next write opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._dictionaries = None

    def _commit(self, messages: Sequence[Message]) -> Outcome:
        try:
            connection, dictionaries = self._open()
            devices = _device_keys(messages)
            dictionaries.meet(devices)
            batch = messages
            if not devices <= dictionaries.devices.keys():
                batch = [_admitted(message, dictionaries.devices) for message in messages]
            with connection.transaction():
                return write_batch(connection, dictionaries, self._worker, self._zone, batch, self._services)
        except psycopg.Error as error:
            meant = translate(error)
            if not isinstance(meant, RowsRefused):
                self.close()
            raise meant from error
        except (UnicodeEncodeError, OverflowError, struct.error) as error:
            raise RowsRefused(one_line(error)) from error

    def _open(self) -> tuple[psycopg.Connection[Any], Dictionaries]:
        if self._connection is None or self._dictionaries is None or self._connection.closed:
            self.close()
            connection = connect(self._url, f"ingest-{self._worker}")
            connection.prepare_threshold = 0
            register_columns(connection)
            self._connection = connection
            self._dictionaries = Dictionaries(connection, self._placed, self._most_unplaced)
        return self._connection, self._dictionaries


def _device_keys(messages: Sequence[Message]) -> set[str]:
    keys = {reading.device for message in messages for reading in message.readings}
    keys.update(status.device for message in messages for status in message.statuses)
    return keys.union(sighting.device for message in messages for sighting in message.sightings)


def _admitted(message: Message, devices: Mapping[str, int]) -> Message:
    """The message, or its refusal when its device is one that there was no room for."""
    strangers = _device_keys([message]) - devices.keys()
    if not strangers:
        return message
    return message.refused(
        "too-many-devices", f"device {min(strangers)!r}: expected one that is known or placed by the pack"
    )

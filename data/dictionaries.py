"""The numbers of devices and kinds, cached for as long as a connection lives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import psycopg

from sensors.kinds import KINDS

MOST_UNPLACED = 50_000
"""So many devices that no pack names are taken in; more are a fault or an attack, and refused by name."""


class Dictionaries:
    """Devices and kinds by key. A new connection needs a new one: the database may be another."""

    def __init__(self, connection: psycopg.Connection[Any], placed: Collection[str], most_unplaced: int) -> None:
        self._connection = connection
        self._placed = placed
        self._most_unplaced = most_unplaced
        self.kinds = self._write_kinds()
        self._devices = dict(connection.execute("SELECT key, id FROM devices").fetchall())
        self._unplaced = sum(key not in placed for key in self._devices)

    @property
    def devices(self) -> Mapping[str, int]:
        """The devices known by now; one that is not here after `meet` was one too many."""
        return self._devices

    def meet(self, keys: Iterable[str]) -> None:
        """Give numbers to new devices, in a transaction of their own, as far as there is room for unplaced ones."""
        unknown = sorted(set(keys) - self._devices.keys())
        welcome = [key for key in unknown if key in self._placed]
        strangers = [key for key in unknown if key not in self._placed]
        welcome += strangers[: max(0, self._most_unplaced - self._unplaced)]
        if welcome:
            self._insert(sorted(welcome))

    def _insert(self, keys: list[str]) -> None:
        with self._connection.transaction():
            self._connection.execute(
                "INSERT INTO devices (key) SELECT unnest(%s::text[]) ON CONFLICT (key) DO NOTHING", (keys,)
            )
            found = self._connection.execute("SELECT key, id FROM devices WHERE key = ANY(%s)", (keys,)).fetchall()
        self._devices.update(found)
        self._unplaced += sum(key not in self._placed for key in keys)

    def _write_kinds(self) -> Mapping[str, int]:
        keys = sorted(KINDS)
        self._connection.execute(
            "INSERT INTO kinds (key, unit) SELECT * FROM unnest(%s::text[], %s::text[]) "
            "ON CONFLICT (key) DO UPDATE SET unit = excluded.unit WHERE kinds.unit <> excluded.unit",
            (keys, [KINDS[key].unit for key in keys]),
        )
        return dict(self._connection.execute("SELECT key, id FROM kinds").fetchall())

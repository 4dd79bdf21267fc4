"""Where an export's bytes leave: counted, and summed up into their checksum on the way."""

from __future__ import annotations

import hashlib
import os


class Outlet:
    """A file that can only be written, on a descriptor; as much of a file as Arrow's writer needs."""

    closed = False

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._digest = hashlib.sha256()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        """Of everything written so far."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> int:
        """Write all of it. Raises `BrokenPipeError` when nobody reads any more."""
        rest = memoryview(piece)
        self._digest.update(rest)
        self.bytes += len(rest)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        return len(piece)

    def tell(self) -> int:
        """How much was written."""
        return self.bytes

    def writable(self) -> bool:
        """Yes."""
        return True

    def readable(self) -> bool:
        """No."""
        return False

    def seekable(self) -> bool:
        """No."""
        return False

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """The descriptor is the process's own."""

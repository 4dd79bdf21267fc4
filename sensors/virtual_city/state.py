"""What the virtual city remembers between two starts: what has been published, of which seed and scenario."""

from __future__ import annotations

from pathlib import Path

import msgspec

FILE = "virtual-city.json"


class Memory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Published without a gap: (since, until], epoch s.

    `begins` is when the scenario took over; cases opened before `opened_after` were never published. Prices reach
    back to `prices_since`; None if nobody knows: then to `since`.
    """

    seed: int
    scenario: str
    begins: float
    opened_after: float
    since: float
    until: float
    prices_since: float | None = None

    @property
    def oldest_prices(self) -> float:
        """From when on prices have been published without a gap."""
        return self.since if self.prices_since is None else min(self.since, self.prices_since)

    def prices_back_to(self, since: float) -> Memory:
        """What is remembered once prices reach further back."""
        return msgspec.structs.replace(self, prices_since=min(self.oldest_prices, since))

    def back_to(self, since: float) -> Memory:
        """What is remembered once history reaches further back."""
        return msgspec.structs.replace(self, since=min(self.since, since))

    def up_to(self, until: float) -> Memory:
        """What is remembered once life has come further."""
        return msgspec.structs.replace(self, until=max(self.until, until))


def recall(folder: Path, seed: int) -> Memory | None:
    """What was left by an earlier run of this seed; None if there is nothing usable (then history starts afresh)."""
    try:
        memory = msgspec.json.decode((folder / FILE).read_bytes(), type=Memory)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return memory if memory.seed == seed else None


def remember(folder: Path, memory: Memory) -> None:
    """Replace what was left, in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    fresh.write_bytes(msgspec.json.encode(memory))
    fresh.replace(folder / FILE)

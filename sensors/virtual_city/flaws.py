"""What goes wrong with real devices and desks, seldom.

A packet twice, no value, numbers as text, history after an outage; a change of state that nobody recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

from sensors.virtual_city.chance import draw
from sensors.virtual_city.complaints import Step
from sensors.virtual_city.daytime import HOUR

_TWICE, _NULL, _TEXT = 0.003, 0.002, 0.003
_UNRECORDED = 0.02  # of the changes of state between a case's first and its last
_OUTAGE = 0.008  # chance of one in a device's hour


@dataclass(frozen=True, slots=True)
class Flaws:
    """Decides, for one seed, which packets of which devices are flawed."""

    seed: int

    def outage(self, device: str, at: float) -> tuple[float, float] | None:
        """The outage (from, until, epoch s) that begins in this instant's hour, if the device has one."""
        hour = at // HOUR
        if draw(self.seed, device, "outage", hour) >= _OUTAGE:
            return None
        length = (8 + 20 * draw(self.seed, device, "outage-length", hour)) * 60
        begins = hour * HOUR + 5 * 60
        return begins, begins + length

    def twice(self, device: str, at: float) -> bool:
        """Whether the packet of this instant is sent a second time."""
        return draw(self.seed, device, "twice", at) < _TWICE

    def unrecorded(self, step: Step) -> bool:
        """Whether nobody recorded this change of state; the opening and the last are always known."""
        ends = (step.complaint.steps[0], step.complaint.steps[-1])
        names = (step.complaint.case_id, "unrecorded", step.at)
        return (step.at, step.status) not in ends and draw(self.seed, *names) < _UNRECORDED

    def spoil(self, device: str, at: float, values: dict[str, float]) -> dict[str, float | str | None]:
        """The values as the device really writes them."""
        chance = draw(self.seed, device, "spoil", at)
        if chance < _NULL:
            return {**values, next(iter(values)): None}
        if chance < _NULL + _TEXT:
            return {kind: f"{value} " for kind, value in values.items()}
        return dict(values)

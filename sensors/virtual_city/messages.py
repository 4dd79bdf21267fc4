"""What goes over the wire: a topic and a payload, exactly as the contract gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sensors.kinds import KINDS
from sensors.virtual_city.complaints import Step
from sensors.virtual_city.daytime import LocalTime
from sensors.virtual_city.prices import Report

_encode = msgspec.json.Encoder().encode
Sample = tuple[float, str, float]
"""One reading of a device: observed at (epoch s), kind, value."""


@dataclass(frozen=True, slots=True)
class Message:
    """A publication that is due at an instant (epoch s); `readings` counts what it carries."""

    due: float
    topic: str
    payload: bytes
    readings: int = 0
    retained: bool = False


def plain(root: str, device: str, at: float, values: Mapping[str, float | str | None], local: LocalTime) -> Message:
    """One device speaking for itself: all its values of one instant."""
    payload = _encode({"observed_at": local.stamp(at), "values": values})
    return Message(at, f"{root}/readings/{device}", payload, len(values))


def senml(root: str, device: str, samples: Sequence[Sample], due: float) -> Message:
    """A gateway's pack (RFC 8428): a base time, then each reading relative to it."""
    base = samples[0][0]
    records: list[dict[str, object]] = []
    for at, kind, value in samples:
        record: dict[str, object] = {"n": kind, "u": KINDS[kind].senml_units[0], "v": value}
        if at != base:
            record["t"] = round(at - base, 3)
        records.append(record)
    records[0] = {"bt": base, **records[0]}
    return Message(due, f"{root}/readings/{device}", _encode(records), len(samples))


def report(root: str, made: Report, local: LocalTime) -> Message:
    """A market's morning prices."""
    prices = [{"commodity": key, "price": asked, "unit": unit} for key, asked, unit in made.prices]
    payload = _encode({"observed_at": local.stamp(made.at), "prices": prices})
    return Message(made.at, f"{root}/prices/{made.market}", payload, len(prices))


def case(root: str, step: Step, local: LocalTime) -> Message:
    """One change of state of a complaint, with all that is known of it."""
    complaint = step.complaint
    payload = _encode(
        {
            "case_id": complaint.case_id,
            "status": step.status,
            "at": local.stamp(step.at),
            "category": complaint.category,
            "subdistrict": complaint.subdistrict,
            "lat": complaint.lat,
            "lon": complaint.lon,
            "agency": complaint.agency,
            "priority": complaint.priority,
            "channel": complaint.channel,
            "summary": complaint.summary,
        }
    )
    return Message(step.at, f"{root}/cases/{complaint.service}", payload, 1)


def bulletin(root: str, channel: str, due: float, found: object) -> Message:
    """A publisher's document as it is."""
    return Message(due, f"{root}/bulletins/{channel}", _encode(found), 1)


def status(root: str, device: str, word: str) -> Message:
    """`online` or `offline`, to be retained."""
    return Message(0.0, f"{root}/devices/{device}/status", word.encode())

"""Every format under noise for as long as one wishes: `python -m tests.bench.fuzz SECONDS [SEED]`.

Genuine messages of every format are cut, flipped, joined and repeated, and taken apart as a worker would. No message
may raise, hang or give a reading that its kind does not allow; what is wrong is printed with the seed that repeats it.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import cbor2

from data.records import Message
from ingest.delivery import Delivery
from ingest.fields import KEY
from ingest.sorting import Sorter
from sensors.city import load_city
from sensors.kinds import KINDS
from sensors.sparkplug_b import new_payload
from tests.bench.table import show
from tests.room import ROOT

NOW = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
SLOWEST_SECONDS = 5.0
_SHOWN = re.compile(r"(?ms)^```(?:json|xml) (\S+)\n(.*?)^```")
_T = int(NOW.timestamp() * 1000) - 60_000


def corpus() -> Mapping[str, Sequence[bytes]]:
    """Genuine payloads by topic: those the documents show, and the binary ones made by their libraries."""
    found: dict[str, list[bytes]] = {}
    for topic, payload in _SHOWN.findall((ROOT / "docs/messages.md").read_text(encoding="utf-8")):
        found.setdefault(topic, []).append(payload.encode())
    metrics = [
        {"name": b"temperature", "alias": 1, "datatype": 9, "timestamp": _T, "float_value": 24.5},
        {"name": b"level", "alias": 2, "datatype": 3, "timestamp": _T, "int_value": 2**32 - 5},
        {"name": b"on", "alias": 3, "datatype": 11, "boolean_value": True},
    ]
    born = new_payload(timestamp=_T, seq=0, metrics=metrics).SerializeToString()
    data = new_payload(timestamp=_T, seq=1, metrics=[{"alias": 1, "float_value": 25.0}]).SerializeToString()
    found["spBv1.0/kota/NBIRTH/pompa"] = found["spBv1.0/kota/DBIRTH/pompa/satu"] = [born]
    found["spBv1.0/kota/NDATA/pompa"] = found["spBv1.0/kota/DDATA/pompa/satu"] = [data]
    found["spBv1.0/kota/NDEATH/pompa"] = [new_payload(timestamp=_T).SerializeToString()]
    pack = [{-2: "air-1:", -3: NOW.timestamp() - 60, 0: "pm25", 2: 40.2}, {0: "temperature", 1: "Cel", 2: 28}]
    found["tangerang/readings/air-cikokol"].append(cbor2.dumps(pack))
    return found


def mutated(payload: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A payload with one to four things done to it."""
    changed = bytearray(payload)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(6):
            case 0 if changed:
                changed[at % len(changed)] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at : at + chance.randrange(1, 9)]
            case 2:
                changed[at:at] = chance.randbytes(chance.randrange(1, 9))
            case 3:
                other = chance.choice(others)
                changed[at:at] = other[chance.randrange(len(other) + 1) :]
            case 4:
                changed[at:at] = changed[at : at + chance.randrange(1, 40)] * chance.randrange(1, 4)
            case _:
                changed = changed[:at]
    return bytes(changed[:100_000])


def wrong(message: Message) -> str | None:
    """What a message claims that no message may."""
    for each in message.readings:
        if not KEY.fullmatch(each.device) or not KINDS[each.kind].accepts(each.value):
            return f"reading {each}"
        if each.observed_at.tzinfo is None:
            return f"a time without an offset: {each}"
    return None


def main(seconds: float, seed: int) -> int:
    """Run for so long; 1 when something was wrong."""
    chance, sorter, found = random.Random(seed), Sorter(load_city("tangerang")), corpus()
    topics = list(found)
    counts: Counter[tuple[str, str]] = Counter()
    slowest, faults, begun = 0.0, 0, time.monotonic()
    everything = [payload for payloads in found.values() for payload in payloads]
    while time.monotonic() - begun < seconds and faults == 0:
        topic = chance.choice(topics)
        genuine = chance.choice(found[topic])
        payload = genuine if chance.random() < 0.1 else mutated(genuine, everything, chance)
        since = time.monotonic()
        try:
            message = sorter.take_apart(Delivery(topic, payload, len(payload), NOW, False, 1, 1, 0))
            fault = wrong(message)
        except Exception as error:  # noqa: BLE001 - the very thing looked for
            fault = repr(error)
        slowest = max(slowest, took := time.monotonic() - since)
        if fault or took > SLOWEST_SECONDS:
            faults += 1
            sys.stdout.write(f"seed {seed}: {topic} {payload!r}: {fault or f'took {took:.1f} s'}\n")
            break
        counts[topic.split("/")[0 if not topic.startswith("tangerang") else 1], _outcome(message)] += 1
    names = sorted({name for name, _ in counts})
    rows = [[name, *(counts[name, outcome] for outcome in ("taken", "in part", "refused"))] for name in names]
    show(
        f"Under noise for {seconds:.0f} s, seed {seed}: slowest {slowest:.3f} s",
        ("of", "taken", "in part", "refused"),
        rows,
    )
    return 1 if faults else 0


def _outcome(message: Message) -> str:
    if not message.rejections:
        return "taken"
    return "in part" if message.readings or message.prices or message.forecasts else "refused"


if __name__ == "__main__":
    raise SystemExit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))

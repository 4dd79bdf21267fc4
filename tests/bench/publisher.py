"""A device at a steady rate: publishes rising values to the named series and notes when each one left.

    python -m tests.bench.publisher URL ROOT RATE SECONDS < series.json > sent.json

`series.json` is a list of `[device, kind, first, step]`; `sent.json` a list of `[series number, value, epoch seconds]`
and, beside it, how long the broker alone took to hand each message to a plain subscriber (the peer of the table).
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt


@dataclass(frozen=True, slots=True)
class Published:
    """What left: `sent` holds series, value and epoch seconds; `alone` what the broker took for some, seconds."""

    sent: list[tuple[str, float, float]]
    alone: list[float]

    def waits(self, seen: Iterable[tuple[str, float, float]]) -> list[float | None]:
        """How long each message took to be seen, ms; None for those that never were. `seen` in the order of time.

        A value passed over because a newer one of its series came first counts from the newer one's appearance.
        """
        times: dict[str, list[float]] = {}
        values: dict[str, list[float]] = {}
        for name, value, at in seen:
            times.setdefault(name, []).append(at)
            values.setdefault(name, []).append(value)
        newest = {name: list(accumulate(found, max)) for name, found in values.items()}
        waits: list[float | None] = []
        for name, value, left in self.sent:
            place = bisect_left(newest.get(name, []), value)
            waits.append(1000 * (times[name][place] - left) if place < len(times.get(name, [])) else None)
        return waits


def publish(
    url: str, root: str, names: Sequence[str], rate: float, seconds: float, first: float, step: float = 0.5
) -> Published:
    """Publish to the named series (`device/kind`) from a process of its own; returns when the last has left."""
    series = [[*name.split("/"), first, step] for name in names]
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.publisher", url, root, str(rate), str(seconds)],
        input=json.dumps(series),
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(told.stdout)
    return Published([(names[number], value, left) for number, value, left in result["sent"]], result["alone"])


def _client(url: str) -> mqtt.Client:
    address = urlsplit(url)
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    if address.username:
        client.username_pw_set(address.username, address.password)
    client.connect(address.hostname or "127.0.0.1", address.port or 1883)
    client.loop_start()
    return client


def main(url: str, root: str, rate: float, seconds: float) -> None:
    """Publish for `seconds` at `rate` messages a second; the result goes to standard output as JSON."""
    series = json.load(sys.stdin)
    alone: list[float] = []
    left: dict[str, float] = {}
    ready = threading.Event()
    ear = _client(url)
    ear.on_subscribe = lambda *_: ready.set()
    ear.on_message = lambda _c, _u, message: alone.append(time.time() - left[message.payload.decode()])
    ear.subscribe("bench/echo", qos=1)
    mouth = _client(url)
    ready.wait(5)
    sent: list[tuple[int, float, float]] = []
    start = time.monotonic()
    for i in range(int(rate * seconds)):
        time.sleep(max(0.0, start + i / rate - time.monotonic()))
        number = i % len(series)
        device, kind, first, step = series[number]
        value = round(first + step * (i // len(series)), 3)
        body = {"observed_at": datetime.now(UTC).isoformat(), "values": {kind: value}}
        sent.append((number, value, time.time()))
        mouth.publish(f"{root}/readings/{device}", json.dumps(body), qos=1)
        if i % 10 == 0:
            left[str(i)] = time.time()
            mouth.publish("bench/echo", str(i), qos=1)
    time.sleep(1.0)
    for client in (mouth, ear):
        client.loop_stop()
        client.disconnect()
    json.dump({"sent": sent, "alone": alone}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))

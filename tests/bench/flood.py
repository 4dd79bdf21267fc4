"""A device network at the broker's own speed: readings at QoS 1 over one plain socket, each acknowledgement counted.

    python -m tests.bench.flood URL ROOT MESSAGES [--devices N] [--pack N] [--rate N] [--first EPOCH]

Without a rate it sends as fast as the broker takes them, with one each reading carries the instant it left. Prints
the epoch second at which it begins and, when the broker has acknowledged every message, how many seconds that took.
"""

from __future__ import annotations

import argparse
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sensors.kinds import KINDS

_CONNECT = b"\x10\x12\x00\x04MQTT\x04\x02\x00\x00\x00\x06flood0"
_MOST_UNACKNOWLEDGED = 10_000
_ONE_SEND = 200  # messages a send
_PUBACK_BYTES = 4


def _length(size: int) -> bytes:
    return bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])


def _publish(topic: bytes, number: int, payload: bytes) -> bytes:
    body = len(topic).to_bytes(2) + topic + (number % 65_535 + 1).to_bytes(2) + payload
    return b"\x32" + _length(len(body)) + body


def packets(root: str, messages: int, devices: int, pack: int, first: float | None) -> Iterator[bytes]:
    """The PUBLISH of each message: `pack` readings of one instant, which is `first` and on by milliseconds, or now."""
    topics = [f"{root}/readings/flood-{number}".encode() for number in range(devices)]
    kinds = sorted(KINDS)[:pack] if pack > 1 else ["pm25"]
    for number in range(messages):
        at = time.time() if first is None else first + number // devices / 1000
        stamp = datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")
        values = ",".join(f'"{kind}":{KINDS[kind].example}' for kind in kinds)
        payload = f'{{"observed_at":"{stamp}","values":{{{values}}}}}'
        yield _publish(topics[number % devices], number, payload.encode())


def flood(url: str, made: Iterator[bytes], messages: int, rate: float | None) -> float:
    """Send them all; the seconds from the first to the last acknowledgement."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 1883)) as line:
        line.sendall(_CONNECT)
        if line.recv(4) != b"\x20\x02\x00\x00":
            raise SystemExit("the broker did not take us in")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setblocking(False)
        sys.stdout.write(f"{time.time():.6f}\n")
        sys.stdout.flush()
        begun = time.monotonic()
        _pump(line, made, messages, rate, begun)
        return time.monotonic() - begun


def _pump(line: socket.socket, made: Iterator[bytes], messages: int, rate: float | None, begun: float) -> None:
    sent = acknowledged = 0  # messages, bytes of acknowledgements
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        while acknowledged < messages * _PUBACK_BYTES:
            allowed = messages if rate is None else min(messages, int((time.monotonic() - begun) * rate) + 1)
            room = min(allowed - sent, _MOST_UNACKNOWLEDGED - (sent - acknowledged // _PUBACK_BYTES), _ONE_SEND)
            if not waiting and room > 0:
                waiting = b"".join([next(made) for _ in range(room)])
                sent += room
            if waiting:
                try:
                    waiting = waiting[line.send(waiting) :]
                except BlockingIOError:
                    selector.modify(line, selectors.EVENT_READ | selectors.EVENT_WRITE)
            idle = not waiting and room <= 0
            if selector.select((0.001 if rate else None) if idle else (None if waiting else 0)):
                selector.modify(line, selectors.EVENT_READ)
                acknowledged += _received(line)


def _received(line: socket.socket) -> int:
    try:
        data = line.recv(1 << 18)
    except BlockingIOError:
        return 0
    if not data:
        raise SystemExit("the broker hung up")
    return len(data)


def main() -> None:
    """Read the arguments, flood, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.flood")
    parser.add_argument("url")
    parser.add_argument("root")
    parser.add_argument("messages", type=int)
    parser.add_argument("--devices", type=int, default=1000)
    parser.add_argument("--pack", type=int, default=1)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--first", type=float)
    found = parser.parse_args()
    first = None if found.rate else found.first or time.time() - 1
    made = packets(found.root, found.messages, found.devices, found.pack, first)
    if not found.rate:
        made = iter(list(made))  # made beforehand, so that making them is not measured
    sys.stdout.write(f"{flood(found.url, made, found.messages, found.rate):.3f}\n")


if __name__ == "__main__":
    main()

"""Thousands of readings a second from a city's devices, over one raw MQTT connection.

    python -m tests.bench.crowd URL ROOT RATE [KIND …]      (until it is ended; all devices but those of these kinds)

A stock client takes a core for this; packets written by hand, a handful of them together, leave the machine to what is
measured. QoS 1 like any device, each reading with a time of its own.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle
from urllib.parse import urlsplit

from sensors.city import load_city
from sensors.kinds import KINDS
from tests.room import ROOT, Room

EVERY = 0.01  # seconds between two handfuls
PUBLISH_QOS_1 = 0x32
CONNECT = bytes([0x10, 17, 0, 4]) + b"MQTT" + bytes([4, 2, 0, 60, 0, 5]) + b"crowd"
IDS = 65_535
STEADY, STEADY_WITHIN, LOOK_FOR = 0.95, 60.0, 6.0  # workers tell their counts every two seconds
NEAR, NEWEST = 0.5, "/api/v1/readings/latest?kind=pm25"
COUNTED, MESSAGES = "liveroom_messages_total", 'outcome="messages"'


@contextmanager
def ingesting(room: Room, rate: float, *without: str) -> Iterator[None]:
    """So many readings a second while this is open, begun when the room keeps up; `without` are kinds left alone."""
    command = [sys.executable, "-m", "tests.bench.crowd", room.mqtt_url, room.topic_root, str(rate)]
    process = subprocess.Popen([*command, *without], cwd=ROOT, env=dict(room.environment))
    try:
        deadline = time.monotonic() + STEADY_WITHIN  # a room that does not keep up by then shows it in its figures
        while time.monotonic() < deadline and (_pace(room) < STEADY * rate or _behind(room) > NEAR):
            pass
        yield
    finally:
        process.terminate()
        process.wait(10)


def committed(room: Room) -> float:
    """How many messages the room has committed so far, as it tells Prometheus."""
    with urllib.request.urlopen(f"{room.url}/metrics", timeout=30) as answer:
        told = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in told if line.startswith(COUNTED) and MESSAGES in line)


def _behind(room: Room) -> float:
    """How many seconds old the newest reading is: little, once what had piled up at the broker is worked off."""
    with urllib.request.urlopen(f"{room.url}{NEWEST}", timeout=30) as answer:
        items = json.loads(answer.read())["items"]
    now = datetime.now(UTC)
    return min((now - datetime.fromisoformat(item["observed_at"])).total_seconds() for item in items)


def _pace(room: Room) -> float:
    before, began = committed(room), time.monotonic()
    time.sleep(LOOK_FOR)
    return (committed(room) - before) / (time.monotonic() - began)


def spoken(room: Room) -> None:
    """Let every device and market of the city speak once, so that pictures are as large as they are."""
    command = [sys.executable, "-m", "sensors.virtual_city", "--once"]
    subprocess.run(command, cwd=ROOT, env=dict(room.environment), check=True, capture_output=True)


def main(url: str, root: str, rate: float, without: Sequence[str]) -> None:
    """Publish at `rate` until ended."""
    devices = [
        device
        for device in load_city(os.environ.get("LIVEROOM_CITY", "tangerang")).devices.values()
        if not set(without) & set(device.kinds)
    ]
    topics = cycle((f"{root}/readings/{each.key}".encode(), kind) for each in devices for kind in each.kinds)
    address = urlsplit(url)
    with socket.create_connection((address.hostname or "127.0.0.1", address.port or 1883)) as line:
        line.sendall(CONNECT)
        if line.recv(4)[:1] != b"\x20":
            raise ConnectionError(f"the broker at {url} does not take us in")
        line.setblocking(False)
        sent, start = 0, time.monotonic()
        while True:
            due = int(rate * (time.monotonic() - start)) - sent
            packets = [_packet(*next(topics), sent + number) for number in range(due)]
            _hand_over(line, b"".join(packets))
            sent += due
            time.sleep(EVERY)


def _hand_over(line: socket.socket, packets: bytes) -> None:
    """Send all, taking acknowledgements in meanwhile, so that neither side ever waits for the other."""
    while True:
        try:
            while line.recv(1 << 16):
                pass
            raise ConnectionError("the broker has left")
        except BlockingIOError:
            pass
        if not packets:
            return
        try:
            packets = packets[line.send(packets) :]
        except BlockingIOError:
            time.sleep(EVERY)


def _packet(topic: bytes, kind: str, number: int) -> bytes:
    """One reading of a device; its value moves a little, and its time is its own."""
    value = round(KINDS[kind].example * (1 + number % 7 / 1000), 3)
    body = {"observed_at": datetime.now(UTC).isoformat(), "values": {kind: value}}
    payload = json.dumps(body).encode()
    rest = len(topic).to_bytes(2) + topic + (number % IDS + 1).to_bytes(2) + payload
    return bytes([PUBLISH_QOS_1]) + _length(len(rest)) + rest


def _length(number: int) -> bytes:
    """A length as MQTT writes it: seven bits a byte, the lowest first."""
    written = bytearray()
    while True:
        number, low = divmod(number, 128)
        written.append(low | (128 if number else 0))
        if not number:
            return bytes(written)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4:])

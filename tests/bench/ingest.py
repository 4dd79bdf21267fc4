"""What a worker takes in, against the broker's, the database's and its peers' own limits: `make bench-ingest`.

Every contestant gets a fresh database and a fresh broker, and the same messages from the same publisher; they take
turns, and the medians of the rounds are compared. Publisher, broker, contestant and database share the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg

from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.programs import find_programs
from tests import servers
from tests.bench.peers import node_red
from tests.bench.table import PROMISES, all_kept, least, most, quantile, show
from tests.room import ROOT

ROUNDS = 5
MESSAGES, PACKS, TUTORIAL = 150_000, 20_000, 6_000
PATIENCE = 180.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """One contestant's turn: messages a second, and its own processor time a message in µs."""

    rate: float
    cpu: float
    memory: float = 0.0  # MB, the most it held


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who takes messages in. `command` takes the addresses of database and broker."""

    name: str
    command: Callable[[str, str, int], Sequence[str]]
    stored: str | None  # the question that counts what it has stored; None: it ends by itself
    messages: int
    pack: int = 1
    table: str = ""  # what it needs in the database beside the room's own schema
    warm: float = 3.0  # seconds until it is surely connected and subscribed


def _room(reader: str) -> Callable[[str, str, int], Sequence[str]]:
    return lambda _database, _broker, _messages: [sys.executable, "-m", "ingest", "--reader", reader]


def _tutorial(database: str, broker: str, _messages: int) -> Sequence[str]:
    return [sys.executable, "-m", "tests.bench.peers.tutorial", database, broker, "tangerang/readings/#"]


def _node_red(database: str, broker: str, _messages: int) -> Sequence[str]:
    folder = Path(tempfile.mkdtemp(prefix="node-red-"))
    return node_red.command(folder, database, broker, "tangerang/readings/#", free_port())


def _plain_subscriber(_database: str, broker: str, messages: int) -> Sequence[str]:
    program = find_programs(servers.STATE).mosquitto.parents[1] / "bin" / "mosquitto_sub"
    port = broker.rpartition(":")[2]
    return [str(program), "-p", port, "-q", "1", "-t", "tangerang/#", "-C", str(messages), "-F", "%l"]


_COMMITTED = "SELECT coalesce(sum(messages), 0) FROM feeds WHERE stream = 'readings'"
SINGLE = (
    Contestant("room", _room("batch"), _COMMITTED, MESSAGES),
    Contestant("C subscriber", _plain_subscriber, None, MESSAGES),
    Contestant("stock paho, same writer", _room("stock"), _COMMITTED, MESSAGES // 2),
    Contestant("tutorial bridge", _tutorial, "SELECT count(*) FROM sensor_data", TUTORIAL),
)
NODE_RED = Contestant(
    "Node-RED, batch function", _node_red, node_red.STORED, MESSAGES // 2, table=node_red.TABLE, warm=10.0
)
PACKED = Contestant("room, packs of 10", _room("batch"), _COMMITTED, PACKS, pack=10)


@contextmanager
def _started(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def take_turn(server: Postgres, folder: Path, each: Contestant) -> Run:
    """One contestant on fresh servers, from the publisher's first message to its last one stored."""
    broker = servers.new_broker(Path(tempfile.mkdtemp(dir=folder)))
    broker.start()
    try:
        with servers.database(server, servers.TEMPLATE) as database:
            told = {"LIVEROOM_DATABASE_URL": database, "LIVEROOM_MQTT_URL": broker.url}
            if each.table:
                with psycopg.connect(database) as session:
                    session.execute(each.table)  # type: ignore[arg-type] # constants of the peers
            with _started(each.command(database, broker.url, each.messages), os.environ | told) as process:
                time.sleep(each.warm)
                return _measure(process, database, broker.url, each)
    finally:
        broker.stop()


def _measure(process: subprocess.Popen[bytes], database: str, broker: str, each: Contestant) -> Run:
    before = _cpu(process.pid)
    arguments = [broker, "tangerang", str(each.messages), "--pack", str(each.pack)]
    publisher = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.flood", *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    begun = float((publisher.stdout or sys.stdin).readline())
    deadline = time.time() + PATIENCE
    if each.stored is None:
        while _alive(process) and time.time() < deadline:
            used = _cpu(process.pid)
            time.sleep(0.005)
    else:
        with psycopg.connect(database, autocommit=True) as session:
            while session.execute(each.stored).fetchone() != (each.messages,) and time.time() < deadline:  # type: ignore[arg-type]
                time.sleep(0.02)
        used = _cpu(process.pid)
    seconds = time.time() - begun
    publisher.wait()
    if time.time() > deadline:
        raise SystemExit(f"{each.name}: not all of {each.messages} messages were stored in {PATIENCE:.0f} s")
    peak = _peak(process.pid) if _alive(process) else 0.0
    return Run(each.messages / seconds, 1e6 * (used - before) / each.messages, peak)


def _alive(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is None


def store_only(server: Postgres, messages: int, pack: int) -> Run:
    """The database's own limit for the same rows."""
    with servers.database(server, servers.TEMPLATE) as database:
        command = [sys.executable, "-m", "tests.bench.peers.store_only", database, str(messages), str(pack)]
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        return Run(messages / float(told.stdout), 0.0)


def waits(server: Postgres, folder: Path, rate: float, seconds: float) -> tuple[list[float], float]:
    """How long readings took from leaving the publisher to their commit, ms, at a steady rate; µs a message."""
    broker = servers.new_broker(Path(tempfile.mkdtemp(dir=folder)))
    broker.start()
    try:
        with servers.database(server, servers.TEMPLATE) as database:
            told = {"LIVEROOM_DATABASE_URL": database, "LIVEROOM_MQTT_URL": broker.url}
            with _started(_room("batch")(database, broker.url, 0), os.environ | told) as process:
                time.sleep(3.0)
                messages = int(rate * seconds)
                _flood(broker.url, rate, int(rate))  # the first second meets every device and warms all caches
                time.sleep(1.0)
                before = _cpu(process.pid)
                _flood(broker.url, rate, messages)
                time.sleep(1.0)
                used = _cpu(process.pid) - before
            with psycopg.connect(database) as session:
                rows = session.execute(
                    "SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - observed_at)::float8 * 1000 "
                    "FROM readings ORDER BY observed_at OFFSET %s",
                    (int(rate),),
                ).fetchall()
            return [row[0] for row in rows], 1e6 * used / messages
    finally:
        broker.stop()


def _flood(broker: str, rate: float, messages: int) -> None:
    command = [sys.executable, "-m", "tests.bench.flood", broker, "tangerang", str(messages), "--rate", str(rate)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def main(rounds: int = ROUNDS) -> int:
    """Run all of it; 1 when a promise is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        server = servers.new_postgres(folder / "postgres")
        server.start()
        try:
            with psycopg.connect(server.url, autocommit=True) as session:
                session.execute("ALTER SYSTEM SET track_commit_timestamp = on")  # when each row was committed
            server.stop()
            server.start()
            servers.make_template(server)
            return _compare(server, folder, rounds)
        finally:
            server.stop()


def _compare(server: Postgres, folder: Path, rounds: int) -> int:
    runs: dict[str, list[Run]] = {}
    late: dict[int, list[float]] = {}
    contestants = [*SINGLE, PACKED, *([NODE_RED] if node_red.fetched() else [])]
    for turn in range(rounds):
        sys.stderr.write(f"round {turn + 1} of {rounds}\n")
        for each in contestants:
            runs.setdefault(each.name, []).append(take_turn(server, folder, each))
        runs.setdefault("database alone", []).append(store_only(server, MESSAGES, 1))
        runs.setdefault("database alone, packs of 10", []).append(store_only(server, PACKS, 10))
        for rate in (5_000, 10_000):
            late.setdefault(rate, []).extend(waits(server, folder, rate, 10.0)[0])
    rate = {name: median(run.rate for run in found) for name, found in runs.items()}
    cpu = {name: median(run.cpu for run in found) for name, found in runs.items()}
    show(
        f"Taken in, messages a second (medians of {rounds} interleaved rounds)",
        ("who", "msg/s", "µs of its own a msg", "slowest", "fastest"),
        [
            [name, round(rate[name]), cpu[name], round(min(r.rate for r in found)), round(max(r.rate for r in found))]
            for name, found in runs.items()
        ],
    )
    show(
        "Leaving the publisher to committed, ms",
        ("msg/s", "p50", "p99", "most"),
        [[each, quantile(found, 0.5), quantile(found, 0.99), max(found)] for each, found in late.items()],
    )
    peak = max(run.memory for run in (*runs["room"], *runs[PACKED.name]))
    promises = [
        least("of the C subscriber's rate", rate["room"] / rate["C subscriber"], 0.6),
        least("of stock paho with the same writer", rate["room"] / rate["stock paho, same writer"], 2.5),
        *(
            [least("of Node-RED with a batch function", rate["room"] / rate[NODE_RED.name], 2.2)]
            if NODE_RED.name in rate
            else []
        ),
        least("of the tutorial bridge", rate["room"] / rate["tutorial bridge"], 10.0),
        least("packs of 10, of the database's own", rate[PACKED.name] / rate["database alone, packs of 10"], 0.9),
        most("p50 at 10 000 msg/s, ms", quantile(late[10_000], 0.5), 25.0),
        most("p99 at 10 000 msg/s, ms", quantile(late[10_000], 0.99), 60.0),
        most("own time a reading, µs", cpu["room"], 15.0),
        most("memory, MB", peak, 250.0),
    ]
    show("Promises", PROMISES, promises)
    return 0 if all_kept(promises) else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))

"""The binary formats under noise that is led by which code it reaches: `python -m tests.bench.fuzz_guided SECONDS`.

Needs atheris (`pip install atheris`), which is of no use elsewhere and has no build for every Python. Half of the time
each for Sparkplug B and SenML in CBOR, from their genuine messages on, through the whole way that a message takes in a
worker. What raises, hangs or gives a reading that its kind does not allow stops the run and is printed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SPARKPLUG = ("spBv1.0/kota/NBIRTH/pompa", "spBv1.0/kota/DBIRTH/pompa/satu", "spBv1.0/kota/NDATA/pompa",
             "spBv1.0/kota/DDATA/pompa/satu", "spBv1.0/kota/NDEATH/pompa")  # fmt: skip
CBOR = ("tangerang/readings/air-cikokol",)
FORMATS = {"sparkplug": SPARKPLUG, "cbor": CBOR}
SLOWEST_SECONDS = 5


def one(topics: tuple[str, ...]) -> Callable[[bytes], None]:
    """What takes one input apart: its first byte says on which topic it comes, the rest is the payload."""
    # Here and not above: what is to be led by must be imported under the fuzzer's eyes.
    from ingest.delivery import Delivery  # noqa: PLC0415
    from ingest.sorting import Sorter  # noqa: PLC0415
    from sensors.city import load_city  # noqa: PLC0415
    from tests.bench.fuzz import NOW, wrong  # noqa: PLC0415

    sorter = Sorter(load_city("tangerang"))

    def take(found: bytes) -> None:
        topic, payload = topics[found[0] % len(topics) if found else 0], found[1:]
        fault = wrong(sorter.take_apart(Delivery(topic, payload, len(payload), NOW, False, 1, 1, 0)))
        if fault:
            raise AssertionError(f"{topic} {payload!r}: {fault}")

    return take


def fuzz(name: str, seconds: str, folder: str) -> None:
    """Fuzz one format; never returns."""
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports(include=["sensors", "ingest", "data"]):
        take = one(FORMATS[name])
    told = [sys.argv[0], folder, f"-max_total_time={seconds}", f"-timeout={SLOWEST_SECONDS}", "-print_final_stats=1",
            "-max_len=2048", f"-artifact_prefix={folder}/"]  # fmt: skip
    atheris.Setup(told, take)
    atheris.Fuzz()


def main(seconds: float) -> int:
    """Each format in a process of its own, for the fuzzer ends its process; 1 when one of them found something."""
    from tests.bench.fuzz import corpus  # noqa: PLC0415

    genuine, worst = corpus(), 0
    for name, topics in FORMATS.items():
        with tempfile.TemporaryDirectory() as folder:
            for number, topic in enumerate(topics):
                for place, payload in enumerate(genuine[topic]):
                    (Path(folder) / f"genuine-{number}-{place}").write_bytes(bytes([number]) + payload)
            command = [sys.executable, "-m", "tests.bench.fuzz_guided", f"{seconds / len(FORMATS):.0f}", name, folder]
            worst |= int(subprocess.run(command, check=False).returncode != 0)
    return worst


if __name__ == "__main__":
    if len(sys.argv) > 2:
        fuzz(sys.argv[2], sys.argv[1], sys.argv[3])
    raise SystemExit(main(float(sys.argv[1])))

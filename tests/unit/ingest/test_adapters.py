"""Adapters: every record of the recorded examples is a message that ingest takes, and nobody's name comes through."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.adapt.adapted import Adapted, AdapterError
from ingest.adapt.adapters import ADAPTERS
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import City

EXAMPLES = Path("docs/examples")
NOW = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)


def adapted(name: str, city: City, document: object) -> list[Adapted]:
    return list(ADAPTERS[name](json.dumps(document).encode(), city))


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_a_recorded_example_is_taken_whole(name: str, city: City) -> None:
    body = (EXAMPLES / f"{name}.json").read_bytes()
    found = list(ADAPTERS[name](body, city))
    assert len(found) >= 3
    for each in found:
        payload = json.dumps(each.payload).encode()
        topic = f"{city.topic_root}/{each.topic}"
        message = Sorter(city).take_apart(
            Delivery(topic, payload, len(payload), NOW, redelivered=False, mid=1, qos=1, generation=1)
        )
        assert message.rejections == ()
        assert len(message.case_events) == 1


def report(**fields: object) -> dict[str, Any]:
    usual = {"tracking_id": "7", "tanggal_status": "2026-11-22T07:00:00+07:00", "status": "Selesai"}
    return {"laporan": [usual | fields]}


def test_what_lapor_says_in_our_words(city: City) -> None:
    waiting, asked, elsewhere = ADAPTERS["sp4n-lapor"]((EXAMPLES / "sp4n-lapor.json").read_bytes(), city)
    assert waiting == Adapted(
        "cases/laksa",
        {
            "case_id": "SP4N-1000001",
            "status": "menunggu",
            "at": "2026-11-22T07:10:00+07:00",
            "category": "jalan-rusak",
            "subdistrict": "36.71.07.1004",
            "lat": -6.19,
            "lon": 106.61,
            "agency": "dpupr",
            "channel": "sp4n-lapor",
            "summary": "Jalan berlubang di depan pasar (contoh)",
        },
    )
    assert (asked.payload["status"], asked.payload["category"], asked.payload["agency"]) == (
        "proses",
        "informasi",
        "diskominfo",
    )
    assert elsewhere.payload["status"] == "selesai"  # LAKSA knows no status for what is not its business
    assert "category" not in elsewhere.payload


def test_nobody_comes_through(city: City) -> None:
    person = {"pelapor": {"nama": "Contoh", "nik": "3671000000000000"}, "nama": "Contoh", "telepon": "081200000000"}
    [found] = adapted("sp4n-lapor", city, report(**person, isi="Contoh isi panjang"))
    told = json.dumps(found.payload)
    assert not any(word in told for word in ("Contoh", "3671000000000000", "081200000000"))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, "laporan"),
        ([], "laporan"),
        ({"laporan": ["a"]}, "report 1: found str"),
        (report(status="Entah"), "report 1: status: found 'Entah', expected one of belum diverifikasi"),
        (report(tracking_id=None), "report 1: tracking_id: found None"),
        (report(judul=5), "report 1: judul: found 5"),
    ],
)
def test_a_document_that_is_none_of_lapor_is_refused_by_name(city: City, document: object, told: str) -> None:
    with pytest.raises(AdapterError, match="sp4n-lapor") as caught:
        adapted("sp4n-lapor", city, document)
    assert told in str(caught.value)


def test_the_command_shows_what_it_would_publish() -> None:
    command = [sys.executable, "-m", "ingest.adapt", "sp4n-lapor", str(EXAMPLES / "sp4n-lapor.json"), "--show"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("tangerang/cases/laksa {") for line in lines)

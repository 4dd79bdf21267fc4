from __future__ import annotations

import json

import pytest

from sensors.privacy import MASK, mask, mask_announcement, mask_payload


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lampu padam, hubungi 0812-3456-7890 ya", f"Lampu padam, hubungi {MASK} ya"),
        ("+62 812 3456 7890", MASK),
        ("NIK 3671012345678901", f"NIK {MASK}"),
        ("NIK 3671 0123 4567 8901.", f"NIK {MASK}."),
        ("surat ke warga.kota@contoh.go.id segera", f"surat ke {MASK} segera"),
        ("(021) 5576-4955", f"({MASK}"),
        ("Jalan rusak 12 meter di RT 03 RW 07", "Jalan rusak 12 meter di RT 03 RW 07"),
        ("Banjir 60 cm sejak 21.30", "Banjir 60 cm sejak 21.30"),
    ],
)
def test_numbers_and_addresses_of_people_are_masked(text: str, kept: str) -> None:
    assert mask(text) == kept


def test_a_rejected_payload_keeps_the_case_and_forgets_the_person() -> None:
    payload = {
        "case_id": "LAKSA-2026-000123",
        "status": "entah",
        "at": "2026-11-21T07:00:00+07:00",
        "summary": "hubungi 081234567890",
        "nama": "Seorang Warga",
        "pelapor": {"nik": "3671012345678901", "rt": "03"},
        "no_hp": 81234567890,
        "kontak": 81234567890,
        "lat": -6.19123456,
    }
    kept = json.loads(mask_payload(json.dumps(payload).encode()))
    assert kept == payload | {
        "summary": f"hubungi {MASK}",
        "nama": MASK,
        "pelapor": MASK,
        "no_hp": MASK,
        "kontak": MASK,
    }


def test_a_payload_that_is_not_json_is_masked_as_text() -> None:
    kept = mask_payload(b'{"case_id":"L-1","nama":"Seorang Warga","phone":"0812-3456-7890" broken \xff')
    assert b"Warga" not in kept
    assert b"3456" not in kept
    assert b'"case_id":"L-1"' in kept
    assert kept.endswith(b"broken \xff")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Buka 08.00-16.00 WIB, 22-11-2026", "Buka 08.00-16.00 WIB, 22-11-2026"),
        ("Anggaran Rp1.500.000.000 untuk 12.345.678 warga", "Anggaran Rp1.500.000.000 untuk 12.345.678 warga"),
        ("Telepon 112 atau (021) 5576 4955", "Telepon 112 atau (021) 5576 4955"),
        ("hubungi 0812-3456-7890", "hubungi •••"),
        ("WA +62 812 3456 7890.", "WA •••."),
        ("NIK 3671071234567890", "NIK •••"),
        ("surel seseorang@contoh.id ya", "surel ••• ya"),
    ],
)
def test_an_announcement_keeps_its_hours_and_sums_but_no_one_s_number(text: str, kept: str) -> None:
    assert mask_announcement(text) == kept

"""Budgets and keys: who may ask how often, and what a file of keys must say."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.api.gate import MOST_CLIENTS, WINDOW, Budgets
from dashboard.api.keys import READ, REPORT, Keys, digest_of, entry_of, new_key, read_keys
from sensors.city import CityError


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_client_has_its_budget_and_gets_it_back_after_a_minute() -> None:
    clock = Clock()
    budgets = Budgets(clock)
    told = [budgets.spend("a", 2) for _ in range(4)]
    assert [within for within, _ in told] == [True, True, False, False]
    assert [headers["ratelimit-remaining"] for _, headers in told] == ["1", "0", "0", "0"]
    assert told[3][1]["retry-after"] == "60"
    assert "retry-after" not in told[1][1]
    assert budgets.spend("b", 2)[0]
    clock.now += WINDOW - 0.5
    assert budgets.spend("a", 2) == (
        False,
        {
            "ratelimit-policy": "2;w=60",
            "ratelimit-limit": "2",
            "ratelimit-remaining": "0",
            "ratelimit-reset": "1",
            "retry-after": "1",
        },
    )
    clock.now += 0.5
    assert budgets.spend("a", 2)[0]


def test_only_so_many_clients_are_remembered() -> None:
    budgets = Budgets(Clock())
    for number in range(MOST_CLIENTS + 10):
        budgets.spend(str(number), 1)
    assert len(budgets._budgets) == MOST_CLIENTS
    assert budgets.spend("0", 1)[0]  # longest not seen: begun anew
    assert not budgets.spend(str(MOST_CLIENTS), 1)[0]


def test_a_key_is_found_by_its_digest(tmp_path: Path) -> None:
    file, key, other = tmp_path / "keys.toml", new_key(), new_key()
    file.write_text(entry_of("satu-data", key, "read") + entry_of("aplikasi", other, "read report"))
    keys = read_keys(file)
    assert key not in file.read_text()
    found = keys.find(key)
    assert found is not None
    assert (found.name, found.scopes) == ("satu-data", {READ})
    assert REPORT in getattr(keys.find(other), "scopes", ())
    assert keys.find(key[:-1]) is None
    assert keys.find(digest_of(key)) is None
    assert digest_of(key) not in repr(found)
    assert not Keys()
    assert not read_keys(None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[keys]]\nname = "a"\ndigest = "geheim"\nscopes = "read"\n', "sha256:"),
        (entry_of("a", "k", "write"), "read, report"),
        (entry_of("a", "k", "read") * 2, "no earlier entry"),
        ('keys = "a"\n', "expected"),
        ('[other]\nname = "a"\n', "other"),
        ('[[keys]]\nname = "a"\nscopes = "read"\n', "digest"),
    ],
)
def test_a_wrong_file_of_keys_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text)
    with pytest.raises(CityError, match=r"keys\.toml") as caught:
        read_keys(file)
    assert told in str(caught.value)

"""Every file, column, key and kind of cell of the shipped pack, removed or misspelt: the start stops and says where.

The cases are found in the pack itself, so that a new file is tested the moment it exists.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sensors.city import PACKS, CityError, load_city

PACK = PACKS / "tangerang"
# A pack without network_devices.csv knows no device of a network by name; one without quality.csv doubts nothing, one
# without alarms.toml raises no alarm; without duty.csv nobody can take a step at one; without reports.toml no report is
# made by the clock; without shifts.csv a shift is a day.
OPTIONAL = {"ladders.csv", "boundaries.geojson", "texts/en.po", "network_devices.csv", "quality.csv", "alarms.toml",
            "duty.csv", "reports.toml", "shifts.csv"}  # fmt: skip
# Words of other people's devices: nothing here could know them to be misspelt.
FOREIGN = {("network_fields.csv", "profile"), ("network_fields.csv", "field"), ("network_devices.csv", "address")}
FILES = sorted(path.relative_to(PACK).as_posix() for path in PACK.rglob("*") if path.is_file())
SHEETS = [name for name in FILES if name.endswith(".csv")]
TABLES = [name for name in FILES if name.endswith(".toml")]
GARBAGE = "§salah§"
# What people read: any text is right there, and an empty one is not (but where a cell may be empty).
FREE = re.compile(r"name|short|word|words|source|regulation|datum|river|note|credit|title|summary|unit_words|zone_word|"
                  r"publisher|licence|licence_url|standard")  # fmt: skip
KEY = re.compile(r"(?m)^(\w+)( *=)")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "city"))


def refused(pack: Path, name: str) -> str:
    """The one line with which the start stops; it names the file."""
    with pytest.raises(CityError) as caught:
        load_city(str(pack))
    line = str(caught.value)
    assert "\n" not in line
    assert "found" in line
    assert "expected" in line
    assert name in line or name == "city.toml"
    return line


def sheet(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and lines of a CSV file, without its remarks."""
    text = io.StringIO(path.read_text(encoding="utf-8"), newline="")
    rows = [row for row in csv.reader(text) if row and not row[0].startswith("#")]
    return rows[0], rows[1:]


def write(path: Path, header: list[str], lines: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *lines])
    path.write_text(text.getvalue(), encoding="utf-8")


def columns() -> Iterator[tuple[str, str]]:
    for name in SHEETS:
        for column in sheet(PACK / name)[0]:
            yield name, column


def keys() -> Iterator[tuple[str, str]]:
    for name in TABLES:
        for key in dict.fromkeys(match[1] for match in KEY.finditer((PACK / name).read_text(encoding="utf-8"))):
            yield name, key


def test_there_is_something_to_misspell() -> None:
    assert len(SHEETS) >= 15
    assert len(TABLES) >= 7


@pytest.mark.parametrize("name", [name for name in FILES if name not in OPTIONAL])
def test_a_file_removed_is_named(pack: Path, name: str) -> None:
    (pack / name).unlink()
    refused(pack, name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_something_else_is_named(pack: Path, name: str) -> None:
    (pack / name).write_bytes(b"\xff\xfe\x00 not what it should be")
    refused(pack, name)


@pytest.mark.parametrize(("name", "column"), list(columns()))
def test_a_column_removed_or_misspelt_is_named(pack: Path, name: str, column: str) -> None:
    header, lines = sheet(pack / name)
    write(pack / name, [f"{each}x" if each == column else each for each in header], lines)
    assert f"{column}x" in refused(pack, name)
    at = header.index(column)
    write(pack / name, header[:at] + header[at + 1 :], [line[:at] + line[at + 1 :] for line in lines])
    assert repr(column) in refused(pack, name)


@pytest.mark.parametrize(
    ("name", "column"), [found for found in columns() if not FREE.fullmatch(found[1]) and found not in FOREIGN]
)
def test_a_cell_misspelt_is_named_with_its_line(pack: Path, name: str, column: str) -> None:
    header, lines = sheet(pack / name)
    at = header.index(column)
    for number in (0, -1) if lines else ():
        changed = [list(line) for line in lines]
        changed[number][at] = GARBAGE
        write(pack / name, header, changed)
        line = refused(pack, "")
        assert GARBAGE in line or repr(lines[number][at]) in line or name in line
        assert re.search(r"\.(csv|toml):", line)


@pytest.mark.parametrize(("name", "key"), list(keys()))
def test_a_key_removed_or_misspelt_is_named(pack: Path, name: str, key: str) -> None:
    text = (pack / name).read_text(encoding="utf-8")
    pattern = re.compile(rf"(?m)^{key}( *=)")
    (pack / name).write_text(pattern.sub(rf"{key}x\1", text, count=1), encoding="utf-8")
    assert f"{key}x" in refused(pack, name)
    (pack / name).write_text(re.sub(rf'(?ms)^{key} *= *(?:""".*?"""|[^\n]*)\n', "", text, count=1), encoding="utf-8")
    assert repr(key) in refused(pack, name)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_removed_or_misspelt_is_named(pack: Path, name: str) -> None:
    text = (pack / name).read_text(encoding="utf-8")
    words = [word for word, found in tomllib.loads(text).items() if isinstance(found, list)]
    for word in words:
        (pack / name).write_text(text.replace(f"[[{word}]]", f"[[{word}x]]"), encoding="utf-8")
        assert f"{word}x" in refused(pack, name)


def referenced() -> Iterator[tuple[str, str, str]]:
    """Lines that another file names: (file, key, where it is named)."""
    named: dict[str, str] = {}
    for name in SHEETS:
        header, lines = sheet(PACK / name)
        for at, column in enumerate(header):
            for line in lines:
                if at and not FREE.fullmatch(column):
                    for word in line[at].split():
                        named.setdefault(word, name)
                elif column in {"device", "commodity", "market", "service", "zone", "kind", "channel"}:
                    named.setdefault(line[at], name)
    for name in ("agencies.csv", "districts.csv", "subdistricts.csv", "devices.csv", "commodities.csv", "channels.csv"):
        if (PACK / name).exists():
            header, lines = sheet(PACK / name)
            found = [(line[0], named[line[0]]) for line in lines if named.get(line[0], name) != name]
            yield from ((name, key, where) for key, where in found[:2])


@pytest.mark.parametrize(("name", "key", "where"), list(referenced()))
def test_a_line_that_others_need_cannot_be_removed(pack: Path, name: str, key: str, where: str) -> None:
    header, lines = sheet(pack / name)
    write(pack / name, header, [line for line in lines if line[0] != key])
    line = refused(pack, "")
    assert repr(key) in line or where in line

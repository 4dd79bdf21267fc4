"""The readers of pack files: CSV with exactly the named columns, TOML with exactly the named keys."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sensors.pack.entry import CityError, Entry


def entries(path: Path, columns: Sequence[str], at_least: int = 1, *, optional: Sequence[str] = ()) -> list[Entry]:
    """The lines of a CSV file: UTF-8, with exactly the named columns, `#` starts a comment line; 0 or 1 `at_least`.

    Columns that are `optional` may be missing: their cells are empty then.
    """
    unsaid = dict.fromkeys(optional, "")
    lines: list[Entry] = []
    header: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if not cells or cells[0].startswith("#"):
                    continue
                here = f"{shown(path)}:{reader.line_num}"
                if not header:
                    header = _header(here, cells, columns, optional)
                    continue
                if len(cells) != len(header):
                    raise CityError(f"{here}: found {len(cells)} cells, expected {len(header)}: {','.join(header)}")
                lines.append(Entry(here, "column", unsaid | dict(zip(header, map(str.strip, cells), strict=True))))
    except OSError as error:
        raise CityError(f"{shown(path)}: found no readable file ({error.strerror}), expected CSV") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CityError(f"{shown(path)}: found bytes that are not CSV in UTF-8 ({error}), expected CSV") from None
    if not header or len(lines) < at_least:
        raise CityError(f"{shown(path)}: found no entry, expected a header and at least one line")
    return lines


def tables(path: Path) -> dict[str, Any]:
    """A TOML file as it is. Raises `CityError` with the parser's line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CityError(f"{shown(path)}: found no readable file ({error.strerror}), expected TOML") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CityError(f"{shown(path)}: found no valid TOML ({error}), expected TOML") from None


def table(where: str, found: object, keys: Sequence[str]) -> Entry:
    """One TOML table with exactly the named keys, each a text, number, day or truth."""
    if not isinstance(found, dict):
        raise CityError(f"{where}: found {found!r}, expected a table with {', '.join(keys)}")
    _check_names(where, "key", list(found), keys)
    return Entry(where, "key", {key: _as_text(where, key, found[key]) for key in keys})


def shown(path: Path) -> str:
    """The path as a person who starts the room would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _header(where: str, cells: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    _check_names(where, "column", names, [*columns, *(name for name in optional if name in names)])
    if len(names) != len(set(names)):
        raise CityError(f"{where}: found a column twice in {','.join(names)}, expected each once")
    return names


def _check_names(where: str, word: str, found: Sequence[str], expected: Sequence[str]) -> None:
    for name in found:
        if name not in expected:
            raise CityError(f"{where}: found unknown {word} {name!r}, expected {', '.join(expected)}")
    for name in expected:
        if name not in found:
            raise CityError(f"{where}: found no {word} {name!r}, expected {', '.join(expected)}")


def _as_text(where: str, key: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, int, float)):
        return str(value).strip()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise CityError(f"{where}: key {key!r}: found {value!r}, expected a text, a number, a day or true/false")

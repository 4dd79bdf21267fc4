"""Items as CSV (RFC 4180, UTF-8): a header row, then one row an item; no cell is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(kind: type[BaseModel], items: Sequence[BaseModel]) -> str:
    """Return the rows of `items`, all of class `kind`, with its fields as columns."""
    out = io.StringIO()
    rows = csv.writer(out)
    columns = list(kind.model_fields)
    rows.writerow(columns)
    rows.writerows([cell(getattr(item, column)) for column in columns] for item in items)
    return out.getvalue()


def cell(value: object) -> str:
    """Return one value as text; text that a spreadsheet would compute is quoted with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, list):
        return cell(" ".join(map(str, value)))
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

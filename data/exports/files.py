"""Writing the four forms. Each takes a source and an outlet, and holds no more than some thousand rows."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from data.errors import DataError
from data.exports.order import Form
from data.exports.outlet import Outlet
from data.exports.source import Piece, Source

BOM = b"\xef\xbb\xbf"
_PIECE = 256 * 1024
_GROUP_BYTES = 8 * 1024 * 1024
"""So much of Arrow's memory becomes one row group of a Parquet file: some hundred thousand readings."""


class TooLong(DataError):  # noqa: N818 - said as people say it
    """A form cannot hold so many rows."""


def write_csv(source: Source, out: Outlet) -> None:
    """CSV (RFC 4180, UTF-8), written by the database itself."""
    if source.order.bom:
        out.write(BOM)
    _pass_on(source.copied(safe=True), out.write)


def write_parquet(source: Source, out: Outlet) -> None:
    """Parquet, made of the database's own CSV: what reads and packs it is native code."""
    import pyarrow as pa  # noqa: PLC0415 - only this form pays for loading it
    from pyarrow import csv, parquet  # noqa: PLC0415

    pa.set_memory_pool(pa.system_memory_pool())  # the others keep what was given back
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    types = {
        "word": pa.dictionary(pa.int32(), pa.string()), "text": pa.string(), "number": pa.float64(),
        "time": pa.timestamp("us", source.order.zone), "truth": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema([(field.name, types[field.sort]) for field in source.order.fields])
    schema = schema.with_metadata({f"liveroom:{name}": said for name, said in source.order.sheet.items()})
    words = [field.name for field in source.order.fields if field.sort == "word"]
    convert = csv.ConvertOptions(
        column_types=schema, null_values=[""], true_values=["t"], false_values=["f"], strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )  # fmt: skip
    with (
        _piped(source) as lines,
        parquet.ParquetWriter(out, schema, compression="zstd", use_dictionary=words) as writer,
    ):
        reading = csv.open_csv(
            lines,
            read_options=csv.ReadOptions(use_threads=False, block_size=256 * 1024),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=convert,
        )
        held, size = list[Any](), 0
        for batch in reading:
            held.append(batch)
            size += batch.nbytes
            if size > _GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(held, schema))
                held, size = [], 0
        if held:
            writer.write_table(pa.Table.from_batches(held, schema))


def write_workbook(source: Source, out: Outlet) -> None:
    """XLSX: a sheet of rows with types, and one that says where they are from. Raises `TooLong` for too many rows."""
    import xlsxwriter  # noqa: PLC0415

    order = source.order
    if source.longer_than(order.most_rows):
        raise TooLong(f"more than {order.most_rows} rows: expected a shorter time, or CSV or Parquet")
    zone = ZoneInfo(order.zone)
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(path), options) as book:
            times = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            bold = book.add_format({"bold": True})
            data = book.add_worksheet("Data")
            data.freeze_panes(1, 0)
            data.set_column(0, len(order.fields) - 1, 20)
            data.write_row(0, 0, [field.name for field in order.fields], bold)
            for line, row in enumerate(source.fetched(), 1):
                for column, value in enumerate(row):
                    _write_cell(data, line, column, value, times, zone)
            about = book.add_worksheet("Sumber")
            about.set_column(0, 0, 24)
            about.set_column(1, 1, 100)
            for line, (name, said) in enumerate(order.sheet.items()):
                about.write_string(line, 0, name, bold)
                about.write_string(line, 1, said)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                out.write(piece)


def write_geojson(source: Source, out: Outlet) -> None:
    """GeoJSON (RFC 7946): one point a row that has a position."""
    names = [field.name for field in source.order.fields]
    zone = ZoneInfo(source.order.zone)
    encode = msgspec.json.Encoder(decimal_format="number").encode

    def features() -> Iterable[bytes]:
        between = b""
        yield b'{"type":"FeatureCollection","features":[\n'
        for lon, lat, *values in source.fetched(placed=True):
            told = {name: _local(value, zone) for name, value in zip(names, values, strict=True)}
            point = {"type": "Point", "coordinates": [lon, lat]}
            yield between + encode({"type": "Feature", "geometry": point, "properties": told})
            between = b",\n"
        yield b"\n]}\n"

    _pass_on(features(), out.write)


WRITERS: Mapping[Form, Callable[[Source, Outlet], None]] = MappingProxyType(
    {"csv": write_csv, "xlsx": write_workbook, "parquet": write_parquet, "geojson": write_geojson}
)


def _pass_on(lines: Iterable[Piece], write: Callable[[bytes], object]) -> None:
    """Write lines in pieces: a system call a line would cost more than the line."""
    held, size = list[Piece](), 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            write(b"".join(held))
            held, size = [], 0
    write(b"".join(held))


class _piped:  # noqa: N801 - used as a context, like a function
    """The lines of a source as a file that one reads while a thread still writes it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._failed: BaseException | None = None
        reading, writing = os.pipe()
        self._reading, self._writing = os.fdopen(reading, "rb"), os.fdopen(writing, "wb", buffering=0)
        self._thread = threading.Thread(target=self._fill, daemon=True)

    def __enter__(self) -> Any:  # noqa: ANN401 - what pyarrow takes for a file
        self._thread.start()
        return self._reading

    def __exit__(self, *_: object) -> None:
        self._reading.close()
        self._thread.join()
        if self._failed is not None:
            raise self._failed

    def _fill(self) -> None:
        try:
            with self._writing:
                _pass_on(self._source.copied(safe=False), self._write_all)
        except BrokenPipeError:
            pass  # the reader has had enough: its own error says why
        except Exception as error:  # noqa: BLE001 - raised again where the file is read
            self._failed = error

    def _write_all(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            rest = rest[self._writing.write(rest) :]


def _write_cell(sheet: Any, line: int, column: int, value: object, times: object, zone: ZoneInfo) -> None:  # noqa: ANN401
    """Numbers, times and truths as such; everything else as text, which is never a formula."""
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, column, value.astimezone(zone).replace(tzinfo=None), times)
    elif value is not None:
        sheet.write_string(line, column, str(value))


def _local(value: object, zone: ZoneInfo) -> object:
    return value.astimezone(zone) if isinstance(value, datetime) else value

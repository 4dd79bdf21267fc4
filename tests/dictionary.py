"""`python -m tests.dictionary`: the views of docs/analysis.md, from the comments of the database."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg

from data.migrations import migrate
from tests import servers

PATH = Path(__file__).resolve().parents[1] / "docs" / "analysis.md"
BEGIN, END = "<!-- views: python -m tests.dictionary -->", "<!-- end of views -->"


def described(url: str) -> str:
    """The views with their columns, as the document has them."""
    found: list[str] = []
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT tampilan, keterangan_tampilan, kolom, tipe, keterangan FROM analisis.kamus "
            "ORDER BY tampilan, urutan"
        ).fetchall()
    view = ""
    for name, about, column, sort, meaning in rows:
        if name != view:
            found += [
                "",
                f"### `analisis.{name}`",
                "",
                f"{about}.",
                "",
                "| kolom | tipe | keterangan |",
                "|---|---|---|",
            ]
            view = name
        found.append(f"| `{column}` | {sort} | {meaning} |")
    return "\n".join(found).strip()


def main() -> None:
    """Write it."""
    text = PATH.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="dictionary-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = servers.new_postgres(folder / "postgres")
        postgres.start()
        try:
            migrate(postgres.url)
            views = described(postgres.url)
        finally:
            postgres.stop()
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PATH.write_text(f"{before}{BEGIN}\n{views}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()

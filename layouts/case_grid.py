"""The list of cases as a grid: its columns, its words and how a case becomes one of its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import dash_ag_grid as dag

from layouts import case_table, case_words, links
from layouts.formats import NOTHING
from layouts.panel import Context, Row

GRID = "case-grid"
PAGE_SIZE = 25
_COLUMNS = (
    ("case", "Kasus", 220, "Link"), ("about", "Kategori", 220, ""), ("service", "Layanan", 130, ""),
    ("status", "Keadaan", 150, "Status"), ("due", "Tenggat", 300, "Status"), ("agency", "OPD", 140, ""),
    ("place", "Tempat", 200, ""), ("opened", "Masuk", 190, ""), ("changed", "Terakhir berubah", 190, ""),
    ("summary", "Ringkasan", 380, ""),
)  # fmt: skip
_SORTED = frozenset({"about", "service", "status", "agency", "place", "opened", "changed"})
_NEWEST_FIRST = frozenset({"opened", "changed"})
WORDS = {
    "page": "Halaman", "to": "sampai", "of": "dari", "more": "lebih", "next": "Berikutnya", "last": "Terakhir",
    "first": "Pertama", "previous": "Sebelumnya", "loadingOoo": "Memuat…", "loadingError": "Gagal memuat",
    "noRowsToShow": "Tidak ada kasus dengan saringan ini", "pageSizeSelectorLabel": "Baris per halaman:",
    "ariaSortableColumn": "Tekan ENTER untuk mengurutkan",
    "ariaColumn": "Kolom", "ariaRowSelect": "Tekan SPASI untuk memilih baris",
    "ariaPageSizeSelectorLabel": "Baris per halaman",
    "firstPage": "Halaman pertama", "lastPage": "Halaman terakhir", "nextPage": "Halaman berikutnya",
    "previousPage": "Halaman sebelumnya", "ariaLabelLoading": "Memuat",
}  # fmt: skip
"""AG Grid's own words in Bahasa Indonesia."""


Say: TypeAlias = Callable[[str], str]
"""What says a text in the language of the page; `str` where that is the one in which it is written."""


def grid(say: Say = str) -> dag.AgGrid:
    """The empty grid; its rows come page by page."""
    return dag.AgGrid(
        id=GRID,
        rowModelType="infinite",
        columnDefs=[_column(*each, say=say) for each in _COLUMNS],
        defaultColDef={"resizable": True, "sortable": False, "suppressHeaderMenuButton": True},
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {"function": "liveRoom(themeQuartz)"},
            "localeText": {name: say(words) for name, words in WORDS.items()} | _separators(say),
            "pagination": True,
            "paginationPageSize": PAGE_SIZE,
            "paginationPageSizeSelector": False,
            "cacheBlockSize": PAGE_SIZE,
            "maxBlocksInCache": 4,
            "domLayout": "autoHeight",
            "ensureDomOrder": True,
            "suppressColumnVirtualisation": True,
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
            "animateRows": False,
        },
        style={"height": None, "width": "100%"},
    )


def row_of(row: Row, context: Context, say: Say = str) -> dict[str, Any]:
    """A case of `case_list` as words."""
    city, service = context.city, context.city.services.get(row["service"])
    words, rank = case_words.status(service, row["status"])
    due = case_table.due_of(row, city)
    late = due is not None and due.overdue(context.now)
    return {
        "id": f"{row['service']}/{row['case_id']}",
        "href": links.case(row["service"], row["case_id"]),
        "case": row["case_id"],
        "about": say(case_words.category(row, city)),
        "service": say(case_words.service(row, city)),
        "status": {"words": say(words), "rank": rank},
        "due": {
            "words": say(
                f"{'■ lewat' if late else '○'} {case_words.due_day(due, city)} · {case_words.limit(due.stage)}"
                if due
                else NOTHING
            ),
            "rank": 3 if late else 0,
        },
        "agency": say(case_words.agency(row["agency"], city)),
        "place": say(case_words.place(row["subdistrict"], city)),
        "opened": say(case_words.at(row["opened_at"], city)),
        "changed": say(case_words.at(row["status_at"], city)),
        "summary": row["summary"] or "",
    }


def _separators(say: Say) -> dict[str, str]:
    """How the language groups and points its figures, as it writes one."""
    thousands, *_, point = (each for each in say("1.234,5") if not each.isdigit())
    return {"thousandSeparator": thousands, "decimalSeparator": point}


def _column(field: str, title: str, width: int, drawn: str, *, say: Say) -> dict[str, Any]:
    column: dict[str, Any] = {"field": field, "headerName": say(title), "width": width, "sortable": field in _SORTED}
    if field in _NEWEST_FIRST:
        column["sortingOrder"] = ["desc", "asc", None]
    return column | ({"cellRenderer": f"Case{drawn}"} if drawn else {})

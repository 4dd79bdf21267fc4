"""The document of a question by its address: its name, its bytes, how it is refused, and whom it does not hold up."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator

import pytest

from deploy.local.postgres import Postgres
from tests import printed, servers
from tests.analysis import FROM, TO, write_past
from tests.integration.test_analysis import DAYS, REFUSED, address, answered
from tests.integration.test_http import Dashboard, started, until

pytestmark = pytest.mark.integration

PATH = "/laporan/jelajah.pdf"


@pytest.fixture(scope="module")
def room(shared_postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        write_past(url)
        with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url) as running:
            until(lambda: running.get("/readyz")[0] == http.client.OK)
            yield running


def test_it_comes_with_its_name_and_the_same_bytes_again(room: Dashboard) -> None:
    path = address(PATH, stream="readings", kind="pm25", step="day", **DAYS)
    status, headers, made = room.get(path)
    assert (status, headers["content-type"]) == (http.client.OK, "application/pdf")
    assert made.startswith(b"%PDF-")
    assert headers["content-disposition"] == f'inline; filename="jelajah-readings-day-{FROM}-{TO}.pdf"'
    assert room.get(path)[2] == made
    status, _, again = room.get(path, if_none_match=headers["etag"])
    assert (status, again) == (http.client.NOT_MODIFIED, b"")


def test_the_page_leads_to_it_with_all_that_it_asks(room: Dashboard) -> None:
    asked = {"kind": "pm25", "step": "hour", "from": "2026-11-20", "to": "2026-11-20", "versus": "2026-11-19"}
    page = answered(room, "/jelajah/hasil", **asked, rows="10").decode()
    link = page.partition('id="explorer-document"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    text = printed.text_of(answered(room, link))
    told = json.loads(answered(room, "/laporan/jelajah.json", **asked))
    other = next(each for each in told["leading"] if each["key"] == "question.other")
    assert other["value"] is not None
    assert f"Pembanding\n{other['words']}\n19 Nov 2026" in text
    assert "jingga: pembanding" in text


@pytest.mark.parametrize("filters", [each for each in REFUSED if not {"after", "rows"} & set(each)])
def test_it_is_refused_in_the_words_of_the_explorer(room: Dashboard, filters: dict[str, str]) -> None:
    status, headers, said = room.get(address(PATH, **filters))
    assert (status, headers["content-type"]) == (http.client.UNPROCESSABLE_ENTITY, "text/plain; charset=utf-8")
    page = room.get(address("/jelajah/hasil", **filters))[2].decode()
    assert said.decode().strip() in page


def test_other_forms_are_not_there(room: Dashboard) -> None:
    status, _, said = room.get("/laporan/jelajah.docx")
    assert (status, "jelajah.docx" in said.decode()) == (http.client.NOT_FOUND, True)


def test_a_question_without_data_is_answered_too(room: Dashboard) -> None:
    told = {"stream": "prices", "commodity": "beras-medium", "from": "2026-01-01", "to": "2026-01-31"}
    assert "Tidak ada data dengan saringan ini." in printed.text_of(answered(room, PATH, **told))

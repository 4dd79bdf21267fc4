"""What docs/analysis.md says of the views is what the database says, and the notebook beside it runs as an analyst."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from data.analyst import remove_analyst
from deploy.local.postgres import Postgres
from tests import servers
from tests.analysis import write_past
from tests.dictionary import BEGIN, END, PATH, described
from tests.integration.test_analysis import PASSWORD
from tests.integration.test_http import ROOT, environment
from tests.pack import CITY

pytestmark = pytest.mark.integration

NOTEBOOK = PATH.with_suffix(".ipynb")
ROLE = "analis_dua"


@pytest.fixture
def url(shared_postgres: Postgres) -> Iterator[str]:
    with servers.database(shared_postgres, servers.TEMPLATE) as found:
        write_past(found)
        yield found


def command(url: str, *arguments: str, said: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    told = environment(PATH.parent, DATABASE_URL=url, **settings)
    return subprocess.run(
        [sys.executable, "-m", "data", *arguments], cwd=ROOT, env=told, input=said, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_document_describes_every_view_with_the_words_of_the_database(url: str) -> None:
    written = PATH.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    assert written == described(url), "run python -m tests.dictionary"


def test_an_operator_makes_a_role_with_which_the_notebook_runs(url: str) -> None:
    refused = command(url, "analyst", "--role", ROLE, said="short\n")
    assert (refused.returncode, refused.stderr) == (
        1,
        "password: expected at least 12 characters, typed or as the first line of input\n",
    )
    made = command(url, "analyst", "--role", ROLE, said=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert PASSWORD not in made.stdout + made.stderr
    try:
        again = command(url, "analyst", "--role", ROLE, said=f"{PASSWORD}\n")
        assert again.returncode == 0, again.stderr
        told = psycopg.conninfo.conninfo_to_dict(url)
        address = f"postgresql://{ROLE}:{PASSWORD}@{told['host']}:{told['port']}/{told['dbname']}"
        cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
        assert [cell["outputs"] for cell in cells if cell["cell_type"] == "code" and cell["outputs"]] == []
        script = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        ran = subprocess.run(
            [sys.executable, "-W", "error", "-c", script], env={"ANALIS_URL": address, "PATH": ""}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
    finally:
        remove_analyst(url, ROLE)


def test_a_role_that_writes_is_nobodys_analyst(url: str) -> None:
    owner = psycopg.conninfo.conninfo_to_dict(url)["user"]
    assert owner
    for arguments in (("--role", str(owner)), ("--role", str(owner), "--remove")):
        refused = command(url, "analyst", *arguments, said=f"{PASSWORD}\n")
        assert refused.returncode == 1
        assert "a role that writes" in refused.stderr
    assert "expected small letters" in command(url, "analyst", "--role", 'x"; DROP', said=f"{PASSWORD}\n").stderr


def test_migrate_and_names_write_what_the_pack_calls_things(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DELETE FROM analisis.kecamatan")
        assert command(url, "names").returncode == 0
        found = connection.execute("SELECT kode, nama FROM analisis.kecamatan").fetchall()
        assert dict(found) == {code: each.name for code, each in CITY.districts.items()}
        connection.execute("UPDATE analisis.kecamatan SET nama = 'x'")
        ran = command(url, "migrate")
        assert ran.returncode == 0
        assert re.search(r"\d+ names of Kota Tangerang", ran.stdout)
        assert connection.execute("SELECT count(*) FROM analisis.kecamatan WHERE nama = 'x'").fetchone() == (0,)

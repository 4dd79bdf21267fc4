"""schemathesis against the OpenAPI document over a real server: every answer is one that the document tells."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.test_api import room  # noqa: F401 - the fixture
from tests.integration.test_http import Dashboard

pytestmark = pytest.mark.integration

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method",
)  # fmt: skip
# Not positive_data_acceptance: no schema can say that `from` is before `to`, or that a cursor is one of ours.
# Not readings/live: a stream has no end.
ASKED = 25


def test_every_answer_is_one_that_the_document_tells(room: Dashboard, tmp_path: Path) -> None:  # noqa: F811
    assert room.get("/api/openapi.json")[0] == http.client.OK
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--no-color", "run",
        f"http://127.0.0.1:{room.port}/api/openapi.json", "--checks", ",".join(CHECKS), "--seed", "1",
        "--max-examples", str(ASKED), "--phases", "examples,coverage,fuzzing",
        "--exclude-path", "/api/v1/readings/live",
        "--generation-database", "none", "--request-timeout", "20",
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

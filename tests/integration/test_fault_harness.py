"""Nothing lost, nothing doubled: every fault we know, once, with few messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from deploy.local.postgres import Postgres
from tests.faults.fault import Fault, a_server, run_case
from tests.faults.listed import FAULTS
from tests.faults.stand import SMALL

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A PostgreSQL that cases may break."""
    with a_server() as made:
        yield made


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_nothing_is_lost_or_doubled(
    server: Postgres, fault: Fault, record_property: Callable[[str, object], None]
) -> None:
    counted = run_case(server, fault, SMALL)
    record_property("counted", repr(counted))
    assert counted.sent
    assert fault.kept(counted), counted


def test_the_names_of_the_cases_are_distinct() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20

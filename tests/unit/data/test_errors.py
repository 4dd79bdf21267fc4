from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from data.errors import DatabaseAway, DataError, RowsRefused, SchemaError, translate


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (errors.UniqueViolation("x"), RowsRefused),
        (errors.NumericValueOutOfRange("x"), RowsRefused),
        (errors.ProgramLimitExceeded("x"), RowsRefused),
        (errors.DeadlockDetected("x"), DatabaseAway),
        (errors.SerializationFailure("x"), DatabaseAway),
        (errors.AdminShutdown("x"), DatabaseAway),
        (errors.CannotConnectNow("x"), DatabaseAway),
        (errors.DiskFull("x"), DatabaseAway),
        (errors.TooManyConnections("x"), DatabaseAway),
        (errors.ReadOnlySqlTransaction("x"), DatabaseAway),
        (psycopg.OperationalError("server closed the connection"), DatabaseAway),
        (psycopg.InterfaceError("the connection is closed"), DatabaseAway),
        (psycopg.DataError("cannot contain NUL"), RowsRefused),
        (errors.UndefinedTable("x"), SchemaError),
        (errors.InsufficientPrivilege("x"), DataError),
    ],
)
def test_only_what_the_rows_cause_is_given_up(error: psycopg.Error, meant: type[DataError]) -> None:
    assert type(translate(error)) is meant


def test_a_message_is_one_line() -> None:
    assert str(translate(errors.UniqueViolation("duplicate key\nDETAIL: more"))) == "duplicate key"

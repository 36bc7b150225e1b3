"""Faults of the database that pass: what was asked cannot be done now, and may be asked again."""

from enum import StrEnum
from typing import Any

from sqlalchemy.exc import DBAPIError, TimeoutError

from tcns.database import OutcomeUnknownError


class Fault(StrEnum):
    """What keeps the database from doing what it was asked."""

    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read-only"
    UNREACHABLE = "unreachable"


# SQLite's primary result codes: busy, locked, readonly, ioerr, full, cantopen.
OF_SQLITE = {
    5: Fault.LOCKED,
    6: Fault.LOCKED,
    8: Fault.READ_ONLY,
    10: Fault.UNREACHABLE,
    13: Fault.FULL,
    14: Fault.UNREACHABLE,
}
PRIMARY_CODE = 0xFF
# PostgreSQL's SQLSTATE, else its class: serialization, deadlock, lock not available, canceled;
# connections, resources, intervention of an operator, errors of the system beneath.
OF_POSTGRESQL = {
    "40001": Fault.LOCKED,
    "40P01": Fault.LOCKED,
    "55P03": Fault.LOCKED,
    "57014": Fault.LOCKED,
    "25006": Fault.READ_ONLY,
    "53100": Fault.FULL,
    "08": Fault.UNREACHABLE,
    "53": Fault.UNREACHABLE,
    "57": Fault.UNREACHABLE,
    "58": Fault.UNREACHABLE,
}


def fault_of(error: BaseException | None) -> Fault | None:
    """What kept the database from it, if that may pass; None where asking again is no use."""
    if isinstance(error, (OutcomeUnknownError, TimeoutError)):
        return Fault.UNREACHABLE
    if not isinstance(error, DBAPIError):
        return None
    if error.connection_invalidated:
        return Fault.UNREACHABLE
    return fault_of_driver(error.orig)


def fault_of_driver(error: Any) -> Fault | None:
    """The same of an error as the driver raised it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return OF_SQLITE.get(code & PRIMARY_CODE)
    if not hasattr(error, "sqlstate"):
        return None
    state = error.sqlstate
    if state is None:  # the server was never reached, or hung up without a word
        return Fault.UNREACHABLE if type(error).__name__ == "OperationalError" else None
    return OF_POSTGRESQL.get(state) or OF_POSTGRESQL.get(state[:2])

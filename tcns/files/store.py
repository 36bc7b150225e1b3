"""Where files are kept: under random names, out of reach of the web, open to this system alone.

A directory that every process of the installation reaches, or a bucket of an S3 service; who may
see a file is asked of the record that holds its key, never of the store.
"""

import errno
import os
import re
import secrets
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Protocol

from flask import current_app

KEY = re.compile(r"[a-z]+/[0-9a-f]{32}")
# The disk takes nothing now, and may later.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class NoSuchFile(Exception):
    """There is no file under a key, or none any more."""


def new_key(folder: str) -> str:
    """A key that nobody can guess."""
    return f"{folder}/{secrets.token_hex(16)}"


class StoreUnreachable(Exception):
    """The store cannot be used now; it may be later."""


class FileStore(Protocol):
    """Files under keys; a key tells nothing of what it holds."""

    def put(self, folder: str, content: bytes) -> str:
        """Keep a file; its key."""

    def write(self, key: str, content: bytes) -> None:
        """Keep a file under a key that was chosen already, in place of what was there."""

    def read(self, key: str) -> bytes:
        """A file's content; raises NoSuchFile."""

    def delete(self, key: str) -> None:
        """Delete a file, if it is there."""

    def delete_others(self, folder: str, kept: Container[str], before: datetime) -> int:
        """Delete the files of a folder last written before a moment, but for some; how many."""


class DirectoryStore:
    """Files in a directory: written whole or not at all, readable by their owner alone."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, folder: str, content: bytes) -> str:
        """Keep a file; its key."""
        key = new_key(folder)
        self.write(key, content)
        return key

    def write(self, key: str, content: bytes) -> None:
        """Keep a file under a key that was chosen already, in place of what was there.

        Raises StoreUnreachable where the disk has no room for it.
        """
        path = self._path(key)
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_through(unfinished, content)
            unfinished.rename(path)
            sync_folder(path.parent)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            if error.errno in NO_ROOM:
                raise StoreUnreachable(key) from error
            raise

    def read(self, key: str) -> bytes:
        """A file's content; raises NoSuchFile."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise NoSuchFile(key) from error

    def delete(self, key: str) -> None:
        """Delete a file, if it is there."""
        if KEY.fullmatch(key):
            self._path(key).unlink(missing_ok=True)

    def delete_others(self, folder: str, kept: Container[str], before: datetime) -> int:
        """Delete the files of a folder last written before a moment, but for some; how many.

        So go files whose record was never written, and those whose writing was cut off.
        """
        found = [path for path in (self.root / folder).glob("*") if path.is_file()]
        old = [path for path in found if path.stat().st_mtime < before.timestamp()]
        gone = [path for path in old if f"{folder}/{path.name}" not in kept]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _path(self, key: str) -> Path:
        """Where the file of a key lies; raises NoSuchFile for what is no key."""
        if not KEY.fullmatch(key):
            raise NoSuchFile(key)
        return self.root / key


def write_through(path: Path, content: bytes) -> None:
    """Write a new file that is on the disk before this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Have the names of a folder on the disk: a record is committed after its file, and must not
    outlive it when the power fails."""
    number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def file_store() -> FileStore:
    """The store of this installation."""
    bucket = current_app.config["TCNS"].bucket
    if bucket is None:
        return DirectoryStore(current_app.config["TCNS"].files_directory)
    from tcns.files.bucket import bucket_store  # noqa: PLC0415 - only where a bucket is set

    return bucket_store(bucket)


def files_directory() -> Path | None:
    """The directory of the store; None where it is a bucket."""
    settings = current_app.config["TCNS"]
    return None if settings.bucket else settings.files_directory

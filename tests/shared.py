"""What all workers of one run share: a temporary directory, and what is made in it once."""

import fcntl
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

VARIABLE = "TCNS_TESTS_DIRECTORY"
# Where files are kept in memory, and a commit waits for no disk: with the settings of a real
# installation tests would wait for it ten thousand times. A run fills 200 MB.
IN_MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 2**30

Made = TypeVar("Made")


def open_shared_directory() -> None:
    """Make the directory; its path stays short, for the socket of PostgreSQL lies in it."""
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="tcns-", dir=place())


def place() -> Path | None:
    """Memory, where the system keeps files in it and has room; else where temporary files lie."""
    is_there = os.access(IN_MEMORY, os.W_OK) and "TMPDIR" not in os.environ
    return IN_MEMORY if is_there and shutil.disk_usage(IN_MEMORY).free > ENOUGH_BYTES else None


def shared_directory() -> Path:
    """The directory of this run."""
    return Path(os.environ[VARIABLE])


def remove_shared_directory() -> None:
    """Remove the directory with everything in it."""
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


def made_once(name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns: the first worker to come makes it, the others wait and read it."""
    result = shared_directory() / f"{name}.pickle"
    with (shared_directory() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_bytes(pickle.dumps(make()))
        made: Made = pickle.loads(result.read_bytes())
    return made

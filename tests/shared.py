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

Made = TypeVar("Made")


def open_shared_directory() -> None:
    """Make the directory; its path stays short, for the socket of PostgreSQL lies in it."""
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="tcns-")


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

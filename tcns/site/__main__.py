"""python -m tcns.site prepare | serve | run | dev: what `make` and the service unit call."""

import os
import sys
from collections.abc import Callable

from tcns.site.instance import prepare_instance
from tcns.site.server import (
    DEVELOPMENT_COMMAND,
    JOBS_COMMAND,
    check_address,
    keep_running,
    serve,
    start,
)


def prepare() -> None:
    """Bring secret key, settings and database up to date."""
    # Not above: the process that only watches over the server needs no application.
    from tcns.site.preparation import prepare_database  # noqa: PLC0415

    prepare_instance()
    prepare_database()


def run() -> None:
    """Prepare, then serve and do the long work; a port in use is found before all that."""
    check_address()
    prepare()
    serve(with_jobs=True)


def develop() -> None:
    """Prepare, then serve what is being changed; the long work is read again by a new start."""
    check_address()
    prepare()
    keep_running([start(DEVELOPMENT_COMMAND), start(JOBS_COMMAND)])


COMMANDS: dict[str, Callable[[], None]] = {
    "prepare": prepare,
    "serve": serve,
    "run": run,
    "dev": develop,
}

if __name__ == "__main__":
    os.umask(0o077)  # the database and what lies beside it are nobody else's to read
    try:
        COMMANDS[sys.argv[1]]()
    except KeyboardInterrupt:
        sys.exit("Interrupted. What was half done is undone; the same command goes on from there.")

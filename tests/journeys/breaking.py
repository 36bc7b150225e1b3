"""The site as it is served, but dying at the moment its test names, or finding its disk full.

A file in the instance directory names the fault; a process that dies of it takes the file along.
"""

import errno
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from tcns.activities.models import Photograph
from tcns.database import db
from tcns.files import store
from tcns.phone import views
from tests.journeys.cutting import COMMITTED, FULL, HALF, RECEIVED, STORED, UNCOMMITTED
from wsgi import app as site

FAULT = Path(os.environ["TCNS_INSTANCE"]) / "fault"
PHOTOGRAPHS = "/phone/photographs"
write_through, add_photograph = store.write_through, views.add_photograph
thread = threading.local()


def is_to(fault: str) -> bool:
    """Whether this is the fault that is to be."""
    return FAULT.exists() and FAULT.read_text("utf-8") == fault


def die_if(moment: str) -> None:
    """Die as of a kill that nothing can be done about, if that is to be now."""
    if is_to(moment):
        FAULT.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def write_or_fail(path: Path, content: bytes) -> None:
    """Write a file, or half of it where the disk is full or the process is to die."""
    if is_to(HALF) or is_to(FULL):
        write_through(path, content[: len(content) // 2])
        die_if(HALF)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    write_through(path, content)


def add_or_die(*given: Any, **named: Any) -> Photograph:
    """Add a photograph, or die before."""
    die_if(STORED)
    thread.adds = True
    return add_photograph(*given, **named)


def commit_or_die(_connection: Any) -> None:
    """Die where a photograph is about to be committed, if that is to be."""
    if getattr(thread, "adds", False):
        die_if(UNCOMMITTED)


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """What the server runs."""
    is_photograph = environ["PATH_INFO"] == PHOTOGRAPHS
    thread.adds = False
    if is_photograph:
        die_if(RECEIVED)
    answer = site(environ, start_response)
    if is_photograph:
        die_if(COMMITTED)
    return answer


store.write_through = write_or_fail
views.add_photograph = add_or_die
with site.app_context():
    event.listen(db.engine, "commit", commit_or_die)

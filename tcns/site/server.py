"""Serve with waitress: the same server for a trial on one's own machine and behind a proxy.

Here stands the process that watches over the others; tcns.site.worker is what each of them does.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple, NoReturn, TypeAlias

from tcns.config import ROOT, environment, settings_from

APPLICATION = "wsgi:app"
LARGEST_PORT, MOST_WORKERS, MOST_SECONDS = 65535, 64, 3600
# Connections that wait until a worker takes them.
BACKLOG = 1024
LOOK_EVERY_SECONDS = 0.2
WORKER_COMMAND = [sys.executable, "-m", "tcns.site.worker"]
JOBS_COMMAND = [sys.executable, "-m", "flask", "jobs", "work"]
DEVELOPMENT_COMMAND = [sys.executable, "-m", "tcns.site.development"]

Process: TypeAlias = "subprocess.Popen[bytes]"


class Address(NamedTuple):
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address as one types it into a browser."""
        return f"http://{self.host}:{self.port}"


def address() -> Address:
    """Where to listen: TCNS_ADDRESS and TCNS_PORT, else 127.0.0.1:8000.

    `make run PORT=8001` goes before a TCNS_PORT of the settings file. Ends the process where that
    is no port.
    """
    chosen = environment()
    ports = (os.environ.get("TCNS_PORT"), os.environ.get("PORT"), chosen.get("TCNS_PORT"))
    port = next(filter(None, ports), "8000")
    number = number_in(port, LARGEST_PORT)
    if number is None:
        sys.exit(f"The port must be a number from 1 to {LARGEST_PORT}, not {port!r}.")
    return Address(chosen.get("TCNS_ADDRESS", "127.0.0.1"), number)


def worker_count() -> int:
    """How many processes serve: TCNS_WORKERS, else 2; ends the process where that is no number."""
    return chosen_number("TCNS_WORKERS", "2", MOST_WORKERS)


def request_seconds() -> int:
    """How long a visitor may take: TCNS_REQUEST_SECONDS, else 30; see tcns.site.deadlines."""
    return chosen_number("TCNS_REQUEST_SECONDS", "30", MOST_SECONDS)


def chosen_number(setting: str, default: str, largest: int) -> int:
    """What a setting says; ends the process where that is no number from 1 to `largest`."""
    chosen = environment().get(setting) or default
    number = number_in(chosen, largest)
    if number is None:
        sys.exit(f"{setting} must be a number from 1 to {largest}, not {chosen!r}.")
    return number


def number_in(text: str, largest: int) -> int | None:
    """The whole number that a text is, if it is one from 1 to `largest`."""
    is_short = text.isdecimal() and len(text) <= len(str(largest))
    return int(text) if is_short and 0 < int(text) <= largest else None


def listen() -> socket.socket:
    """Listen there; ends with a clear line when somebody already does, or nobody may."""
    wanted = address()
    try:
        return socket.create_server(wanted, backlog=BACKLOG)
    except OSError as error:
        sys.exit(
            f"Cannot serve on {wanted.url}: {error.strerror}. Stop what listens there, or "
            "choose another port: make run PORT=8001"
        )


def check_address() -> None:
    """End with a clear line when one cannot listen there."""
    listen().close()


def serve(*, with_jobs: bool = False) -> None:
    """Serve until Ctrl-C, or the service manager's signal, ends it; then end with its exit code.

    With jobs, the process that does the long work begins and ends with the server; a service
    manager has a unit of its own for it.
    """
    settings_from()  # ends the process where one is missing or unfit
    workers = start_workers()
    keep_running([*workers, start(JOBS_COMMAND)] if with_jobs else workers)


def keep_running(processes: Sequence[Process]) -> NoReturn:
    """Wait until one of these ends, or we are told to end; then end all."""
    print(f"Serving on {address().url}  (Ctrl-C ends it)", flush=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop(processes))
    sys.exit(wait_for(processes))


def start_workers(application: str = APPLICATION) -> list[Process]:
    """Start the processes that serve, all on one socket: whichever is free takes a connection.

    A worker that fails ends the server, and the service manager starts it again.
    """
    workers, seconds = worker_count(), str(request_seconds())
    with listen() as listener:
        number = listener.fileno()
        command = [*WORKER_COMMAND, str(number), seconds, application]
        return [start(command, number) for _worker in range(workers)]


def start(command: Sequence[str], *files: int) -> Process:
    """Start a process in a session of its own, where a Ctrl-C does not reach it, but we do."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, pass_fds=files)


def wait_for(processes: Sequence[Process]) -> int:
    """Wait until one ends, have the others end as well; the exit code of the first that failed.

    One that was told to stop before it could listen for that has not failed.
    """
    while all(process.poll() is None for process in processes):
        time.sleep(LOOK_EVERY_SECONDS)
    stop(processes)
    codes = [process.wait() for process in processes]
    return next((code for code in codes if code not in (0, -signal.SIGTERM)), 0)


def stop(processes: Sequence[Process]) -> None:
    """Tell each once to stop."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        process.terminate()

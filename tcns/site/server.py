"""Serve with granian: the same server for a trial on one's own machine and behind a proxy."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple, NoReturn, TypeAlias

from tcns.config import ROOT, environment, settings_from

THREADS_PER_WORKER = 4
LONGEST_STOP_SECONDS = 5
LARGEST_PORT, MOST_WORKERS = 65535, 64
LOOK_EVERY_SECONDS = 0.2
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
    chosen = environment().get("TCNS_WORKERS") or "2"
    number = number_in(chosen, MOST_WORKERS)
    if number is None:
        sys.exit(f"TCNS_WORKERS must be a number from 1 to {MOST_WORKERS}, not {chosen!r}.")
    return number


def number_in(text: str, largest: int) -> int | None:
    """The whole number that a text is, if it is one from 1 to `largest`."""
    is_short = text.isdecimal() and len(text) <= len(str(largest))
    return int(text) if is_short and 0 < int(text) <= largest else None


def check_address() -> None:
    """End with a clear line when somebody already listens there, or nobody may."""
    wanted = address()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(wanted)
        except OSError as error:
            sys.exit(
                f"Cannot serve on {wanted.url}: {error.strerror}. Stop what listens there, or "
                "choose another port: make run PORT=8001"
            )


def serve(*, with_jobs: bool = False) -> None:
    """Serve until Ctrl-C, or the service manager's signal, ends it; then end with its exit code.

    With jobs, the process that does the long work begins and ends with the server; a service
    manager has a unit of its own for it.
    """
    keep_running([server_command(), JOBS_COMMAND] if with_jobs else [server_command()])


def keep_running(commands: Sequence[list[str]]) -> NoReturn:
    """Run the server and what belongs to it until one ends or is told to; then end all.

    Each runs in a session of its own, where a Ctrl-C does not reach it: a worker that is told twice
    to stop, by the terminal and by us, may hang.
    """
    check_address()
    settings_from()  # ends the process where one is missing or unfit
    print(f"Serving on {address().url}  (Ctrl-C ends it)", flush=True)
    processes = [subprocess.Popen(c, cwd=ROOT, start_new_session=True) for c in commands]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop(processes))
    sys.exit(wait_for(processes))


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


def server_command(application: str = "wsgi:app") -> list[str]:
    """The server's command line: worker processes, each with its threads, no access log.

    A worker that fails ends the server, and the service manager starts it again.
    """
    host, port = address()
    options = {
        "interface": "wsgi",
        "host": host,
        "port": str(port),
        "workers": str(worker_count()),
        "blocking-threads": str(THREADS_PER_WORKER),
        "workers-kill-timeout": str(LONGEST_STOP_SECONDS),
        "log-level": "warning",
    }
    named = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "granian", *named, "--no-ws", application]

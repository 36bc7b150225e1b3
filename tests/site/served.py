"""The site under its real server: processes of its own on a port of its own."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tcns.config import ROOT
from tests import demonstration
from tests.shared import made_once, shared_directory

LONGEST_START_SECONDS = 60
LONGEST_ANSWER_SECONDS = 60


@dataclass
class Site:
    """A site that runs: the process that watches over its workers, and its port."""

    process: subprocess.Popen[str]
    port: int

    def connect(self) -> socket.socket:
        """A connection on which nothing has been sent yet."""
        return socket.create_connection(("127.0.0.1", self.port), LONGEST_ANSWER_SECONDS)

    def answer_to(self, sent: bytes) -> bytes:
        """Everything that the server says to these bytes until it closes the connection."""
        with self.connect() as connection:
            connection.sendall(sent)
            return rest_of(connection)

    def workers(self) -> list[int]:
        """The process ids of those that serve."""
        number = self.process.pid
        return [
            int(child)
            for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()
        ]


@contextmanager
def busy_port() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_port() -> int:
    """A port on which nobody listens."""
    with busy_port() as port:
        return port


@contextmanager
def running(command: str, chosen: dict[str, str]) -> Iterator[Site]:
    """`python -m tcns.site COMMAND` with these settings and no others of the same kind."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TCNS_")}
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "tcns.site", command],
        cwd=ROOT,
        env=kept | chosen | {"TCNS_PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Site(process, port)
        finally:
            process.terminate()


@contextmanager
def serving(directory: Path, request_seconds: int, workers: int = 1) -> Iterator[Site]:
    """A site with an empty database, which answers, and whose visitors have so many seconds.

    One worker must bear alone what several would share, and starts in half the time.
    """
    directory.mkdir()
    shutil.copy(made_once("empty-site", _build), directory)
    chosen = demonstration.settings(directory)
    chosen |= {"TCNS_REQUEST_SECONDS": str(request_seconds), "TCNS_WORKERS": str(workers)}
    with running("serve", chosen) as site:
        assert status(site.port, "/sign-in") == http.client.OK
        yield site


def _build() -> str:
    """Migrate an empty database; its file."""
    directory = shared_directory() / "empty-site"
    directory.mkdir()
    command = [sys.executable, "-m", "flask", "db", "upgrade"]
    demonstration.run(command, demonstration.settings(directory))
    return str(directory / demonstration.DATABASE)


def status(port: int, path: str = "/", host: str = "localhost") -> int:
    """The status of the first answer of a server that may be starting."""
    last_try = time.monotonic() + LONGEST_START_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER_SECONDS)
        try:
            connection.request("GET", path, headers={"Host": host})
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < last_try, "the server did not start"
            time.sleep(0.1)
        finally:
            connection.close()


def rest_of(connection: socket.socket) -> bytes:
    """What comes until the server closes, politely or not; times out when it does not."""
    received = b""
    try:
        while part := connection.recv(65536):
            received += part
    except (ConnectionResetError, BrokenPipeError):
        pass
    return received

"""The site as it is really served: own process, own SQLite file, the demonstration world."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conventions.sources import ROOT
from tests.demonstration import copy_demonstration

PATIENCE_SECONDS = 30


@contextmanager
def served_demonstration(directory: Path) -> Iterator[str]:
    """Serve a copy of the demonstration from `directory`, with its long work; its address."""
    port = free_port()
    chosen = copy_demonstration(directory) | {"TCNS_PORT": str(port), "TCNS_WORKERS": "1"}
    commands = ["tcns.site", "serve"], ["flask", "jobs", "work"]
    with (directory / "server.log").open("w") as log:
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", *c], cwd=ROOT, env=chosen, stdout=log, stderr=log
            )
            for c in commands
        ]
    try:
        wait_for(port, processes[0], directory / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the site answers."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text()}")

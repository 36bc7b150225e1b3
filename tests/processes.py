"""Servers beside the tests: what one process keeps or counts, another must know of."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.conventions.sources import ROOT
from tests.databases import SECRET_KEY
from tests.journeys.server import free_port, wait_for


@contextmanager
def two_servers(database_url: str, directory: Path) -> Iterator[list[int]]:
    """The ports of two servers, each a process of its own, on one database."""
    settings = {
        "TCNS_DATABASE_URL": database_url,
        "TCNS_SECRET_KEY": SECRET_KEY,
        "TCNS_INSTANCE": str(directory),
        "TCNS_PLAIN_HTTP": "1",
    }
    ports = [free_port(), free_port()]
    with ExitStack() as stack:
        for port in ports:
            log = stack.enter_context((directory / f"{port}.log").open("wb"))
            command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "-p", str(port)]
            process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log
            )
            stack.enter_context(process)
            stack.callback(process.terminate)
            wait_for(port, process, directory / f"{port}.log")
        yield ports


@contextmanager
def s3_service(directory: Path) -> Iterator[str]:
    """The address of an S3 service on this machine, without any bucket, and gone afterwards."""
    port, log = free_port(), directory / "s3.log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("wb") as lines, subprocess.Popen(command, stdout=lines, stderr=lines) as process:
        try:
            wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()

"""The site as it is really served: own process, own SQLite file, the demonstration world."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conventions.sources import ROOT

PASSWORD = "mật khẩu của bản minh họa"
PATIENCE_SECONDS = 30


def settings(directory: Path, port: int) -> dict[str, str]:
    """The environment of the site: a trial on this machine alone, nothing from outside."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TCNS_")}
    return outside | {
        "FLASK_APP": "wsgi.py",
        "TCNS_INSTANCE": str(directory),
        "TCNS_SECRET_KEY": secrets.token_hex(32),
        "TCNS_PLAIN_HTTP": "1",
        "TCNS_DEMO_PASSWORD": PASSWORD,
        "TCNS_PORT": str(port),
        "TCNS_WORKERS": "1",
    }


@contextmanager
def served_demonstration(directory: Path) -> Iterator[str]:
    """Build the demonstration world in `directory` and serve it; the site's address."""
    directory.mkdir()
    port = free_port()
    chosen = settings(directory, port)
    for command in (["db", "upgrade"], ["demo", "load"]):
        run([sys.executable, "-m", "flask", *command], chosen)
    serve = [sys.executable, "-m", "tcns.site", "serve"]
    with (directory / "server.log").open("w") as log:
        process = subprocess.Popen(serve, cwd=ROOT, env=chosen, stdout=log, stderr=log)
    try:
        wait_for(port, process, directory / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end; what it said is the error when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


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

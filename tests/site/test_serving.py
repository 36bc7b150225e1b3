"""An installation starts from nothing, serves, ends cleanly, and keeps what it holds."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tcns.config import ROOT
from tcns.site.server import address, check_address, server_command

LONGEST_START_SECONDS = 60


@contextmanager
def busy_port() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_port() -> int:
    with busy_port() as port:
        return port


def test_a_port_in_use_is_said_in_one_line_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with busy_port() as port:
        monkeypatch.setenv("TCNS_PORT", str(port))
        with pytest.raises(SystemExit, match=rf"{port}: Address already in use.*PORT=8001"):
            check_address()


def test_the_environment_goes_before_the_settings_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "settings.env").write_text("TCNS_PORT=8010\n")
    monkeypatch.setenv("TCNS_INSTANCE", str(tmp_path))
    monkeypatch.delenv("TCNS_PORT", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    assert address().port == 8010
    monkeypatch.setenv("PORT", "8020")
    assert address().port == 8020
    monkeypatch.setenv("TCNS_PORT", "8030")
    assert address().port == 8030


@pytest.mark.parametrize("port", ["eight", "-1", "0", "70000", "9" * 5000])
def test_a_port_that_is_none_is_said_in_one_line(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TCNS_PORT", port)
    with pytest.raises(SystemExit) as refused:
        check_address()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("workers", ["two", "0", "-1", "1000"])
def test_a_number_of_workers_that_is_none_is_said_in_one_line(
    workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TCNS_WORKERS", workers)
    with pytest.raises(SystemExit, match="TCNS_WORKERS must be a number") as refused:
        server_command()
    assert "\n" not in str(refused.value)


@contextmanager
def running(instance: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`make run` without make: an installation that prepares itself and serves."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TCNS_")}
    chosen = {"TCNS_INSTANCE": str(instance), "TCNS_PORT": str(port), "TCNS_DEMO": "0"}
    command = [sys.executable, "-m", "tcns.site", "run"]
    with subprocess.Popen(
        command, cwd=ROOT, env=kept | chosen, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def answer(port: int, host: str = "localhost") -> int:
    """The status of the first answer of a server that is starting."""
    last_try = time.monotonic() + LONGEST_START_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_START_SECONDS)
        try:
            connection.request("GET", "/", headers={"Host": host})
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < last_try, "the server did not start"
            time.sleep(0.1)
        finally:
            connection.close()


def test_an_installation_starts_from_nothing_and_ends_cleanly(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path / "instance", port) as process:
        assert answer(port) == 302  # to the sign-in page
        assert answer(port, "evil.example") == 400
        process.send_signal(signal.SIGINT)
        value, _nothing = process.communicate(timeout=LONGEST_START_SECONDS)
    assert process.returncode == 0
    assert "flask areas load --province 08" in value
    assert "flask accounts create-administrator" in value
    assert f"http://127.0.0.1:{port}" in value

"""An installation starts from nothing, serves, ends cleanly, and keeps what it holds."""

import signal
from pathlib import Path

import pytest

from tcns.site.server import address, check_address, request_seconds, worker_count
from tests.site.served import LONGEST_START_SECONDS, busy_port, running, status


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
        worker_count()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "100000"])
def test_a_deadline_that_is_none_is_said_in_one_line(
    seconds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TCNS_REQUEST_SECONDS", seconds)
    with pytest.raises(SystemExit, match="TCNS_REQUEST_SECONDS must be a number") as refused:
        request_seconds()
    assert "\n" not in str(refused.value)


def test_an_installation_starts_from_nothing_and_ends_cleanly(tmp_path: Path) -> None:
    chosen = {"TCNS_INSTANCE": str(tmp_path / "instance"), "TCNS_DEMO": "0"}
    with running("run", chosen) as site:
        assert status(site.port) == 302  # to the sign-in page
        assert status(site.port, host="evil.example") == 400
        site.process.send_signal(signal.SIGINT)
        value, _nothing = site.process.communicate(timeout=LONGEST_START_SECONDS)
    assert site.process.returncode == 0
    assert "flask areas load --province 08" in value
    assert "flask accounts create-administrator" in value
    assert f"http://127.0.0.1:{site.port}" in value

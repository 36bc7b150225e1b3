"""What one process keeps never outlives what another has written."""

import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.sign_in.session_cookie import SESSION_KEY
from tcns.database import db
from tcns.teams.models import Team
from tests.conventions.sources import ROOT
from tests.databases import SECRET_KEY, make_app
from tests.journeys.server import free_port, wait_for
from tests.world import World, sign_in_key


@pytest.fixture
def ports(app: Flask, tmp_path: Path) -> Iterator[list[int]]:
    """The ports of two servers, each a process of its own, on one database."""
    settings = {
        "TCNS_DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
        "TCNS_SECRET_KEY": SECRET_KEY,
        "TCNS_INSTANCE": str(tmp_path),
        "TCNS_PLAIN_HTTP": "1",
    }
    ports = [free_port(), free_port()]
    with ExitStack() as stack:
        for port in ports:
            log = stack.enter_context((tmp_path / f"{port}.log").open("wb"))
            command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "-p", str(port)]
            process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log
            )
            stack.enter_context(process)
            stack.callback(process.terminate)
            wait_for(port, process, tmp_path / f"{port}.log")
        yield ports


def cookie_of(url: str, persona: str) -> str:
    """A persona's cookie, as a site on plain http reads it."""
    app = make_app(url, hosts=(), plain_http=True)
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    session = signer.dumps({SESSION_KEY: sign_in_key(persona)})
    return f"{app.config['SESSION_COOKIE_NAME']}={session}"


def test_a_write_in_one_process_is_seen_by_the_next_request_in_the_others(
    app: Flask, world: World, ports: list[int], make: Callable[..., Any]
) -> None:
    cookie = cookie_of(app.config["SQLALCHEMY_DATABASE_URI"], "own")

    def shown(port: int, address: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()

    def rename(name: str) -> None:
        db.session.get_one(Team, world.teams["village"]).name = name

    for turn in range(5):
        make(rename, f"Tổ lần thứ {turn}")
        for port in ports * 2:
            assert f"Tổ lần thứ {turn}" in shown(port, "/")
            assert f"Tổ lần thứ {turn - 1}" not in shown(port, "/")

"""What one process keeps never outlives what another has written."""

import http.client
from collections.abc import Callable
from typing import Any

from flask import Flask

from tcns.accounts.sign_in.session_cookie import SESSION_KEY
from tcns.database import db
from tcns.teams.models import Team
from tests.databases import make_app
from tests.world import World, sign_in_key


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

"""Nothing is written for a request that a foreign site could have made a browser send."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask import Flask

from tests.conventions.access import LINES, Line, address
from tests.conventions.routes import bare_app, routes
from tests.databases import fingerprint
from tests.page import ORIGIN, Visitor
from tests.world import PERSONAS, World

FORGERIES = {
    "no token": {"Referer": f"{ORIGIN}/"},
    "a made-up token": {"Referer": f"{ORIGIN}/", "X-CSRFToken": "made-up"},
    "a foreign site": {"Referer": "https://evil.example/"},
}
WRITING = [line for line in LINES if line.method != "GET"]


def test_only_get_and_post_are_used() -> None:
    """Forms know no other method, and whatever else there were would go untested here."""
    assert {route.method for route in routes(bare_app())} <= {"GET", "POST"}


@pytest.mark.one_engine
@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("line", WRITING, ids=str)
def test_a_forged_request_is_refused_and_writes_nothing(
    app: Flask, world: World, visit: Callable[..., Visitor], line: Line, forgery: str
) -> None:
    url, before = address(app, line, world), fingerprint(app)
    let_in = [persona for persona in PERSONAS[1:] if line.answers[persona] == "ok"]
    visitor, headers = visit([*let_in, "own"][0]), dict(FORGERIES[forgery])
    token = visitor.token()
    if forgery == "a foreign site":
        headers["X-CSRFToken"] = token
    visitor.send("POST", url, headers=headers).expect(HTTPStatus.BAD_REQUEST)
    assert fingerprint(app) == before


@pytest.mark.one_engine
def test_the_token_alone_makes_the_difference(visit: Callable[..., Visitor]) -> None:
    """Without this, a route that refuses everything would pass the test above."""
    page = visit("own").post_bare("/language", {"language": "en"})
    assert page.status is HTTPStatus.FOUND

"""Nothing is written for a request that a foreign site could have made a browser send."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask import Flask

from tests.conventions.access import LINES, Line, address
from tests.conventions.routes import bare_app, routes
from tests.databases import HOST, fingerprint, make_app
from tests.page import ORIGIN, Visitor
from tests.world import PERSONAS, World

FORGERIES = {
    "no token": {"Referer": f"{ORIGIN}/"},
    "a made-up token": {"Referer": f"{ORIGIN}/", "X-CSRFToken": "made-up"},
    "a foreign site": {"Referer": "https://evil.example/"},
}
# What a browser says of a request that another site made it send, the token being right.
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": f"http://{HOST}"},
    {"Origin": f"{ORIGIN}:8443"},
    {"Origin": f"{ORIGIN}.evil.example"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
)
# What one says of a form of ours; an old one says nothing.
OWN = (
    {},
    {"Origin": ORIGIN},
    {"Sec-Fetch-Site": "same-origin"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
)
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
@pytest.mark.parametrize("line", WRITING, ids=str)
def test_what_another_site_asks_for_is_refused_whatever_token_it_has(
    app: Flask, world: World, visit: Callable[..., Visitor], line: Line
) -> None:
    url, before = address(app, line, world), fingerprint(app)
    let_in = [persona for persona in PERSONAS[1:] if line.answers[persona] == "ok"]
    for persona in ([*let_in, "own"][0], "anonymous"):
        visitor = visit(persona, language="en", is_inspecting=False)
        sound = {"Referer": f"{ORIGIN}/", "X-CSRFToken": visitor.token()}
        for foreign in FOREIGN:
            answer = visitor.send("POST", url, headers=sound | foreign)
            assert answer.expect(HTTPStatus.FORBIDDEN).title.startswith("This came from another")
    assert fingerprint(app) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("own", OWN, ids=str)
@pytest.mark.parametrize("url", ["/language", "/sign-in", "/activate", "/teams/dissolve"])
def test_a_form_of_ours_is_judged_by_its_token(
    visit: Callable[..., Visitor], url: str, own: dict[str, str]
) -> None:
    visitor = visit("own")
    sound = {"Referer": f"{ORIGIN}/", "X-CSRFToken": visitor.token()}
    answer = visitor.send("POST", url, headers=sound | own)
    assert answer.status in (HTTPStatus.OK, HTTPStatus.FOUND)
    visitor.send("POST", url, headers={"Referer": f"{ORIGIN}/"} | own).expect(
        HTTPStatus.BAD_REQUEST
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.one_engine
def test_no_unsafe_method_is_left_out(visit: Callable[..., Visitor], method: str) -> None:
    visitor = visit("own")
    for url in ("/language", "/no-such-page"):
        visitor.send(method, url, headers=FOREIGN[0]).expect(HTTPStatus.FORBIDDEN)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("https://tocns.example.gov.vn", True),
        ("http://tocns.example.gov.vn", False),
        ("http://127.0.0.1:8000", False),
        ("https://127.0.0.1:8000", False),
        ("https://evil.example", False),
    ],
)
def test_behind_a_proxy_the_origin_is_the_public_one(
    app: Flask, origin: str, *, is_ours: bool
) -> None:
    app = make_app(
        app.config["SQLALCHEMY_DATABASE_URI"], hosts=("tocns.example.gov.vn",), proxies=1
    )
    told = {
        "X-Forwarded-Host": "tocns.example.gov.vn",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "443",
    }
    with app.test_client() as client:
        answer = client.put(
            "/language",
            base_url="http://127.0.0.1:8000",
            headers={"Host": "127.0.0.1:8000", "Origin": origin, **told},
        )
    refused = answer.status_code == HTTPStatus.FORBIDDEN
    assert refused is not is_ours


@pytest.mark.one_engine
def test_on_trial_without_tls_a_page_of_ours_is_ours(app: Flask) -> None:
    app = make_app(app.config["SQLALCHEMY_DATABASE_URI"], hosts=(), plain_http=True)
    with app.test_client() as client:
        for origin, status in (
            ("http://localhost:8001", HTTPStatus.METHOD_NOT_ALLOWED),
            ("http://localhost:8002", HTTPStatus.FORBIDDEN),
            ("http://evil.example", HTTPStatus.FORBIDDEN),
        ):
            answer = client.put(
                "/language", base_url="http://localhost:8001", headers={"Origin": origin}
            )
            assert answer.status_code == status, origin


@pytest.mark.one_engine
def test_the_token_alone_makes_the_difference(visit: Callable[..., Visitor]) -> None:
    """Without this, a route that refuses everything would pass the test above."""
    page = visit("own").post_bare("/language", {"language": "en"})
    assert page.status is HTTPStatus.FOUND

"""Whatever is typed into an address is answered: nonsense is a page or not found, never a fault."""

from collections.abc import Callable
from http import HTTPStatus

import pytest

from tests.conventions.routes import Route, bare_app, routes
from tests.page import Visitor

READING = [route for route in routes(bare_app()) if route.method == "GET"]
# Texts that some layer below a page refuses to hold: NUL, half a surrogate pair in bytes that are
# no UTF-8, a noncharacter, a number no database holds, a very long text.
TOO_LARGE = "9" * 40
NUL = "%00"
ODD = (NUL, "%ED%A0%80", TOO_LARGE)
ODD_BUT_HELD = ("%EF%BF%BF", "x" * 5000)
SAME_ON_SQLITE = (NUL, "%ED%A0%80", *ODD_BUT_HELD)
# Every word that a page reads out of its address.
NAMES = (
    "activity actor area back body by count event first form from full_name key kind last level "
    "map_on on page q role size state status team to topic typed unallocated under user_name"
).split()


@pytest.mark.one_engine("postgresql")
@pytest.mark.parametrize(
    "text",
    [*ODD, *(pytest.param(text, marks=pytest.mark.long) for text in ODD_BUT_HELD)],
    ids=lambda text: text[:12],
)
def test_odd_text_in_an_address_is_no_fault(visit: Callable[..., Visitor], text: str) -> None:
    """On PostgreSQL, which refuses to hold some of what SQLite holds."""
    read_everything(visit, text)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "text",
    [TOO_LARGE, *(pytest.param(text, marks=pytest.mark.long) for text in SAME_ON_SQLITE)],
    ids=lambda text: text[:12],
)
def test_so_it_is_on_sqlite(visit: Callable[..., Visitor], text: str) -> None:
    """Whose driver takes a large number otherwise."""
    read_everything(visit, text)


def read_everything(visit: Callable[..., Visitor], text: str) -> None:
    """Open every page with the text wherever its address takes any."""
    administrator = visit("administrator", is_inspecting=False)
    for route in READING:
        for url in addresses(route, text):
            status = administrator.send("GET", url).status
            assert status < HTTPStatus.INTERNAL_SERVER_ERROR, f"{url[:80]} answers {status}"


def addresses(route: Route, text: str) -> list[str]:
    """The address of a route with the text in it wherever an address takes any."""
    query = "&".join(f"{name}={text}" for name in NAMES)
    path = route.rule
    for name in route.parameters:
        path = path.replace(f"<int:{name}>", "1").replace(f"<string:{name}>", text)
    alone = [f"{path}?under={text}"] if text == NUL else []  # no other filter is wrong then
    return [f"{path}?{query}", *alone]


def test_every_kind_of_address_is_walked() -> None:
    walked = {url.partition("?")[0] for route in READING for url in addresses(route, "x")}
    assert {"/areas/x", "/areas/x/history", "/teams/1/history"} <= walked
    assert not any("<" in path for path in walked)

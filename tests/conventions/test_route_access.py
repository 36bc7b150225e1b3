"""Every route gives every persona the answer that access.py declares."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.conventions.access import LINES, Line, address
from tests.conventions.routes import bare_app, routes
from tests.databases import Database
from tests.page import REDIRECTS, Page, Visitor
from tests.world import CANARIES, PERSONAS, World

# Who may read everything of Kim Tước; everybody else must never meet its canaries.
MAY_MEET_CANARIES = {"neighbour", "district", "reviewer", "administrator", "auditor"}
ANSWER_OF = {
    HTTPStatus.OK: "ok",
    HTTPStatus.FORBIDDEN: "refused",
    HTTPStatus.NOT_FOUND: "missing",
}


def go(visitor: Visitor, method: str, url: str) -> Page:
    return visitor.send("GET", url) if method == "GET" else visitor.post_bare(url)


def answer_of(page: Page) -> str:
    """The answer in the words of the table."""
    if page.status in REDIRECTS:
        return "sign-in" if urlsplit(page.location).path == "/sign-in" else "ok"
    return ANSWER_OF.get(page.status, str(page.status.value))


def test_every_route_has_a_line_and_every_line_a_route() -> None:
    declared = {f"{line.method} {line.endpoint}" for line in LINES}
    existing = {str(route) for route in routes(bare_app())}
    assert sorted(existing - declared) == [], "routes without a line in access.py"
    assert sorted(declared - existing) == [], "lines of access.py without a route"


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("line", LINES, ids=str)
def test_each_persona_gets_the_declared_answer_and_meets_nothing_of_others(
    database: Database, visit: Callable[..., Visitor], line: Line
) -> None:
    url, found, met = address(database.app, line, database.world), {}, []
    for persona in PERSONAS:
        page = go(visit(persona, is_inspecting=False), line.method, url)
        found[persona] = answer_of(page)
        if persona not in MAY_MEET_CANARIES:
            met += [f"{persona} meets {word}" for word in CANARIES if word in page.content]
        database.put_back()
    wrong = [
        f"{persona}: {found[persona]}, declared {line.answers[persona]}"
        for persona in PERSONAS
        if found[persona] != line.answers[persona]
    ]
    assert not wrong + met, f"{line.method} {url}\n" + "\n".join(wrong + met)


# What somebody types or tampers with to find the neighbour, without saying a canary themselves.
SEARCHES = ("q=kim", "q=TUOC", "q=999123", "q=02303", "q=34/QĐ", "under=02303", "area=02303",
            "on=2023-01-01", "map_on=2025-07-01", "status=all", "size=100&page=9")  # fmt: skip
SEARCHED = [
    line for line in LINES if line.endpoint.partition(".")[2].startswith(("list_", "export_"))
]


@pytest.mark.parametrize("line", SEARCHED, ids=str)
def test_no_search_finds_a_neighbour(
    app: Flask, world: World, visit: Callable[..., Visitor], line: Line
) -> None:
    """In files, which take longer, by the narrowest alone."""
    url = address(app, line, world)
    by_id = f"team={world.teams['neighbour']}&from=2020-01-01&status=all"
    searches = (by_id, *SEARCHES[:1]) if "export" in line.endpoint else (by_id, *SEARCHES)
    for persona in ("own", "member"):
        if line.answers[persona] == "ok":
            visitor = visit(persona, is_inspecting=False)
            for query in searches:
                found = visitor.send("GET", f"{url}?{query}").content
                met = [word for word in CANARIES if word in found]
                assert not met, f"{persona} meets {met} at {url}?{query}"


def test_the_canaries_are_met_by_those_who_may(world: World, visit: Callable[..., Visitor]) -> None:
    """Without this, a canary that is shown to nobody would prove nothing."""
    assert CANARIES[0] in visit("neighbour").get("/").body.decode()
    assert world.neighbour.name == CANARIES[0]

"""Every route answers every persona as access.py declares, and reading writes nothing."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.conventions.access import LINES, Line, address
from tests.conventions.routes import bare_app, routes
from tests.databases import Database, fingerprint
from tests.page import REDIRECTS, Page, Visitor
from tests.world import CANARIES, PERSONAS, World

# Who may read everything of Kim Tước; everybody else must never meet its canaries.
MAY_MEET_CANARIES = {"neighbour", "district", "reviewer", "administrator", "auditor"}
ANSWER_OF = {
    HTTPStatus.OK: "ok",
    HTTPStatus.FORBIDDEN: "refused",
    HTTPStatus.NOT_FOUND: "missing",
}

# The only reading views that write, and what: an export goes on record.
WRITE_ON_GET = {
    "activities.export_activities",
    "areas.export_areas",
    "areas.export_statistics",
    "indicators.export_indicators",
    "initiatives.export_initiatives",
    "checks.export_check",
    "closings.export_closings",
    "coverage.export_coverage",
    "coverage.export_team_changes",
    "documents.send_certificate",
    "documents.send_commune_list",
    "documents.send_decision",
    "documents.send_draft_decision",
    "documents.send_minutes",
    "documents.send_team_list",
    "results.export_commune_days",
    "results.export_team_days",
    "results.send_commune_days",
    "results.send_team_days",
    "teams.export_courses",
    "teams.export_participants",
    "plans.export_plan",
    "plans.export_target",
    "reports.export_figures",
    "reports.send_document",
    "teams.export_decisions",
    "teams.export_memberships",
    "teams.export_persons",
    "teams.export_teams",
}
ON_RECORD = {"audit_event", "audit_value"}
# Whose pages are looked at as well.
READERS = ("administrator", "own", "member")


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
    """And reading writes nothing: for a file that goes on record that, and no more."""
    url, found, met = address(database.app, line, database.world), {}, []
    is_read, before, changed = line.method == "GET", fingerprint(database.app), set()
    for persona in PERSONAS:
        is_inspecting = is_read and persona in READERS
        page = go(visit(persona, is_inspecting=is_inspecting), line.method, url)
        found[persona] = answer_of(page)
        if persona not in MAY_MEET_CANARIES:
            met += [f"{persona} meets {word}" for word in CANARIES if word in page.content]
        after = fingerprint(database.app) if is_read else before
        changed |= {table for table in before if before[table] != after[table]}
        database.put_back()
    assert changed == (ON_RECORD if line.endpoint in WRITE_ON_GET and is_read else set()), url
    wrong = [
        f"{persona}: {found[persona]}, declared {line.answers[persona]}"
        for persona in PERSONAS
        if found[persona] != line.answers[persona]
    ]
    assert not wrong + met, f"{line.method} {url}\n" + "\n".join(wrong + met)


def test_every_view_that_may_write_on_get_exists() -> None:
    assert {line.endpoint for line in LINES} >= WRITE_ON_GET


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

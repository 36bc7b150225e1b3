"""Addresses are nouns in kebab-case with typed parameters; reading changes nothing."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.conventions.access import LINES, Line, address
from tests.conventions.routes import Route, bare_app, routes
from tests.databases import fingerprint
from tests.page import Visitor
from tests.world import World

WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.(js|json|csv|xlsx|webmanifest))?")
PARAMETER = re.compile(r"<(?:(?P<converter>\w+)(?:\(.*?\))?:)?(?P<name>\w+)>")

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
READERS = ("administrator", "own", "member")


def words_of(rule: str) -> list[str]:
    """The fixed parts of an address between its slashes."""
    return [part for part in rule.strip("/").split("/") if part and "<" not in part]


def bare_parameters(rule: str) -> list[str]:
    """The parameters that any text at all would fit."""
    return [found["name"] for found in PARAMETER.finditer(rule) if not found["converter"]]


@pytest.mark.parametrize("route", routes(bare_app()), ids=str)
def test_an_address_is_in_kebab_case_with_typed_parameters(route: Route) -> None:
    assert all(WORD.fullmatch(word) for word in words_of(route.rule)), route.rule
    assert not bare_parameters(route.rule), f"{route.rule}: say which kind of value fits"
    assert route.rule == "/" or not route.rule.endswith("/"), "no address ends in a slash"


@pytest.mark.parametrize(
    ("rule", "is_well_shaped"),
    [
        ("/teams/<int:team_id>/edit", True),
        ("/service-worker.js", True),
        ("/establishing_decisions", False),
        ("/Teams", False),
        ("/areas/<code>", False),
    ],
)
def test_the_walk_sees_the_shape_of_an_address(rule: str, *, is_well_shaped: bool) -> None:
    in_shape = all(WORD.fullmatch(word) for word in words_of(rule)) and not bare_parameters(rule)
    assert in_shape is is_well_shaped


@pytest.mark.one_engine
@pytest.mark.parametrize("line", [line for line in LINES if line.method == "GET"], ids=str)
def test_reading_writes_nothing(
    app: Flask, world: World, visit: Callable[..., Visitor], line: Line
) -> None:
    url, before = address(app, line, world), fingerprint(app)
    for persona in READERS:
        visit(persona).send("GET", url)
    after = fingerprint(app)
    changed = {table for table in before if before[table] != after[table]}
    if line.endpoint in WRITE_ON_GET:
        assert changed == {"audit_event", "audit_value"}, f"{url} goes on record, no more"
    else:
        assert not changed, f"GET {url} writes"


def test_every_view_that_may_write_on_get_exists() -> None:
    assert {line.endpoint for line in LINES} >= WRITE_ON_GET

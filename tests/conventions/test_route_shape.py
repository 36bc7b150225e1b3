"""Addresses are nouns in kebab-case with typed parameters."""

import re

import pytest

from tests.conventions.routes import Route, bare_app, routes

WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.(js|json|csv|xlsx|webmanifest))?")
PARAMETER = re.compile(r"<(?:(?P<converter>\w+)(?:\(.*?\))?:)?(?P<name>\w+)>")


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
